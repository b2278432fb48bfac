{{%AUTOESCAPE context="HTML"}}
{{#BANNER}}
<div class="alert alert-danger" role="alert"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-circle"/></svg></div><div>{{BANNER}}</div></div>
{{/BANNER}}
{{#DISABLED}}
<section class="card mb-3" aria-labelledby="disabled-title">
<div class="card-status-top bg-red"></div>
<div class="card-body d-flex flex-wrap gap-3 align-items-center"><div class="disabled-words"><h2 class="card-title mb-1" id="disabled-title"><svg class="icon text-red" aria-hidden="true"><use href="/static/vendor/icons.svg#circle-off"/></svg> Disabled <span title="{{DISABLED_AT}}">{{DISABLED_AGO}}</span> by <bdi>{{DISABLED_BY}}</bdi></h2>
<p class="mb-0 text-break"><bdi>{{DISABLED_REASON}}</bdi></p></div>
<form method="post" action="{{ENABLE_HREF}}" class="ms-auto"><input type="hidden" name="csrf" value="{{CSRF}}"><button class="btn" type="submit"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#circle-check"/></svg> Enable</button></form></div>
</section>
{{/DISABLED}}
<div class="row row-cards">
<div class="col-lg-8">
<div class="card mb-3">
<div class="card-body d-flex gap-3"><span class="avatar avatar-sm bg-transparent border flex-shrink-0"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#{{ICON:u}}"/></svg></span><div><span class="fw-bold">{{TYPE}}</span> {{#ORG}}<span class="badge bg-blue-lt" title="Org integration: owned by the subscription"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#building"/></svg> Org</span>{{/ORG}}{{#BOUND}}<span class="badge bg-purple-lt" title="Bound to a personal integration, whose values it takes"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#user"/></svg> Personal</span>{{/BOUND}}{{#PERSONAL}}<span class="badge bg-purple-lt" title="Personal: owned by you alone"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#user"/></svg> Personal</span>{{/PERSONAL}} <span class="status status-secondary"><span class="status-dot"></span>Not checked</span><div class="text-secondary">{{TYPE_HELP}}</div></div></div>
{{#URLS}}
<div class="card-body"><h2 class="card-title">URLs</h2>
<dl class="facts">
{{#URL_ROW}}
<dt><code>{{KEY}}</code></dt><dd class="text-break">{{URL}}</dd>
{{/URL_ROW}}
</dl></div>
{{/URLS}}
{{#VALUES}}
<div class="card-body"><h2 class="card-title">Values</h2>
<dl class="facts">
{{#VALUE_ROW}}
<dt>{{FIELD_LABEL}}</dt><dd class="value">{{VALUE:pre_escape}}</dd>
{{/VALUE_ROW}}
</dl></div>
{{/VALUES}}
{{#SEALED}}
<div class="card-body"><h2 class="card-title">Sealed</h2>
<dl class="facts">
{{#SEALED_ROW}}
<dt>{{#SEALED_LABEL}}{{SEALED_LABEL}}{{/SEALED_LABEL}}{{#SEALED_KEY}} <code>{{SEALED_KEY}}</code>{{/SEALED_KEY}}</dt><dd><svg class="icon icon-sm text-green" aria-hidden="true"><use href="/static/vendor/icons.svg#lock"/></svg> Sealed <span title="{{SEALED_AT}}">{{SEALED_AGO}}</span> by <bdi>{{SEALED_BY}}</bdi></dd>
{{/SEALED_ROW}}
</dl>
<p class="text-secondary small mb-0">No page can show a sealed value again.</p></div>
{{/SEALED}}
</div>
{{#IN_WORKFLOWS}}
<section class="card" aria-labelledby="uses-title">
<div class="card-header"><h2 class="card-title" id="uses-title">In workflow files</h2>{{#RENAME_HREF}}<a class="ms-auto" href="{{RENAME_HREF}}">Rename…</a>{{/RENAME_HREF}}</div>
<div class="card-body">
{{#DYNAMIC}}<p class="text-red">A workflow file reads the part of this name that begins with $ as a variable. Give the integration another name before you use it.</p>{{/DYNAMIC}}
{{#USE}}
<div class="use"><p class="mb-1" id="use-{{N}}-where">{{USE_WHERE}} <code>{{USE_KEY}}</code></p>
<div class="copy-row"><pre class="copy-text" id="use-{{N}}" tabindex="0" aria-labelledby="use-{{N}}-where">{{USE_TEXT:pre_escape}}</pre><button class="btn copy-button" type="button" data-copy="use-{{N}}" aria-describedby="use-{{N}}-where" hidden><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#copy"/></svg> <span>Copy</span></button></div></div>
{{/USE}}
<p class="visually-hidden" id="copy-said" role="status"></p>
</div></section>
{{/IN_WORKFLOWS}}
{{>USES_CARD}}
{{>OWN_USES}}
</div>
<div class="col-lg-4">
{{>BINDING_CARD}}
{{#SHARING}}
<div class="card mb-3"><div class="card-header"><h2 class="card-title">Who can edit</h2></div><div class="card-body">{{EDITORS}}</div></div>
{{#BOUND_PROJECTS}}
<div class="card mb-3"><div class="card-header"><h2 class="card-title">Projects that can use it</h2></div><div class="card-body">
<dl class="mb-0">
<dt class="text-secondary small fw-normal">Its owner allows</dt><dd class="text-break">{{ALLOWED}}</dd>
<dt class="text-secondary small fw-normal">Chosen here</dt><dd class="text-break">{{LISTED}}</dd>
<dt class="text-secondary small fw-normal">So can use it</dt><dd class="text-break fw-bold mb-0">{{USABLE}}</dd>
</dl></div></div>
{{/BOUND_PROJECTS}}
{{#PROJECTS_CARD}}
<div class="card mb-3"><div class="card-header"><h2 class="card-title">Projects that can use it</h2></div><div class="card-body">
{{#ALL_PROJECTS}}All projects, also future ones{{/ALL_PROJECTS}}
{{#NO_PROJECT}}<span class="text-secondary">No project</span>{{/NO_PROJECT}}
{{#PROJECTS_LIST}}<ul class="list-unstyled mb-0">
{{#PROJECT}}<li>{{PROJECT_NAME}}</li>{{/PROJECT}}
</ul>{{/PROJECTS_LIST}}
{{#HIDDEN}}<p class="text-secondary small mb-0">and {{HIDDEN}} more that you don't see</p>{{/HIDDEN}}
</div></div>
{{/PROJECTS_CARD}}
{{/SHARING}}
<div class="card mb-3"><div class="card-header"><h2 class="card-title">Last changes</h2></div>
{{#CHANGES}}
<ul class="list-group list-group-flush">
{{#CHANGE}}<li class="list-group-item"><div class="text-break">{{CHANGE_WHAT}}</div><div class="text-secondary small"><bdi>{{CHANGE_WHO}}</bdi>, <span title="{{CHANGE_AT}}">{{CHANGE_AGO}}</span></div></li>{{/CHANGE}}
</ul>
{{/CHANGES}}
<div class="card-body small"><p class="text-secondary mb-0">Created {{CREATED_AT}} by <bdi>{{CREATED_BY}}</bdi></p>{{#AUDIT_SLUG}}<p class="mt-2 mb-0"><a href="/s/{{AUDIT_SLUG:u}}/audit?object=integration:{{AUDIT_ID}}">All its entries in the audit trail</a></p>{{/AUDIT_SLUG}}{{#AUDIT_OWN}}<p class="mt-2 mb-0"><a href="/account/activity?object=integration:{{AUDIT_ID}}">All its entries in your activity</a></p>{{/AUDIT_OWN}}</div></div>
{{#ENABLED}}
<details class="card"{{#REASON_ERROR}} open{{/REASON_ERROR}}><summary class="card-header"><h2 class="card-title"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#circle-off"/></svg> Disable…</h2></summary>
<form class="card-body" method="post" action="{{DISABLE_HREF}}">
<p>{{#ORG}}Nothing is lost, and anybody who may edit it can enable it again. Until then it is marked as disabled.{{/ORG}}{{#PERSONAL}}Nothing is lost, and you can enable it again. Until then no runner gets its values, in any subscription.{{/PERSONAL}}</p>
<input type="hidden" name="csrf" value="{{CSRF}}">
<label class="form-label required" for="reason">Why?</label>
<input class="form-control{{#REASON_ERROR}} is-invalid{{/REASON_ERROR}}" id="reason" name="reason" value="{{REASON}}" maxlength="200" autocomplete="off" required{{#REASON_ERROR}} aria-invalid="true"{{/REASON_ERROR}} aria-describedby="reason-hint{{#REASON_ERROR}} reason-error{{/REASON_ERROR}}">
{{#REASON_ERROR}}<div class="invalid-feedback" id="reason-error">{{REASON_ERROR}}</div>{{/REASON_ERROR}}
<small class="form-hint mb-3" id="reason-hint">{{#ORG}}Shown to everybody who can open it.{{/ORG}}{{#PERSONAL}}Shown to you alone.{{/PERSONAL}} Write no secret here.</small>
<button class="btn btn-danger" type="submit">Disable</button>
</form></details>
{{/ENABLED}}
</div>
</div>
