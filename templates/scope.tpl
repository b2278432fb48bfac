{{%AUTOESCAPE context="HTML"}}
<div class="card">
<div class="card-body"><p class="mb-0">Here you say which subscriptions may use <bdi class="fw-bold">{{NAME}}</bdi>, and for which of their projects. Nothing uses it until you say so, and you can take it back at any time.</p></div>
{{#NO_PLACE}}
<div class="empty">
<div class="empty-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#building"/></svg></div>
<p class="empty-title">You are in no subscription</p>
<p class="empty-subtitle text-secondary">Once an admin of one gives you a role there, it stands here.</p>
</div>
{{/NO_PLACE}}
{{#TABLE}}
<div class="table-responsive">
<table class="table table-vcenter card-table rows">
<thead><tr><th class="w-1"><span class="visually-hidden">Icon</span></th><th>Subscription</th><th>State</th><th>Projects</th><th>Known there as</th><th class="w-1"><span class="visually-hidden">Change</span></th></tr></thead>
<tbody>
{{#ROW}}
<tr><td class="icon-cell"><span class="avatar avatar-sm bg-transparent border"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#building"/></svg></span></td><td class="name-cell"><a class="fw-bold text-reset" href="/integrations/{{ID}}/scope/{{PLACE_ID}}"><bdi>{{PLACE_NAME}}</bdi></a><div class="text-secondary small">{{#ROLE}}you are {{ROLE_ARTICLE}} {{ROLE}}{{/ROLE}}{{#LEFT}}you left{{#LEFT_AT}} on {{LEFT_AT}}{{/LEFT_AT}}{{/LEFT}}{{#PLACE_DISABLED}}, disabled by a site admin{{/PLACE_DISABLED}}</div></td><td data-label="State"><span>{{>STATE}}</span></td><td data-label="Projects">{{PROJECTS}}</td><td data-label="Known there as">{{#NO_HANDLE}}<span class="text-secondary">–</span>{{/NO_HANDLE}}{{#HANDLES}}<span>{{#HANDLE}}{{#HANDLE_NEXT}}, {{/HANDLE_NEXT}}{{#HANDLE_OPENS}}<a href="/s/{{PLACE_SLUG:u}}/integrations/{{HANDLE_ID}}"><bdi>{{HANDLE_NAME}}</bdi></a>{{/HANDLE_OPENS}}{{#HANDLE_SHUT}}<bdi>{{HANDLE_NAME}}</bdi>{{/HANDLE_SHUT}}{{/HANDLE}}</span>{{/HANDLES}}</td><td class="edit-cell text-end">{{#ADDS}}<a class="btn" href="/integrations/{{ID}}/scope/{{PLACE_ID}}" aria-label="Let {{PLACE_NAME}} use it"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#plus"/></svg> Add</a>{{/ADDS}}{{#CHANGES}}<a class="btn btn-icon btn-ghost-secondary" aria-label="Change what {{PLACE_NAME}} may use" href="/integrations/{{ID}}/scope/{{PLACE_ID}}"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#pencil"/></svg></a>{{/CHANGES}}</td></tr>
{{/ROW}}
</tbody>
</table>
</div>
{{#MORE}}<div class="card-footer text-secondary">There are more than are shown here.</div>{{/MORE}}
{{/TABLE}}
</div>
