{{%AUTOESCAPE context="HTML"}}
{{>LEAVERS}}
<div class="card">
<form class="card-body border-bottom row g-2" method="get" action="/s/{{SLUG:u}}/people" role="search">
<div class="col-12 col-md"><input class="form-control" type="search" name="q" value="{{SEARCH}}" placeholder="Search by name or login" aria-label="Search by name or login" maxlength="200" autocomplete="off" spellcheck="false"></div>
<div class="col col-md-auto"><select class="form-select" name="role" aria-label="Role">
<option value="">All roles</option>
<option value="admin"{{#ONLY_ADMIN}} selected{{/ONLY_ADMIN}}>Admins</option>
<option value="member"{{#ONLY_MEMBER}} selected{{/ONLY_MEMBER}}>Members</option>
<option value="collaborator"{{#ONLY_COLLABORATOR}} selected{{/ONLY_COLLABORATOR}}>Collaborators</option>
</select></div>
<div class="col-auto"><button class="btn" type="submit"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#search"/></svg> Search</button></div>
</form>
{{#NO_MATCH}}
<div class="empty">
<div class="empty-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#users"/></svg></div>
<p class="empty-title">Nobody matches</p>
<p class="empty-subtitle text-secondary">Search looks for a part of the name or the login, among the people of {{SUB_NAME}} alone.</p>
<div class="empty-action"><a class="btn" href="/s/{{SLUG:u}}/people">Show everybody</a></div>
</div>
{{/NO_MATCH}}
{{#TABLE}}
<div class="table-responsive">
<table class="table table-vcenter card-table rows">
<thead><tr><th class="w-1"><span class="visually-hidden">Icon</span></th><th>Name</th><th>Role</th><th>Given</th><th>Projects</th><th class="w-1"><span class="visually-hidden">Edit</span></th></tr></thead>
<tbody>
{{#ROW}}
<tr><td class="icon-cell"><span class="avatar avatar-sm bg-transparent border"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#user"/></svg></span></td><td class="name-cell"><a class="fw-bold text-reset" href="people/{{ID}}"><bdi>{{NAME}}</bdi></a><div class="text-secondary small"><bdi>{{LOGIN}}</bdi></div></td><td data-label="Role"><span><span class="badge {{#IS_ADMIN}}bg-blue-lt{{/IS_ADMIN}}{{#IS_OTHER}}bg-secondary-lt{{/IS_OTHER}}">{{ROLE}}</span>{{#IS_DISABLED}} <span class="badge bg-secondary-lt">account disabled</span>{{/IS_DISABLED}}</span></td><td data-label="Given" class="text-secondary">{{SOURCE}}, {{GRANTED_AGO}}</td><td data-label="Projects">{{PROJECTS}}</td><td class="edit-cell"><a class="btn btn-icon btn-ghost-secondary" aria-label="Change {{NAME}}" href="people/{{ID}}"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#pencil"/></svg></a></td></tr>
{{/ROW}}
</tbody>
</table>
</div>
<div class="card-footer d-flex align-items-center flex-wrap gap-2">
<p class="m-0 text-secondary">{{SHOWN}} of {{TOTAL}} people</p>
{{#PAGES}}
<nav class="ms-auto btn-list" aria-label="Pages of the list">
{{#FIRST_PAGE}}<a class="btn" href="/s/{{SLUG:u}}/people?q={{SEARCH:u}}&amp;role={{ONLY_ROLE:u}}">First page</a>{{/FIRST_PAGE}}
{{#NEXT_PAGE}}<a class="btn" href="/s/{{SLUG:u}}/people?q={{SEARCH:u}}&amp;role={{ONLY_ROLE:u}}&amp;after={{AFTER:u}}&amp;login={{AFTER_LOGIN:u}}">Next</a>{{/NEXT_PAGE}}
</nav>
{{/PAGES}}
</div>
{{/TABLE}}
</div>
