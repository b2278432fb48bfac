{{%AUTOESCAPE context="HTML"}}
<div class="container-tight py-4">
<p class="text-center mb-4 h1"><svg class="icon text-primary" aria-hidden="true"><use href="/static/vendor/icons.svg#certificate"/></svg> Signet</p>
<div class="card card-md">
<div class="card-body">
<h1 class="h2 text-center mb-4">Sign in</h1>
{{#LOST}}
<div class="alert alert-warning" role="status" id="login-lost"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-circle"/></svg></div><div>You were signed out before your form arrived: nothing of it is saved, and what you typed could not be kept. After signing in you are on its page again.</div></div>
{{/LOST}}
{{#LOGIN_ERROR}}
<div class="alert alert-danger" role="alert" id="login-error"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-circle"/></svg></div><div>{{LOGIN_ERROR}}</div></div>
{{/LOGIN_ERROR}}
<form method="post" action="/login">
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="next" value="{{NEXT}}">
<div class="mb-3"><label class="form-label" for="login">Login</label>
<input class="form-control" id="login" name="login" value="{{LOGIN}}" autocomplete="username" autocapitalize="none" spellcheck="false" required{{#LOGIN_FOCUS}} autofocus{{/LOGIN_FOCUS}}></div>
<div class="mb-3"><label class="form-label" for="password">Password</label>
<input class="form-control" id="password" name="password" type="password" autocomplete="current-password" required{{#PASSWORD_FOCUS}} autofocus{{/PASSWORD_FOCUS}}></div>
<button class="btn btn-primary w-100 mt-2" type="submit">Sign in</button>
</form>
</div>
</div>
</div>
