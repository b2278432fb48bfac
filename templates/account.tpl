{{%AUTOESCAPE context="HTML"}}
<div class="row row-cards">
<div class="col-lg-6"><form class="card h-100" method="post" action="/account/theme">
<div class="card-header"><h2 class="card-title">Theme</h2></div>
<div class="card-body">
<input type="hidden" name="csrf" value="{{CSRF}}">
<fieldset>
<legend class="visually-hidden">Theme</legend>
<label class="form-check"><input class="form-check-input" type="radio" name="theme" value="auto"{{#THEME_AUTO}} checked{{/THEME_AUTO}}><span class="form-check-label">As the system says</span></label>
<label class="form-check"><input class="form-check-input" type="radio" name="theme" value="light"{{#THEME_LIGHT}} checked{{/THEME_LIGHT}}><span class="form-check-label">Light</span></label>
<label class="form-check mb-0"><input class="form-check-input" type="radio" name="theme" value="dark"{{#THEME_DARK}} checked{{/THEME_DARK}}><span class="form-check-label">Dark</span></label>
</fieldset>
</div>
<div class="card-footer text-end"><button class="btn btn-primary" type="submit">Save theme</button></div>
</form></div>
<div class="col-lg-6"><form class="card h-100" method="post" action="/account/password" novalidate>
<div class="card-header"><h2 class="card-title">Password</h2></div>
<div class="card-body">
<input type="hidden" name="csrf" value="{{CSRF}}">
<div class="mb-3"><label class="form-label required" for="current">Current password</label>
<input class="form-control{{#CURRENT_ERROR}} is-invalid{{/CURRENT_ERROR}}" id="current" name="current" type="password" autocomplete="current-password"{{#CURRENT_ERROR}} aria-invalid="true" aria-describedby="current-error"{{/CURRENT_ERROR}}>
{{#CURRENT_ERROR}}<div class="invalid-feedback" id="current-error">{{CURRENT_ERROR}}</div>{{/CURRENT_ERROR}}</div>
<div class="mb-3"><label class="form-label required" for="new-password">New password</label>
<input class="form-control{{#PASSWORD_ERROR}} is-invalid{{/PASSWORD_ERROR}}" id="new-password" name="password" type="password" autocomplete="new-password"{{#PASSWORD_ERROR}} aria-invalid="true" aria-describedby="password-error"{{/PASSWORD_ERROR}}>
{{#PASSWORD_ERROR}}<div class="invalid-feedback" id="password-error">{{PASSWORD_ERROR}}</div>{{/PASSWORD_ERROR}}</div>
<div><label class="form-label required" for="again">New password again</label>
<input class="form-control" id="again" name="again" type="password" autocomplete="new-password"></div>
</div>
<div class="card-footer text-end"><button class="btn btn-primary" type="submit">Change password</button></div>
</form></div>
<div class="col-12"><div class="card"><div class="card-body">
<dl class="row mb-0"><dt class="col-sm-3">Name</dt><dd class="col-sm-9">{{WHO_NAME}}</dd><dt class="col-sm-3">Login</dt><dd class="col-sm-9 mb-0">{{WHO_LOGIN}}</dd></dl>
<p class="mt-3 mb-0"><a href="/account/activity">Activity: sign-ins and changes of your account</a></p>
</div></div></div>
</div>
