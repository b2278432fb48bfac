{{%AUTOESCAPE context="HTML"}}
{{#BANNER}}
<div class="alert alert-danger" role="alert"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-circle"/></svg></div><div>{{BANNER}}</div></div>
{{/BANNER}}
<div class="row row-cards">
<div class="col-lg-7">
<div class="card mb-3"><div class="card-body">
<dl class="facts">
<dt>Login</dt><dd><bdi class="fw-bold">{{LOGIN}}</bdi></dd>
<dt>State</dt><dd><span class="badges">{{#STATE_ACTIVE}}<span class="badge bg-green-lt">Active</span>{{/STATE_ACTIVE}}{{#STATE_DISABLED}}<span class="badge bg-red-lt">Disabled</span>{{/STATE_DISABLED}}{{#STATE_NEW}}<span class="badge bg-secondary-lt">Never signed in</span>{{/STATE_NEW}}{{#NO_PASSWORD}} <span class="badge bg-yellow-lt">No password yet</span>{{/NO_PASSWORD}}{{#IS_SITE_ADMIN}} <span class="badge bg-blue-lt">Site admin</span>{{/IS_SITE_ADMIN}}</span></dd>
{{#DISABLED_AT}}<dt>Disabled</dt><dd>{{DISABLED_AT}}</dd>{{/DISABLED_AT}}
<dt>Last sign-in</dt><dd><span title="{{SIGNED_IN_AT}}">{{SIGNED_IN_AGO}}</span></dd>
<dt>Password set</dt><dd>{{PASSWORD_AGO}}</dd>
<dt>Created</dt><dd>{{CREATED_AT}}</dd>
</dl>
</div></div>
<form class="card mb-3" method="post" action="/admin/accounts/{{ID}}/name" novalidate>
<div class="card-header"><h2 class="card-title">Profile</h2></div>
<div class="card-body">
<input type="hidden" name="csrf" value="{{CSRF}}">
<label class="form-label required" for="name">Name that pages show</label>
<input class="form-control{{#NAME_ERROR}} is-invalid{{/NAME_ERROR}}" id="name" name="name" value="{{NAME}}" autocomplete="off" aria-required="true"{{#NAME_ERROR}} aria-invalid="true" aria-describedby="name-error"{{/NAME_ERROR}}>
{{#NAME_ERROR}}<div class="invalid-feedback" id="name-error">{{NAME_ERROR}}</div>{{/NAME_ERROR}}
<div class="mt-3"><label class="form-label" for="email">Mail address</label>
<input class="form-control{{#EMAIL_ERROR}} is-invalid{{/EMAIL_ERROR}}" id="email" name="email" type="email" value="{{EMAIL}}" autocomplete="off" autocapitalize="none" spellcheck="false"{{#EMAIL_ERROR}} aria-invalid="true"{{/EMAIL_ERROR}} aria-describedby="email-hint{{#EMAIL_ERROR}} email-error{{/EMAIL_ERROR}}">
{{#EMAIL_ERROR}}<div class="invalid-feedback" id="email-error">{{EMAIL_ERROR}}</div>{{/EMAIL_ERROR}}
<small class="form-hint" id="email-hint">{{#MAILS}}A link that sets the password can be mailed there.{{/MAILS}}{{#NO_MAILS}}Site admins and the owner see it, nobody else.{{/NO_MAILS}}</small></div>
</div>
<div class="card-footer text-end"><button class="btn" type="submit">Save profile</button></div>
</form>
<div class="card"><div class="card-header"><h2 class="card-title">Subscriptions</h2></div>
{{#ROLES}}
<div class="list-group list-group-flush">
{{#ROLE}}
<a class="list-group-item list-group-item-action d-flex align-items-center gap-2 flex-wrap" href="/admin/subscriptions/{{SUB_ID}}"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#building"/></svg><span class="text-break">{{SUB_SLUG}}</span><span class="badge bg-secondary-lt">{{SUB_ROLE}}</span>{{#SUB_DISABLED}}<span class="badge bg-red-lt">disabled</span>{{/SUB_DISABLED}}{{#ONLY_ADMIN}}<span class="badge bg-yellow-lt">nobody else can act there</span>{{/ONLY_ADMIN}}</a>
{{/ROLE}}
</div>
{{/ROLES}}
{{#NO_ROLE}}<div class="card-body text-secondary">No role in any subscription. The admins of a subscription give roles.</div>{{/NO_ROLE}}
</div>
</div>
<div class="col-lg-5">
{{#LINK_CARD}}
<form class="card mb-3" method="post" action="/admin/accounts/{{ID}}/link">
<div class="card-header"><h2 class="card-title">First or forgotten password</h2></div>
<div class="card-body"><input type="hidden" name="csrf" value="{{CSRF}}">
<p>With a one-time link <bdi class="fw-bold">{{LOGIN}}</bdi> sets a password. It is good for 24 hours and one use, and ends any link made before. The password of now, if there is one, counts until then.</p>
<p class="text-secondary mb-0">{{#NO_MAILS}}Signet sends no mail: it shows you the link once, and you hand it over in a way that you trust.{{/NO_MAILS}}{{#NO_ADDRESS}}It is shown to you once, and you hand it over in a way that you trust. Once a mail address is noted in the profile, Signet can mail it.{{/NO_ADDRESS}}{{#MAIL_TO}}Have it mailed, and you do not see it; or make one that is shown to you once, and hand it over in a way that you trust.{{/MAIL_TO}}</p></div>
<div class="card-footer btn-list justify-content-end"><button class="btn" type="submit"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#link"/></svg> Make a link</button>{{#MAIL_TO}}<button class="btn text-wrap" type="submit" name="mail" value="{{MAIL_TO}}"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#mail"/></svg> <span class="text-break">Mail a link to {{MAIL_TO}}</span></button>{{/MAIL_TO}}</div>
</form>
{{/LINK_CARD}}
{{#SITE_CARD}}
<form class="card mb-3" method="post" action="/admin/accounts/{{ID}}/{{#IS_SITE_ADMIN}}site-admin-end{{/IS_SITE_ADMIN}}{{#NOT_SITE_ADMIN}}site-admin{{/NOT_SITE_ADMIN}}">
<div class="card-header"><h2 class="card-title">Site administration</h2></div>
<div class="card-body"><input type="hidden" name="csrf" value="{{CSRF}}">
<p class="mb-0">A site admin adds and disables accounts and subscriptions, and appoints an admin where nobody can act any more. It opens no integration.</p></div>
<div class="card-footer text-end">{{#IS_SITE_ADMIN}}<button class="btn" type="submit">End site administration</button>{{/IS_SITE_ADMIN}}{{#NOT_SITE_ADMIN}}<button class="btn" type="submit">Make site admin</button>{{/NOT_SITE_ADMIN}}</div>
</form>
{{/SITE_CARD}}
{{#DISABLE_CARD}}
<section class="card border-red">
<div class="card-header"><h2 class="card-title text-red">Disable account</h2></div>
<div class="card-body">
<p>Its sessions and access tokens end at once, and nobody can sign in with it. It counts as leaving every subscription, though its roles stay noted.</p>
{{#LAST_ADMIN}}<p><strong>In some subscription nobody could act afterwards</strong> (see the list of subscriptions). Have its admin make somebody else admin first, or appoint one yourself afterwards.</p>{{/LAST_ADMIN}}
<p class="text-secondary mb-0">Nothing is deleted. The next page says what that means, before it happens.</p></div>
<div class="card-footer text-end"><a class="btn btn-outline-danger" href="/admin/accounts/{{ID}}/disable">Disable…</a></div>
</section>
{{/DISABLE_CARD}}
{{#ENABLE_CARD}}
<form class="card" method="post" action="/admin/accounts/{{ID}}/enable">
<div class="card-header"><h2 class="card-title">Enable account</h2></div>
<div class="card-body"><input type="hidden" name="csrf" value="{{CSRF}}">
<p class="mb-0">It can sign in again with the password that it had, and its roles count again.</p></div>
<div class="card-footer text-end"><button class="btn btn-primary" type="submit">Enable account</button></div>
</form>
{{/ENABLE_CARD}}
{{#SELF}}
<div class="card"><div class="card-body text-secondary">This is your own account. Another site admin can disable it or end its site administration.</div><div class="card-footer text-end"><a class="btn" href="/account">Your password and sessions</a></div></div>
{{/SELF}}
</div>
</div>
