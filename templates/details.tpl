{{%AUTOESCAPE context="HTML"}}
<div class="row row-cards">
<div class="col-lg-8">
<div class="card">
<div class="card-body d-flex gap-3"><span class="avatar avatar-sm bg-transparent border flex-shrink-0"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#{{ICON:u}}"/></svg></span><div><span class="fw-bold">{{TYPE}}</span> <span class="badge bg-blue-lt" title="Org integration: owned by the subscription"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#building"/></svg> Org</span> <span class="status status-secondary"><span class="status-dot"></span>Not checked</span><div class="text-secondary">{{TYPE_HELP}}</div></div></div>
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
</div>
<div class="col-lg-4">
<div class="card mb-3"><div class="card-header"><h2 class="card-title">Who can edit</h2></div><div class="card-body">{{EDITORS}}</div></div>
<div class="card mb-3"><div class="card-header"><h2 class="card-title">Projects that can use it</h2></div><div class="card-body">
{{#ALL_PROJECTS}}All projects, also future ones{{/ALL_PROJECTS}}
{{#NO_PROJECT}}<span class="text-secondary">No project</span>{{/NO_PROJECT}}
{{#PROJECTS_LIST}}<ul class="list-unstyled mb-0">
{{#PROJECT}}<li>{{PROJECT_NAME}}</li>{{/PROJECT}}
</ul>{{/PROJECTS_LIST}}
{{#HIDDEN}}<p class="text-secondary small mb-0">and {{HIDDEN}} more that you don't see</p>{{/HIDDEN}}
</div></div>
<div class="card"><div class="card-header"><h2 class="card-title">Record</h2></div><div class="card-body"><dl class="mb-0">
<dt>Created</dt><dd>{{CREATED_AT}} by <bdi>{{CREATED_BY}}</bdi></dd>
<dt>Changed</dt><dd class="mb-0">{{CHANGED_AT}} by <bdi>{{CHANGED_BY}}</bdi></dd>
</dl></div></div>
</div>
</div>
