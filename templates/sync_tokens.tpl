{{%AUTOESCAPE context="HTML"}}
{{#MADE}}
<div class="alert alert-success" role="status"><div class="flex-fill">
<h2 class="alert-title text-break">The sync token &quot;{{MADE_NAME}}&quot; is made</h2>
<p id="made-where">Copy it now: it is not kept here and cannot be shown again. Where your CI keeps its secrets, call it <code>SIGNET_TOKEN</code>.</p>
<div class="copy-row"><pre class="copy-text" id="made-token" tabindex="0" aria-label="The sync token">{{MADE_TOKEN:pre_escape}}</pre><button class="btn copy-button" type="button" data-copy="made-token" aria-describedby="made-where" hidden><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#copy"/></svg> <span>Copy</span></button></div>
<p class="visually-hidden" id="copy-said" role="status"></p>
</div></div>
{{/MADE}}
{{#BANNER}}
<div class="alert alert-danger" role="alert"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-circle"/></svg></div><div>{{BANNER}}</div></div>
{{/BANNER}}
<div class="row row-cards">
<div class="col-lg-8"><div class="card">
{{#NO_TOKEN}}
<div class="empty">
<div class="empty-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#key"/></svg></div>
<p class="empty-title">No sync tokens</p>
<p class="empty-subtitle text-secondary">The CI of this project sends one to have its workflow files synced or checked. Make one for each place that does so, so that you can revoke it alone.</p>
</div>
{{/NO_TOKEN}}
{{#TABLE}}
<div class="table-responsive">
<table class="table table-vcenter card-table table-mobile-md">
<thead><tr><th>Name</th><th>Last use</th><th>Ends</th><th class="w-1"><span class="visually-hidden">Revoke</span></th></tr></thead>
<tbody>
{{#ROW}}
<tr><td data-label="Name"><strong class="text-break"><bdi>{{NAME}}</bdi></strong><div class="text-secondary small text-break">Made {{CREATED_AT}} by <bdi>{{CREATED_BY}}</bdi>{{#MAKER_LEFT}} <span class="badge bg-yellow-lt">Has left: may still know it</span>{{/MAKER_LEFT}}</div></td><td data-label="Last use">{{#SEEN}}<span title="{{SEEN_AT}}">{{SEEN_AGO}}</span><div class="text-secondary small text-break">from {{SEEN_ADDRESS}}</div>{{/SEEN}}{{#NEVER_SEEN}}<span class="text-secondary">Never</span>{{/NEVER_SEEN}}</td><td data-label="Ends">{{EXPIRES_AT}}{{#EXPIRED}} <span class="badge bg-red-lt">Ended</span>{{/EXPIRED}}</td><td><form method="post" action="/s/{{SLUG:u}}/projects/{{ID}}/tokens/{{TOKEN_ID}}/delete"><input type="hidden" name="csrf" value="{{CSRF}}"><button class="btn btn-outline-danger btn-sm" type="submit" aria-label="Revoke {{NAME}}">Revoke</button></form></td></tr>
{{/ROW}}
</tbody>
</table>
</div>
{{/TABLE}}
</div></div>
<div class="col-lg-4">
<form class="card mb-3" method="post" action="/s/{{SLUG:u}}/projects/{{ID}}/tokens" novalidate>
<div class="card-header"><h2 class="card-title">New sync token</h2></div>
<div class="card-body">
{{#FULL}}<p>This project has {{MOST}} of them, which is the most. Revoke one first.</p>{{/FULL}}
<input type="hidden" name="csrf" value="{{CSRF}}">
<div class="mb-3"><label class="form-label required" for="name">Name</label>
<input class="form-control{{#NAME_ERROR}} is-invalid{{/NAME_ERROR}}" id="name" name="name" type="text" value="{{TOKEN_NAME}}" placeholder="nightly build" autocomplete="off" aria-required="true"{{#NAME_ERROR}} aria-invalid="true"{{/NAME_ERROR}} aria-describedby="name-hint{{#NAME_ERROR}} name-error{{/NAME_ERROR}}">
{{#NAME_ERROR}}<div class="invalid-feedback" id="name-error">{{NAME_ERROR}}</div>{{/NAME_ERROR}}
<small class="form-hint" id="name-hint">Says what sends it. The audit trail has it as “token” and this name.</small></div>
<div><label class="form-label required" for="days">Days until it ends</label>
<input class="form-control{{#DAYS_ERROR}} is-invalid{{/DAYS_ERROR}}" id="days" name="days" type="number" min="1" max="{{DAYS_MOST}}" inputmode="numeric" value="{{DAYS}}" aria-required="true"{{#DAYS_ERROR}} aria-invalid="true" aria-describedby="days-error"{{/DAYS_ERROR}}>
{{#DAYS_ERROR}}<div class="invalid-feedback" id="days-error">{{DAYS_ERROR}}</div>{{/DAYS_ERROR}}</div>
</div>
<div class="card-footer text-end"><button class="btn btn-primary" type="submit">Make sync token</button></div>
</form>
<div class="card"><div class="card-header"><h2 class="card-title">What one may do</h2></div><div class="card-body text-secondary">
<p>Send and remove the workflow files of <bdi class="text-break">{{PROJECT}}</bdi>, and have files checked. The answers name only integrations that this project may use. It reads and changes nothing else.</p>
<p class="mb-0">It works in nobody's name: it stays when whoever made it leaves, and ends with the project.</p>
</div></div>
</div>
</div>
