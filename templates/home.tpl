{{%AUTOESCAPE context="HTML"}}
{{#NO_ROLE}}
<div class="card"><div class="empty">
<div class="empty-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#building"/></svg></div>
<p class="empty-title">You have no role in any subscription</p>
{{#NOT_SITE}}
<p class="empty-subtitle text-secondary">Ask an admin of your organization to add you; they need your login: <b><bdi>{{WHO_LOGIN}}</bdi></b>. Its integrations then appear here.</p>
{{/NOT_SITE}}
{{#SITE}}
<p class="empty-subtitle text-secondary">You administer the installation: its accounts and subscriptions. Integrations are seen by the people of a subscription alone.</p>
<div class="empty-action btn-list justify-content-center"><a class="btn btn-primary" href="/admin/subscriptions"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#building"/></svg> Subscriptions</a><a class="btn" href="/admin/accounts"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#users"/></svg> Accounts</a></div>
{{/SITE}}
</div></div>
{{/NO_ROLE}}
<div class="row row-cards">
{{#HOME_SUBSCRIPTION}}
<div class="col-sm-6 col-lg-4"><a class="card card-link" href="/s/{{SUB_SLUG:u}}/integrations"><div class="card-body d-flex align-items-center gap-3"><span class="avatar avatar-sm bg-transparent border"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#building"/></svg></span><span class="flex-fill text-truncate"><span class="fw-bold">{{SUB_NAME}}</span><span class="d-block text-secondary small">Your role: {{SUB_ROLE}}{{#SUB_DISABLED}} · disabled by a site admin{{/SUB_DISABLED}}</span></span></div></a></div>
{{/HOME_SUBSCRIPTION}}
</div>
