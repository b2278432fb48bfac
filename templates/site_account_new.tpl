{{%AUTOESCAPE context="HTML"}}
<div class="row row-cards"><div class="col-lg-8">
<form class="card" method="post" action="/admin/accounts/new" novalidate>
<div class="card-body">
<input type="hidden" name="csrf" value="{{CSRF}}">
<div class="mb-3"><label class="form-label required" for="login">Login</label>
<input class="form-control{{#LOGIN_ERROR}} is-invalid{{/LOGIN_ERROR}}" id="login" name="login" value="{{LOGIN}}" autocomplete="off" autocapitalize="none" spellcheck="false" aria-required="true"{{#LOGIN_ERROR}} aria-invalid="true"{{/LOGIN_ERROR}} aria-describedby="login-hint{{#LOGIN_ERROR}} login-error{{/LOGIN_ERROR}}">
{{#LOGIN_ERROR}}<div class="invalid-feedback" id="login-error">{{LOGIN_ERROR}}</div>{{/LOGIN_ERROR}}
<small class="form-hint" id="login-hint">With it they sign in. It stays as it is: the audit trail names people by it.</small></div>
<div><label class="form-label" for="name">Name</label>
<input class="form-control{{#NAME_ERROR}} is-invalid{{/NAME_ERROR}}" id="name" name="name" value="{{NAME}}" autocomplete="off"{{#NAME_ERROR}} aria-invalid="true"{{/NAME_ERROR}} aria-describedby="name-hint{{#NAME_ERROR}} name-error{{/NAME_ERROR}}">
{{#NAME_ERROR}}<div class="invalid-feedback" id="name-error">{{NAME_ERROR}}</div>{{/NAME_ERROR}}
<small class="form-hint" id="name-hint">What pages show. They can change it. Left empty, it is the login.</small></div>
</div>
<div class="card-footer btn-list justify-content-end"><a class="btn btn-link" href="/admin/accounts">Cancel</a><button class="btn btn-primary" type="submit">Add account</button></div>
</form>
</div>
<div class="col-lg-4"><div class="card"><div class="card-body text-secondary"><p>An account has no password at first. On its page you then make a one-time link, with which its owner sets one.</p><p class="mb-0">Roles in a subscription are given by the admins of that subscription.</p></div></div></div>
</div>
