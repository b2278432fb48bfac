{{%AUTOESCAPE context="HTML"}}
<nav aria-label="Ways to add"><ul class="nav nav-tabs mb-3">
<li class="nav-item"><a class="nav-link{{#TAB_CREATE}} active{{/TAB_CREATE}}"{{#TAB_CREATE}} aria-current="page"{{/TAB_CREATE}} href="/s/{{SLUG:u}}/integrations/new">Create a subscription integration</a></li>
<li class="nav-item"><a class="nav-link{{#TAB_OWN}} active{{/TAB_OWN}}"{{#TAB_OWN}} aria-current="page"{{/TAB_OWN}} href="/s/{{SLUG:u}}/integrations/new?tab=own">Use an account integration</a></li>
</ul></nav>
