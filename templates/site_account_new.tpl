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
<div class="mt-3"><label class="form-label" for="email">Mail address</label>
<input class="form-control{{#EMAIL_ERROR}} is-invalid{{/EMAIL_ERROR}}" id="email" name="email" type="email" value="{{EMAIL}}" autocomplete="off" autocapitalize="none" spellcheck="false"{{#EMAIL_ERROR}} aria-invalid="true"{{/EMAIL_ERROR}} aria-describedby="email-hint{{#EMAIL_ERROR}} email-error{{/EMAIL_ERROR}}">
{{#EMAIL_ERROR}}<div class="invalid-feedback" id="email-error">{{EMAIL_ERROR}}</div>{{/EMAIL_ERROR}}
<small class="form-hint" id="email-hint">{{#MAILS}}A link that sets the password can be mailed there.{{/MAILS}}{{#NO_MAILS}}Site admins and the owner see it, nobody else.{{/NO_MAILS}}</small></div>
</div>
<div class="card-footer btn-list justify-content-end"><a class="btn btn-link" href="/admin/accounts">Cancel</a><button class="btn btn-primary" type="submit">Add account</button></div>
</form>
</div>
<div class="col-lg-4"><div class="card"><div class="card-body text-secondary"><p>An account has no password at first. On its page you then make a one-time link, with which its owner sets one.{{#MAILS}} Signet can mail it.{{/MAILS}}</p><p class="mb-0">Roles in a subscription are given by the admins of that subscription.</p></div></div></div>
</div>
