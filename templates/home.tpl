{{%AUTOESCAPE context="HTML"}}
{{#NO_ROLE}}
<div class="card"><div class="empty">
<div class="empty-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#building"/></svg></div>
<p class="empty-title">You have no role in any subscription yet</p>
<p class="empty-subtitle text-secondary">Ask an admin of your organization to give you one. Its integrations then appear here.</p>
</div></div>
{{/NO_ROLE}}
<div class="row row-cards">
{{#HOME_SUBSCRIPTION}}
<div class="col-sm-6 col-lg-4"><a class="card card-link" href="/s/{{SUB_SLUG:u}}/integrations"><div class="card-body d-flex align-items-center gap-3"><span class="avatar avatar-sm bg-transparent border"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#building"/></svg></span><span class="flex-fill text-truncate"><span class="fw-bold">{{SUB_NAME}}</span><span class="d-block text-secondary small">Your role: {{SUB_ROLE}}</span></span></div></a></div>
{{/HOME_SUBSCRIPTION}}
</div>
