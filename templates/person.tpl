{{%AUTOESCAPE context="HTML"}}
{{#BANNER}}
<div class="alert alert-danger" role="alert"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-circle"/></svg></div><div>{{BANNER}}</div></div>
{{/BANNER}}
<div class="row row-cards">
<div class="col-lg-8">
<form class="card mb-3" method="post" action="/s/{{SLUG:u}}/people/{{ID}}" novalidate>
<div class="card-header"><h2 class="card-title">Role in {{SUB_NAME}}</h2></div>
<div class="card-body">
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="was" value="{{ROLE}}">
{{>ROLES}}
{{#LAST_ADMIN}}<p class="text-secondary mb-0 mt-3" id="last-admin">{{WHO}} the only admin who can act here, so the role stays: make somebody else an admin first.</p>{{/LAST_ADMIN}}
{{#LOSES_PROJECTS}}<p class="text-secondary mb-0 mt-3">As a member or admin they see every project, so their places on single projects end.</p>{{/LOSES_PROJECTS}}
</div>
{{#MAY_CHANGE}}<div class="card-footer text-end"><button class="btn btn-primary" type="submit">Save role</button></div>{{/MAY_CHANGE}}
</form>
{{#PROJECTS_CARD}}
<div class="card">
<div class="card-header"><h2 class="card-title">Projects</h2></div>
{{#NO_PROJECT}}<div class="card-body"><p class="text-secondary mb-0">On no project, so {{NAME}} sees no integration. Name a project below.</p></div>{{/NO_PROJECT}}
{{#PROJECTS_LIST}}
<form method="post" action="/s/{{SLUG:u}}/people/{{ID}}/projects">
<input type="hidden" name="csrf" value="{{CSRF}}">
<ul class="list-group list-group-flush">
{{#PROJECT}}<li class="list-group-item d-flex align-items-center gap-2"><span class="flex-fill text-break"><a class="text-reset" href="/s/{{SLUG:u}}/projects/{{PROJECT_ID}}">{{PROJECT_NAME}}</a><span class="d-block text-secondary small">{{SOURCE}}, {{GRANTED_AGO}}</span></span><button class="btn btn-icon btn-ghost-secondary" type="submit" name="remove" value="{{PROJECT_ID}}" aria-label="Take off {{PROJECT_NAME}}"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#trash"/></svg></button></li>
{{/PROJECT}}
</ul>
</form>
{{/PROJECTS_LIST}}
<form class="card-footer" method="post" action="/s/{{SLUG:u}}/people/{{ID}}/projects" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
<label class="form-label" for="project">Name them on a project</label>
<div class="d-flex gap-2 align-items-start"><div class="flex-fill"><input class="form-control{{#PROJECT_ERROR}} is-invalid{{/PROJECT_ERROR}}" id="project" name="project" value="{{PROJECT_TYPED}}" list="known-projects" autocomplete="off" autocapitalize="none" spellcheck="false"{{#PROJECT_ERROR}} aria-invalid="true" aria-describedby="project-error"{{/PROJECT_ERROR}}>
{{#PROJECT_ERROR}}<div class="invalid-feedback" id="project-error">{{PROJECT_ERROR}}</div>{{/PROJECT_ERROR}}</div>
<button class="btn" type="submit"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#plus"/></svg> Add</button></div>
<datalist id="known-projects">{{#KNOWN}}<option value="{{KNOWN_NAME}}"></option>{{/KNOWN}}</datalist>
</form>
</div>
{{/PROJECTS_CARD}}
</div>
<div class="col-lg-4">
<div class="card mb-3"><div class="card-header"><h2 class="card-title">Record</h2></div><div class="card-body"><dl class="mb-0">
<dt>Login</dt><dd><bdi>{{LOGIN}}</bdi>{{#IS_DISABLED}} <span class="badge bg-secondary-lt">account disabled</span>{{/IS_DISABLED}}</dd>
<dt>Role given</dt><dd class="mb-0">{{SOURCE_WORDS}}, <span title="{{GRANTED_AT}}">{{GRANTED_AGO}}</span></dd>
</dl></div></div>
{{#BINDINGS_COUNT}}
<div class="card mb-3"><div class="card-header"><h2 class="card-title">Personal integrations in use here</h2></div><div class="card-body"><a class="text-decoration-underline" href="/s/{{SLUG:u}}/people/{{ID}}/bindings">{{BINDINGS_COUNT}}</a> of {{SUB_NAME}}, with values from personal ones of theirs.</div></div>
{{/BINDINGS_COUNT}}
<div class="card"><div class="card-header"><h2 class="card-title">Remove from {{SUB_NAME}}</h2></div><div class="card-body">
{{#LAST_ADMIN}}<p class="text-secondary mb-0">{{WHO}} the only admin who can act here and cannot be removed: make somebody else an admin first.</p>{{/LAST_ADMIN}}
{{#MAY_CHANGE}}<p class="text-secondary">The next page says what that means, before it happens.</p>
<a class="btn btn-outline-danger" href="/s/{{SLUG:u}}/people/{{ID}}/remove">Remove…</a>{{/MAY_CHANGE}}
</div></div>
</div>
</div>
