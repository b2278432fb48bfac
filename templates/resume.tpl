{{%AUTOESCAPE context="HTML"}}
<div class="container-tight py-4">
<p class="text-center mb-4 h1"><svg class="icon text-primary" aria-hidden="true"><use href="/static/vendor/icons.svg#certificate"/></svg> Signet</p>
<div class="card card-md">
<div class="card-body">
<h1 class="h2 text-center mb-4">Sign in to go on</h1>
<div class="alert alert-warning" role="status" id="resume-why"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-circle"/></svg></div><div>
{{#IS_ENDED}}<p class="mb-0">You were signed out before your form arrived. Nothing of it is saved yet, and what you filled in is kept: type your password, and it goes on.</p>{{/IS_ENDED}}
{{#IS_OTHER}}<p class="mb-0">This form was filled in by <strong class="text-break">{{CONFIRM_LOGIN}}</strong>, and <strong class="text-break">{{RESUME_NOW}}</strong> is signed in here now. Nothing of it is saved. To go on with it, sign in as {{CONFIRM_LOGIN}} again; {{RESUME_NOW}} is signed out by that.</p>{{/IS_OTHER}}
{{#RETYPE}}
<p class="mt-2 mb-0">Not kept, so type it again after that:</p>
<ul class="mb-0 ps-3">
{{#RETYPE_ROW}}
<li class="text-break">{{RETYPE_LABEL}}</li>
{{/RETYPE_ROW}}
</ul>
{{/RETYPE}}
</div></div>
<form method="post" action="/login/form">
<input type="hidden" name="csrf" value="{{RESUME_CSRF}}">
<input type="hidden" name="confirm_to" value="{{CONFIRM_TO}}">
<input type="hidden" name="confirm_next" value="{{CONFIRM_NEXT}}">
{{#KEPT}}
<input type="hidden" name="{{KEPT_NAME}}" value="{{KEPT_VALUE}}">
{{/KEPT}}
{{#KEPT_LINES}}
<textarea name="{{KEPT_NAME}}" hidden>
{{KEPT_VALUE:pre_escape}}</textarea>
{{/KEPT_LINES}}
<div class="mb-3"><label class="form-label" for="resume-login">Login</label>
<input class="form-control" id="resume-login" value="{{CONFIRM_LOGIN}}" autocomplete="username" readonly></div>
<div class="mb-3"><label class="form-label" for="resume-password">Password</label>
<input class="form-control{{#CONFIRM_ERROR}} is-invalid{{/CONFIRM_ERROR}}" id="resume-password" name="confirm_password" type="password" autocomplete="current-password" required autofocus{{#CONFIRM_ERROR}} aria-invalid="true" aria-describedby="resume-error"{{/CONFIRM_ERROR}}>
{{#CONFIRM_ERROR}}<div class="invalid-feedback" id="resume-error">{{CONFIRM_ERROR}}</div>{{/CONFIRM_ERROR}}</div>
<button class="btn btn-primary w-100 mt-2" type="submit">Sign in and go on</button>
</form>
<p class="text-center mt-3 mb-0"><a href="{{RESUME_AWAY}}">Go on without the form</a></p>
</div>
</div>
</div>
