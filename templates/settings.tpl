{{%AUTOESCAPE context="HTML"}}
{{#BANNER}}
<div class="alert alert-danger" role="alert"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-circle"/></svg></div><div>{{BANNER}}</div></div>
{{/BANNER}}
<div class="row row-cards">
<div class="col-lg-8">
<form class="card" method="post" action="/s/{{SLUG:u}}/settings" novalidate>
<div class="card-body">
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="was" value="{{WAS}}">
<div class="mb-3"><label class="form-label required" for="name">Name</label>
<input class="form-control{{#NAME_ERROR}} is-invalid{{/NAME_ERROR}}" id="name" name="name" value="{{NAME_TYPED}}" autocomplete="off" autocapitalize="none" spellcheck="false" aria-required="true"{{#NAME_ERROR}} aria-invalid="true"{{/NAME_ERROR}} aria-describedby="name-hint{{#NAME_ERROR}} name-error{{/NAME_ERROR}}">
{{#NAME_ERROR}}<div class="invalid-feedback" id="name-error">{{NAME_ERROR}}</div>{{/NAME_ERROR}}
<small class="form-hint" id="name-hint">What people read in the navigation and on pages.</small>
</div>
<div class="mb-3"><span class="form-label">Address</span>
<code>/s/{{SLUG}}</code>
<small class="form-hint">The short name in addresses stays: links, bookmarks and programs use it.</small></div>
<input type="hidden" name="was_grace_days" value="{{WAS_GRACE}}">
<div><label class="form-label required" for="grace_days">Days of grace when somebody leaves</label>
<input class="form-control{{#GRACE_ERROR}} is-invalid{{/GRACE_ERROR}}" id="grace_days" name="grace_days" type="number" min="0" max="{{GRACE_MOST}}" inputmode="numeric" value="{{GRACE_TYPED}}" autocomplete="off" aria-required="true"{{#GRACE_ERROR}} aria-invalid="true"{{/GRACE_ERROR}} aria-describedby="grace_days-hint{{#GRACE_ERROR}} grace_days-error{{/GRACE_ERROR}}">
{{#GRACE_ERROR}}<div class="invalid-feedback" id="grace_days-error">{{GRACE_ERROR}}</div>{{/GRACE_ERROR}}
<small class="form-hint" id="grace_days-hint">Some integrations here may take their values from a personal integration of somebody. When its owner loses their role here, or their account is disabled, runners still get these values for so many days, so that builds go on while an admin rebinds them to somebody else's. 0: none from that moment on. If they come back in time, nothing changes. The owner can end it sooner.</small></div>
</div>
<div class="card-footer text-end"><button class="btn btn-primary" type="submit">Save</button></div>
</form>
</div>
<div class="col-lg-4">
<div class="card"><div class="card-header"><h2 class="card-title">Facts</h2></div><div class="card-body"><dl class="mb-0">
<dt>Created</dt><dd>{{CREATED_AT}}</dd>
<dt>People</dt><dd><a href="/s/{{SLUG:u}}/people">{{PEOPLE_COUNT}}</a></dd>
<dt>Projects</dt><dd><a href="/s/{{SLUG:u}}/projects">{{PROJECTS_COUNT}}</a></dd>
<dt>Integrations</dt><dd class="mb-0"><a href="/s/{{SLUG:u}}/integrations">{{INTEGRATIONS_COUNT}}</a></dd>
</dl></div></div>
</div>
</div>
