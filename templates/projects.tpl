{{%AUTOESCAPE context="HTML"}}
{{#EMPTY}}
<div class="card"><div class="empty">
<div class="empty-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#folder"/></svg></div>
{{#EMPTY_ADD}}
<p class="empty-title">No projects yet</p>
<p class="empty-subtitle text-secondary">A project is one source repository. Integrations can be limited to some projects, and collaborators are named on them.</p>
<div class="empty-action"><a class="btn btn-primary" href="/s/{{SLUG:u}}/projects/new"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#plus"/></svg> Add a project</a></div>
{{/EMPTY_ADD}}
{{#EMPTY_WAIT}}
<p class="empty-title">No projects yet</p>
<p class="empty-subtitle text-secondary">An admin of {{SUB_NAME}} can add one.</p>
{{/EMPTY_WAIT}}
{{#EMPTY_NAMED}}
<p class="empty-title">You are on no project of {{SUB_NAME}}</p>
<p class="empty-subtitle text-secondary">Collaborators see the projects on which they are named, and what these may use. Ask an admin of {{SUB_NAME}} to name you on one.</p>
{{/EMPTY_NAMED}}
</div></div>
{{/EMPTY}}
{{#LIST}}
<div class="card">
<form class="card-body border-bottom row g-2" method="get" action="/s/{{SLUG:u}}/projects" role="search">
<div class="col"><input class="form-control" type="search" name="q" value="{{SEARCH}}" placeholder="Search by name" aria-label="Search by name" maxlength="200" autocomplete="off" spellcheck="false"></div>
<div class="col-auto"><button class="btn" type="submit"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#search"/></svg> Search</button></div>
{{#MAY_LOOK_OVER}}<div class="col-12 col-sm-auto"><a class="btn" href="/s/{{SLUG:u}}/workflow"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#file-code"/></svg> Workflow files</a></div>{{/MAY_LOOK_OVER}}
</form>
{{#NO_MATCH}}
<div class="empty">
<div class="empty-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#folder"/></svg></div>
<p class="empty-title">No project matches</p>
<div class="empty-action"><a class="btn" href="/s/{{SLUG:u}}/projects">Show all projects</a></div>
</div>
{{/NO_MATCH}}
{{#TABLE}}
<div class="table-responsive">
<table class="table table-vcenter card-table rows">
<thead><tr><th class="w-1"><span class="visually-hidden">Icon</span></th><th>Name</th><th>Integrations limited to it</th><th>Collaborators</th><th class="w-1"><span class="visually-hidden">Edit</span></th></tr></thead>
<tbody>
{{#ROW}}
<tr><td class="icon-cell"><span class="avatar avatar-sm bg-transparent border"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#folder"/></svg></span></td><td class="name-cell"><a class="fw-bold text-reset" href="projects/{{ID}}"><bdi>{{NAME}}</bdi></a></td><td data-label="Limited">{{INTEGRATIONS}}</td><td data-label="People">{{COLLABORATORS}}</td><td class="edit-cell">{{#MAY_EDIT}}<a class="btn btn-icon btn-ghost-secondary" aria-label="Change {{NAME}}" href="projects/{{ID}}"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#pencil"/></svg></a>{{/MAY_EDIT}}</td></tr>
{{/ROW}}
</tbody>
</table>
</div>
<div class="card-footer d-flex align-items-center flex-wrap gap-2">
<p class="m-0 text-secondary">{{SHOWN}} of {{TOTAL}} projects</p>
{{#PAGES}}
<nav class="ms-auto btn-list" aria-label="Pages of the list">
{{#FIRST_PAGE}}<a class="btn" href="/s/{{SLUG:u}}/projects?q={{SEARCH:u}}">First page</a>{{/FIRST_PAGE}}
{{#NEXT_PAGE}}<a class="btn" href="/s/{{SLUG:u}}/projects?q={{SEARCH:u}}&amp;after={{AFTER:u}}">Next</a>{{/NEXT_PAGE}}
</nav>
{{/PAGES}}
</div>
{{/TABLE}}
</div>
{{/LIST}}
