{{%AUTOESCAPE context="HTML"}}
{{#BANNER}}
<div class="alert alert-danger" role="alert"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-circle"/></svg></div><div>{{BANNER}}</div></div>
{{/BANNER}}
<div class="row row-cards">
<div class="col-lg-7">
<div class="card mb-3"><div class="card-body">
<dl class="facts">
<dt>Short name</dt><dd class="fw-bold">{{SUB_SLUG}}</dd>
<dt>State</dt><dd><span class="badges">{{#STATE_ACTIVE}}<span class="badge bg-green-lt">Active</span>{{/STATE_ACTIVE}}{{#STATE_DISABLED}}<span class="badge bg-red-lt">Disabled</span>{{/STATE_DISABLED}}{{#NO_ADMIN}} <span class="badge bg-yellow-lt">Nobody can act</span>{{/NO_ADMIN}}</span></dd>
{{#DISABLED_AT}}<dt>Disabled</dt><dd>{{DISABLED_AT}}</dd>{{/DISABLED_AT}}
<dt>People</dt><dd>{{PEOPLE}}</dd>
<dt>Projects</dt><dd>{{PROJECTS}}</dd>
<dt>Created</dt><dd>{{CREATED_AT}}</dd>
</dl>
<p class="text-secondary small mb-0">What is in it is for its own people: site administration sees none of its integrations.</p>
</div></div>
<form class="card mb-3" method="post" action="/admin/subscriptions/{{ID}}/name" novalidate>
<div class="card-header"><h2 class="card-title">Name</h2></div>
<div class="card-body">
<input type="hidden" name="csrf" value="{{CSRF}}">
<label class="form-label required" for="name">Name that pages show</label>
<input class="form-control{{#NAME_ERROR}} is-invalid{{/NAME_ERROR}}" id="name" name="name" value="{{NAME}}" autocomplete="off" aria-required="true"{{#NAME_ERROR}} aria-invalid="true" aria-describedby="name-error"{{/NAME_ERROR}}>
{{#NAME_ERROR}}<div class="invalid-feedback" id="name-error">{{NAME_ERROR}}</div>{{/NAME_ERROR}}
</div>
<div class="card-footer text-end"><button class="btn" type="submit">Save name</button></div>
</form>
<div class="card"><div class="card-header"><h2 class="card-title">Admins</h2></div>
{{#ADMINS}}
<div class="list-group list-group-flush">
{{#ADMIN}}
<a class="list-group-item list-group-item-action d-flex align-items-center gap-2 flex-wrap" href="/admin/accounts/{{ACCOUNT_ID}}"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#user"/></svg><bdi class="text-break">{{ADMIN_NAME}}</bdi>{{#ADMIN_LOGIN}}<bdi class="text-secondary text-break">{{ADMIN_LOGIN}}</bdi>{{/ADMIN_LOGIN}}{{#ADMIN_DISABLED}}<span class="badge bg-red-lt">disabled</span>{{/ADMIN_DISABLED}}</a>
{{/ADMIN}}
</div>
{{/ADMINS}}
{{#NO_ADMINS}}<div class="card-body text-secondary">It has no admin.</div>{{/NO_ADMINS}}
{{#CAN_ACT}}<div class="card-footer text-secondary">They give roles to the others. You can appoint an admin only where nobody can act any more.</div>{{/CAN_ACT}}
{{#APPOINT}}
<form class="card-body border-top" method="post" action="/admin/subscriptions/{{ID}}/admin" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
<p>Nobody can act in this subscription. Appoint an admin; that stands in the subscription's audit trail, under your name.</p>
<label class="form-label required" for="admin">Login of the new admin</label>
<div class="input-row"><input class="form-control{{#ADMIN_ERROR}} is-invalid{{/ADMIN_ERROR}}" id="admin" name="admin" value="{{ADMIN_TYPED}}" autocomplete="off" autocapitalize="none" spellcheck="false" aria-required="true"{{#ADMIN_ERROR}} aria-invalid="true" aria-describedby="admin-error"{{/ADMIN_ERROR}}><button class="btn btn-primary" type="submit">Appoint</button></div>
{{#ADMIN_ERROR}}<div class="invalid-feedback d-block" id="admin-error">{{ADMIN_ERROR}}</div>{{/ADMIN_ERROR}}
</form>
{{/APPOINT}}
</div>
</div>
<div class="col-lg-5">
{{#DISABLE_CARD}}
<form class="card border-red mb-3" method="post" action="/admin/subscriptions/{{ID}}/disable">
<div class="card-header"><h2 class="card-title text-red">Disable subscription</h2></div>
<div class="card-body"><input type="hidden" name="csrf" value="{{CSRF}}">
<p>Its people, admins too, then see that it is disabled instead of its pages: nothing in it can be looked at, changed or handed to a runner.</p>
<p class="text-secondary mb-0">Nothing is deleted, and roles stay. Enabling it brings everything back as it was.</p></div>
<div class="card-footer text-end"><button class="btn btn-danger" type="submit">Disable subscription</button></div>
</form>
{{/DISABLE_CARD}}
{{#ENABLE_CARD}}
<form class="card mb-3" method="post" action="/admin/subscriptions/{{ID}}/enable">
<div class="card-header"><h2 class="card-title">Enable subscription</h2></div>
<div class="card-body"><input type="hidden" name="csrf" value="{{CSRF}}">
<p class="mb-0">Its people get in again, and everything is as it was.</p></div>
<div class="card-footer text-end"><button class="btn btn-primary" type="submit">Enable subscription</button></div>
</form>
{{/ENABLE_CARD}}
<section class="card border-red" aria-labelledby="delete-title">
<div class="card-header"><h2 class="card-title text-red" id="delete-title">Delete subscription</h2></div>
{{#MAY_DELETE}}
<form class="card-body" method="post" action="/admin/subscriptions/{{ID}}/delete">
<input type="hidden" name="csrf" value="{{CSRF}}">
<p>It has neither projects nor integrations. The roles of its people in it end with it; their accounts and its audit trail stay. Nothing can bring it back.</p>
<label class="form-check"><input class="form-check-input" type="checkbox" name="confirm" value="1" required><span class="form-check-label">Delete <span class="fw-bold">{{SUB_SLUG}}</span> and the roles in it</span></label>
<button class="btn btn-danger" type="submit">Delete</button>
</form>
{{/MAY_DELETE}}
{{#NOT_EMPTY}}<div class="card-body text-secondary">Only an empty subscription can be deleted. This one still has projects or integrations; its admins can delete them.</div>{{/NOT_EMPTY}}
</section>
</div>
</div>
