{{%AUTOESCAPE context="HTML"}}
{{#BANNER}}
<div class="alert alert-danger" role="alert"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-circle"/></svg></div><div>{{BANNER}}</div></div>
{{/BANNER}}
<div class="row row-cards">
<div class="col-lg-8">
{{#ADMINISTER}}
<form class="card mb-3" method="post" action="/s/{{SLUG:u}}/projects/{{ID}}" novalidate>
<div class="card-body">
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="was" value="{{WAS}}">
<label class="form-label required" for="name">Name</label>
<input class="form-control{{#NAME_ERROR}} is-invalid{{/NAME_ERROR}}" id="name" name="name" value="{{NAME_TYPED}}" autocomplete="off" autocapitalize="none" spellcheck="false" aria-required="true"{{#NAME_ERROR}} aria-invalid="true"{{/NAME_ERROR}} aria-describedby="name-hint{{#NAME_ERROR}} name-error{{/NAME_ERROR}}">
{{#NAME_ERROR}}<div class="invalid-feedback" id="name-error">{{NAME_ERROR}}</div>{{/NAME_ERROR}}
<small class="form-hint" id="name-hint">A new name changes nothing else: integrations, people and workflow files stay with the project, and so does its number, by which CI steps send files. A command that says its name, such as <code>signet lint</code>, needs the new one.</small>
<input type="hidden" name="was_url" value="{{WAS_URL}}">
{{>PLACE_FIELDS}}
</div>
<div class="card-footer text-end"><button class="btn btn-primary" type="submit">Save</button></div>
</form>
{{/ADMINISTER}}
{{>WORKFLOW}}
<div class="card">
<div class="card-header"><h2 class="card-title">Collaborators</h2></div>
{{#NOBODY}}<div class="card-body"><p class="text-secondary mb-0">Nobody is named on this project. Admins and members see it all the same.</p></div>{{/NOBODY}}
{{#PEOPLE_LIST}}
{{#ADMINISTER}}
<form method="post" action="/s/{{SLUG:u}}/projects/{{ID}}/people">
<input type="hidden" name="csrf" value="{{CSRF}}">
{{/ADMINISTER}}
<ul class="list-group list-group-flush">
{{#PERSON}}<li class="list-group-item d-flex align-items-center gap-2">{{#MAY_REMOVE}}<span class="flex-fill text-break"><a class="text-reset" href="/s/{{SLUG:u}}/people/{{PERSON_ID}}"><bdi>{{NAME}}</bdi></a><span class="d-block text-secondary small"><bdi>{{LOGIN}}</bdi></span></span><button class="btn btn-icon btn-ghost-secondary" type="submit" name="remove" value="{{PERSON_ID}}" aria-label="Take {{NAME}} off"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#trash"/></svg></button>{{/MAY_REMOVE}}{{#MAY_LOOK}}<span class="text-break"><bdi>{{NAME}}</bdi></span>{{/MAY_LOOK}}</li>
{{/PERSON}}
</ul>
{{#ADMINISTER}}
</form>
{{/ADMINISTER}}
{{/PEOPLE_LIST}}
{{#PAGES}}
<div class="card-body d-flex align-items-center flex-wrap gap-2"><p class="m-0 text-secondary">{{SHOWN}} of {{TOTAL}}</p>
<nav class="ms-auto btn-list" aria-label="Pages of collaborators">
{{#FIRST_PAGE}}<a class="btn" href="/s/{{SLUG:u}}/projects/{{ID}}">First page</a>{{/FIRST_PAGE}}
{{#NEXT_PAGE}}<a class="btn" href="/s/{{SLUG:u}}/projects/{{ID}}?after={{AFTER:u}}&amp;login={{AFTER_LOGIN:u}}">Next</a>{{/NEXT_PAGE}}
</nav></div>
{{/PAGES}}
{{#ADMINISTER}}
<form class="card-footer" method="post" action="/s/{{SLUG:u}}/projects/{{ID}}/people" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
<label class="form-label" for="login">Add a collaborator</label>
<div class="d-flex gap-2 align-items-start"><div class="flex-fill"><input class="form-control{{#LOGIN_ERROR}} is-invalid{{/LOGIN_ERROR}}" id="login" name="login" value="{{LOGIN_TYPED}}" placeholder="Login" autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="login-hint{{#LOGIN_ERROR}} login-error{{/LOGIN_ERROR}}"{{#LOGIN_ERROR}} aria-invalid="true"{{/LOGIN_ERROR}}>
{{#LOGIN_ERROR}}<div class="invalid-feedback" id="login-error">{{LOGIN_ERROR}}</div>{{/LOGIN_ERROR}}
<small class="form-hint" id="login-hint">Somebody who is a collaborator of {{SUB_NAME}}: <a href="/s/{{SLUG:u}}/people?role=collaborator">who they are</a>, <a href="/s/{{SLUG:u}}/people/new">add a person</a>.</small></div>
<button class="btn" type="submit"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#plus"/></svg> Add</button></div>
</form>
{{/ADMINISTER}}
</div>
</div>
<div class="col-lg-4">
<div class="card mb-3"><div class="card-header"><h2 class="card-title">Integrations limited to it</h2></div>
{{#NO_INTEGRATION}}<div class="card-body"><p class="text-secondary mb-0">None. It may use those that are for all projects.</p></div>{{/NO_INTEGRATION}}
{{#INTEGRATIONS_LIST}}<div class="list-group list-group-flush">
{{#INTEGRATION}}<a class="list-group-item list-group-item-action text-break" href="/s/{{SLUG:u}}/integrations/{{INTEGRATION_ID}}">{{INTEGRATION_NAME}}</a>
{{/INTEGRATION}}
</div>
{{#MORE}}<div class="card-body"><p class="text-secondary mb-0">and {{MORE}} more</p></div>{{/MORE}}
{{/INTEGRATIONS_LIST}}
</div>
<div class="card mb-3"><div class="card-header"><h2 class="card-title">Record</h2></div><div class="card-body"><dl class="mb-0">{{#REPOSITORY_URL}}<dt>Repository</dt><dd><a class="text-break" href="{{REPOSITORY_URL}}">{{REPOSITORY_URL}}</a></dd>{{/REPOSITORY_URL}}<dt>Added</dt><dd class="mb-0">{{CREATED_AT}}</dd></dl></div></div>
{{#ADMINISTER}}
<div class="card mb-3"><div class="card-header"><h2 class="card-title">Sync tokens</h2></div><div class="card-body">
<p class="text-secondary">With one, the CI of this project sends its workflow files, and can do nothing else.</p>
<a class="btn" href="/s/{{SLUG:u}}/projects/{{ID}}/tokens">Sync tokens</a>
</div></div>
<div class="card"><div class="card-header"><h2 class="card-title">Delete</h2></div><div class="card-body">
<p class="text-secondary">The next page says what that means, before it happens.</p>
<a class="btn btn-outline-danger" href="/s/{{SLUG:u}}/projects/{{ID}}/delete">Delete…</a>
</div></div>
{{/ADMINISTER}}
</div>
</div>
