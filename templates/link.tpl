{{%AUTOESCAPE context="HTML"}}
<div class="container-tight py-4">
<p class="text-center mb-4 h1"><svg class="icon text-primary" aria-hidden="true"><use href="/static/vendor/icons.svg#certificate"/></svg> Signet</p>
<div class="card card-md">
<div class="card-body">
{{#LINK_FORM}}
<h1 class="h2 text-center mb-4">Set your password</h1>
<form method="post" action="/password" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
<div class="mb-3"><label class="form-label required" for="new-password">New password</label>
<input class="form-control{{#PASSWORD_ERROR}} is-invalid{{/PASSWORD_ERROR}}" id="new-password" name="password" type="password" autocomplete="new-password" required autofocus aria-describedby="new-password-hint{{#PASSWORD_ERROR}} new-password-error{{/PASSWORD_ERROR}}"{{#PASSWORD_ERROR}} aria-invalid="true"{{/PASSWORD_ERROR}}>
{{#PASSWORD_ERROR}}<div class="invalid-feedback" id="new-password-error">{{PASSWORD_ERROR}}</div>{{/PASSWORD_ERROR}}
<small class="form-hint" id="new-password-hint">At least 12 characters.</small></div>
<div class="mb-3"><label class="form-label required" for="again">New password again</label>
<input class="form-control{{#AGAIN_ERROR}} is-invalid{{/AGAIN_ERROR}}" id="again" name="again" type="password" autocomplete="new-password" required{{#AGAIN_ERROR}} aria-invalid="true" aria-describedby="again-error"{{/AGAIN_ERROR}}>
{{#AGAIN_ERROR}}<div class="invalid-feedback" id="again-error">{{AGAIN_ERROR}}</div>{{/AGAIN_ERROR}}</div>
<button class="btn btn-primary w-100 mt-2" type="submit">Set password</button>
</form>
{{/LINK_FORM}}
{{#LINK_OVER}}
<h1 class="h2 text-center mb-4">This link is not good any more</h1>
<p>A link for a password works once, for 24 hours, and only the newest one that was made for you. It may also be that a part of its address is missing.</p>
<p>Ask the person who sent it, or another site admin, for a new one.</p>
<a class="btn w-100 mt-2" href="/login">Sign in</a>
{{/LINK_OVER}}
</div>
</div>
</div>
