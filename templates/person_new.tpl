{{%AUTOESCAPE context="HTML"}}
<form class="card" method="post" action="/s/{{SLUG:u}}/people/new" novalidate>
<div class="card-body">
<input type="hidden" name="csrf" value="{{CSRF}}">
{{#BANNER}}
<div class="alert alert-danger" role="alert"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-circle"/></svg></div><div>{{BANNER}}</div></div>
{{/BANNER}}
<div class="mb-3"><label class="form-label required" for="login">Login</label>
<input class="form-control{{#LOGIN_ERROR}} is-invalid{{/LOGIN_ERROR}}" id="login" name="login" value="{{LOGIN}}" autocomplete="off" autocapitalize="none" spellcheck="false" aria-required="true"{{#LOGIN_ERROR}} aria-invalid="true"{{/LOGIN_ERROR}} aria-describedby="login-hint{{#LOGIN_ERROR}} login-error{{/LOGIN_ERROR}}"{{#LOGIN_FOCUS}} autofocus{{/LOGIN_FOCUS}}>
{{#LOGIN_ERROR}}<div class="invalid-feedback" id="login-error">{{LOGIN_ERROR}}{{#THERE_ALREADY}} <a href="/s/{{SLUG:u}}/people/{{ID}}">Go to their page</a>.{{/THERE_ALREADY}}</div>{{/LOGIN_ERROR}}
<small class="form-hint" id="login-hint">The account must exist already; site admins make accounts. Write the login exactly, capitals included.</small></div>
{{>ROLES}}
</div>
<div class="card-footer d-flex gap-2 justify-content-end"><a class="btn" href="/s/{{SLUG:u}}/people">Cancel</a><button class="btn btn-primary" type="submit">Add person</button></div>
</form>
