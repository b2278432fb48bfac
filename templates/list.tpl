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
<tr><td class="i-{{ICON}}"><td><a href="integrations/{{ID}}">{{NAME}}</a>{{#IS_DISABLED}} <span class="badge bg-red-lt">Disabled</span>{{/IS_DISABLED}}<div>{{TYPE}}</div><td>{{URL}}<td><span class="org">Org</span><td>{{PROJECTS}}<td><span class="status">Not checked</span><td>{{#MAY_EDIT}}<a aria-label="Edit {{NAME}}" href="integrations/{{ID}}/edit"></a>{{/MAY_EDIT}}</tr>
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
