{{%AUTOESCAPE context="HTML"}}
{{#EMPTY}}
<div class="card"><div class="empty">
<div class="empty-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#plug"/></svg></div>
{{#EMPTY_ADD}}
<p class="empty-title">No integrations here</p>
<p class="empty-subtitle text-secondary">Add the first one: a name that workflow files can use, its URLs, and the credentials, which are sealed as you save.</p>
<div class="empty-action"><a class="btn btn-primary" href="/s/{{SLUG:u}}/integrations/new"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#plus"/></svg> Add an integration</a></div>
{{/EMPTY_ADD}}
{{#EMPTY_WAIT}}
<p class="empty-title">No integrations here</p>
<p class="empty-subtitle text-secondary">An admin or a member of the subscription can add one. Those that your projects may use then appear here.</p>
{{/EMPTY_WAIT}}
{{#EMPTY_NAMED}}
<p class="empty-title">You are on no project, so you see no integration</p>
<p class="empty-subtitle text-secondary">Collaborators see what the projects on which they are named may use. Ask an admin of the subscription to name you on one.</p>
{{/EMPTY_NAMED}}
</div></div>
{{/EMPTY}}
{{#TABLE}}
<div class="card">
<div class="table-responsive">
<table class="table table-vcenter card-table integrations">
<thead><tr><th class="w-1"><span class="visually-hidden">Icon</span></th><th>Name</th><th>URL</th><th>Owner</th><th>Projects</th><th>Connection</th><th class="w-1"><span class="visually-hidden">Edit</span></th></tr></thead>
<tbody>
{{#ROW}}
<tr><td class="icon-cell"><span class="avatar avatar-sm bg-transparent border"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#{{ICON:u}}"/></svg></span></td><td class="name-cell"><a class="fw-bold text-reset" href="integrations/{{ID}}">{{NAME}}</a><div class="text-secondary small">{{TYPE}}</div></td><td data-label="URL" class="text-secondary text-break">{{URL}}</td><td data-label="Owner"><span class="badge bg-blue-lt" title="Owned by the subscription"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#building"/></svg> Org</span></td><td data-label="Projects">{{PROJECTS}}</td><td data-label="Connection"><span class="status status-secondary"><span class="status-dot"></span>Not checked</span></td><td class="edit-cell">{{#MAY_EDIT}}<a class="btn btn-icon btn-ghost-secondary" aria-label="Edit {{NAME}}" href="integrations/{{ID}}/edit"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#pencil"/></svg></a>{{/MAY_EDIT}}</td></tr>
{{/ROW}}
</tbody>
</table>
</div>
<div class="card-footer d-flex align-items-center flex-wrap gap-2">
<p class="m-0 text-secondary">{{SHOWN}} of {{TOTAL}} integrations</p>
{{#PAGES}}
<nav class="ms-auto btn-list" aria-label="Pages of the list">
{{#FIRST_PAGE}}<a class="btn" href="/s/{{SLUG:u}}/integrations">First page</a>{{/FIRST_PAGE}}
{{#NEXT_PAGE}}<a class="btn" href="/s/{{SLUG:u}}/integrations?after={{AFTER:u}}">Next</a>{{/NEXT_PAGE}}
</nav>
{{/PAGES}}
</div>
</div>
{{/TABLE}}
