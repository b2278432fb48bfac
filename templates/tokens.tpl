{{%AUTOESCAPE context="HTML"}}
{{#MADE}}
<div class="alert alert-success" role="status"><div>
<h2 class="alert-title">The token &quot;{{MADE_NAME}}&quot; is made</h2>
<p>Copy it now: it is not kept here and cannot be shown again.</p>
<label class="visually-hidden" for="made-token">The token</label>
<input class="form-control font-monospace" id="made-token" type="text" readonly value="{{MADE_TOKEN}}" autocomplete="off" spellcheck="false">
</div></div>
{{/MADE}}
{{#BANNER}}
<div class="alert alert-danger" role="alert"><div>{{BANNER}}</div></div>
{{/BANNER}}
<div class="row row-cards">
<div class="col-lg-8"><div class="card">
{{#NO_TOKEN}}
<div class="empty">
<div class="empty-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#key"/></svg></div>
<p class="empty-title">No access tokens</p>
<p class="empty-subtitle text-secondary">A program that shall work here in your name sends one. Make one for each program, so that you can revoke it alone.</p>
</div>
{{/NO_TOKEN}}
{{#TABLE}}
<div class="table-responsive">
<table class="table table-vcenter card-table table-mobile-md">
<thead><tr><th>Name</th><th>May</th><th>Last use</th><th>Ends</th><th class="w-1"><span class="visually-hidden">Revoke</span></th></tr></thead>
<tbody>
{{#ROW}}
<tr><td data-label="Name"><strong class="text-break">{{NAME}}</strong><div class="text-secondary small">Made {{CREATED_AT}}</div></td><td data-label="May">{{TOKEN_SCOPES}}</td><td data-label="Last use">{{#SEEN}}<span title="{{SEEN_AT}}">{{SEEN_AGO}}</span><div class="text-secondary small text-break">from {{SEEN_ADDRESS}}</div>{{/SEEN}}{{#NEVER_SEEN}}<span class="text-secondary">Never</span>{{/NEVER_SEEN}}</td><td data-label="Ends">{{EXPIRES_AT}}{{#EXPIRED}} <span class="badge bg-red-lt">Ended</span>{{/EXPIRED}}</td><td><form method="post" action="/account/tokens/{{ID}}/delete"><input type="hidden" name="csrf" value="{{CSRF}}"><button class="btn btn-outline-danger btn-sm" type="submit" aria-label="Revoke {{NAME}}">Revoke</button></form></td></tr>
{{/ROW}}
</tbody>
</table>
</div>
{{/TABLE}}
</div></div>
<div class="col-lg-4"><form class="card" method="post" action="/account/tokens" novalidate>
<div class="card-header"><h2 class="card-title">New token</h2></div>
<div class="card-body">
<input type="hidden" name="csrf" value="{{CSRF}}">
<div class="mb-3"><label class="form-label required" for="name">Name</label>
<input class="form-control{{#NAME_ERROR}} is-invalid{{/NAME_ERROR}}" id="name" name="name" type="text" value="{{TOKEN_NAME}}" placeholder="nightly export" autocomplete="off"{{#NAME_ERROR}} aria-invalid="true" aria-describedby="name-error"{{/NAME_ERROR}}>
{{#NAME_ERROR}}<div class="invalid-feedback" id="name-error">{{NAME_ERROR}}</div>{{/NAME_ERROR}}</div>
<fieldset class="mb-3"{{#SCOPES_ERROR}} aria-describedby="scopes-error"{{/SCOPES_ERROR}}>
<legend class="form-label required">It may</legend>
<label class="form-check"><input class="form-check-input" type="checkbox" name="read" value="1"{{#SCOPE_READ}} checked{{/SCOPE_READ}}><span class="form-check-label">read<span class="form-check-description">See what you see. Never a secret.</span></span></label>
<label class="form-check"><input class="form-check-input" type="checkbox" name="write" value="1"{{#SCOPE_WRITE}} checked{{/SCOPE_WRITE}}><span class="form-check-label">write<span class="form-check-description">Change what you may change.</span></span></label>
<label class="form-check mb-0"><input class="form-check-input" type="checkbox" name="workflow" value="1"{{#SCOPE_WORKFLOW}} checked{{/SCOPE_WORKFLOW}}><span class="form-check-label">workflow<span class="form-check-description">Send workflow files.</span></span></label>
{{#SCOPES_ERROR}}<div class="text-red small mt-1" id="scopes-error">{{SCOPES_ERROR}}</div>{{/SCOPES_ERROR}}
</fieldset>
<div><label class="form-label required" for="days">Days until it ends</label>
<input class="form-control{{#DAYS_ERROR}} is-invalid{{/DAYS_ERROR}}" id="days" name="days" type="number" min="1" max="{{DAYS_MOST}}" inputmode="numeric" value="{{DAYS}}"{{#DAYS_ERROR}} aria-invalid="true" aria-describedby="days-error"{{/DAYS_ERROR}}>
{{#DAYS_ERROR}}<div class="invalid-feedback" id="days-error">{{DAYS_ERROR}}</div>{{/DAYS_ERROR}}</div>
</div>
<div class="card-footer text-end"><button class="btn btn-primary" type="submit">Make token</button></div>
</form></div>
</div>
