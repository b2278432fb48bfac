{{%AUTOESCAPE context="HTML"}}
<div class="row row-cards">
<div class="col-lg-6"><form class="card h-100" method="post" action="/account/name" novalidate>
<div class="card-header"><h2 class="card-title">Profile</h2></div>
<div class="card-body">
<input type="hidden" name="csrf" value="{{CSRF}}">
<dl class="facts mb-3"><dt>Login</dt><dd><bdi>{{WHO_LOGIN}}</bdi></dd></dl>
<label class="form-label required" for="name">Name</label>
<input class="form-control{{#NAME_ERROR}} is-invalid{{/NAME_ERROR}}" id="name" name="name" value="{{NAME}}" autocomplete="name" aria-required="true"{{#NAME_ERROR}} aria-invalid="true"{{/NAME_ERROR}} aria-describedby="name-hint{{#NAME_ERROR}} name-error{{/NAME_ERROR}}">
{{#NAME_ERROR}}<div class="invalid-feedback" id="name-error">{{NAME_ERROR}}</div>{{/NAME_ERROR}}
<small class="form-hint" id="name-hint">What others see beside what you do.</small>
<div class="mt-3"><label class="form-label" for="email">Mail address</label>
<input class="form-control{{#EMAIL_ERROR}} is-invalid{{/EMAIL_ERROR}}" id="email" name="email" type="email" value="{{EMAIL}}" autocomplete="email" autocapitalize="none" spellcheck="false"{{#EMAIL_ERROR}} aria-invalid="true"{{/EMAIL_ERROR}} aria-describedby="email-hint{{#EMAIL_ERROR}} email-error{{/EMAIL_ERROR}}">
{{#EMAIL_ERROR}}<div class="invalid-feedback" id="email-error">{{EMAIL_ERROR}}</div>{{/EMAIL_ERROR}}
<small class="form-hint" id="email-hint">{{#MAILS}}Site admins see it. A link that sets your password can be mailed there.{{/MAILS}}{{#NO_MAILS}}Site admins see it, nobody else.{{/NO_MAILS}}</small></div>
</div>
<div class="card-footer text-end"><button class="btn btn-primary" type="submit">Save profile</button></div>
</form></div>
<div class="col-lg-6"><div class="card h-100">
<div class="card-header"><h2 class="card-title">Access</h2></div>
<div class="list-group list-group-flush">
<a class="list-group-item list-group-item-action d-flex gap-3" href="/account/sessions"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#device-desktop"/></svg><span><span class="fw-bold">Sessions</span><span class="d-block text-secondary">Where you are signed in: end one, or all others</span></span></a>
<a class="list-group-item list-group-item-action d-flex gap-3" href="/account/tokens"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#key"/></svg><span><span class="fw-bold">Access tokens</span><span class="d-block text-secondary">For programs that work here in your name</span></span></a>
<a class="list-group-item list-group-item-action d-flex gap-3" href="/account/activity"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#history"/></svg><span><span class="fw-bold">Activity</span><span class="d-block text-secondary">Sign-ins and changes of your account</span></span></a>
</div>
</div></div>
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
{{#MEMBERSHIPS}}
<div class="col-lg-6"><div class="card h-100">
<div class="card-header"><h2 class="card-title">Subscriptions</h2></div>
<ul class="list-group list-group-flush">
{{#MEMBERSHIP}}<li class="list-group-item d-flex align-items-center gap-2 flex-wrap"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#building"/></svg><a class="text-reset text-break" href="/s/{{SUB_SLUG:u}}/integrations">{{SUB_NAME}}</a> <span class="badge bg-secondary-lt">{{SUB_ROLE}}</span>{{#SUB_ENABLED}}<a class="btn btn-sm ms-auto" href="/s/{{SUB_SLUG:u}}/leave" aria-label="Leave {{SUB_NAME}}">Leave…</a>{{/SUB_ENABLED}}{{#SUB_DISABLED}}<span class="badge bg-red-lt ms-auto">disabled</span>{{/SUB_DISABLED}}</li>
{{/MEMBERSHIP}}
</ul>
</div></div>
{{/MEMBERSHIPS}}
</div>
