{{%AUTOESCAPE context="HTML"}}
{{#EMPTY}}
<div class="card">
{{#BANNER}}<div class="card-body pb-0"><div class="alert alert-danger mb-0" role="alert"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-circle"/></svg></div><div>{{BANNER}}</div></div></div>{{/BANNER}}
<div class="empty">
<div class="empty-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#file-code"/></svg></div>
<p class="empty-title">No files to remove</p>
<p class="empty-subtitle text-secondary">Choose projects that have workflow files.</p>
<div class="empty-action"><a class="btn" href="/s/{{SLUG:u}}/workflow">Workflow files</a></div>
</div></div>
{{/EMPTY}}
{{#ASK}}
<form class="card" method="post" action="/s/{{SLUG:u}}/workflow/remove">
<div class="card-body">
{{#BANNER}}
<div class="alert alert-danger" role="alert"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-circle"/></svg></div><div>{{BANNER}}</div></div>
{{/BANNER}}
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="files" value="{{FILES_SEEN}}">
<input type="hidden" name="references" value="{{REFERENCES_SEEN}}">
<p class="fw-bold">What happens</p>
<ul class="mb-0">
<li>Signet forgets {{FILES_TEXT}} with {{REFERENCES_TEXT}}, of:
<ul>
{{#ROW}}<li class="text-break"><input type="hidden" name="project" value="{{ID}}"><a class="text-decoration-underline" href="/s/{{SLUG:u}}/projects/{{ID}}"><bdi>{{NAME}}</bdi></a>{{#SYNCED}}<span class="text-secondary">, last synced <span title="{{SYNCED_AT}}">{{SYNCED_AGO}}</span> by <bdi>{{SYNCED_BY}}</bdi></span>{{/SYNCED}}{{#NEVER}}<span class="text-secondary">, which has none</span>{{/NEVER}}</li>
{{/ROW}}
</ul></li>
{{>UNUSED}}
{{#NONE_UNUSED}}<li>No integration becomes unused.</li>{{/NONE_UNUSED}}
<li>The projects stay, and nothing in their repositories changes. If one of them sends its files again, they are back.</li>
</ul>
</div>
<div class="card-footer d-flex gap-2 justify-content-end"><a class="btn" href="/s/{{SLUG:u}}/workflow">Cancel</a><button class="btn btn-danger" type="submit">Remove {{FILES_TEXT}}</button></div>
</form>
{{/ASK}}
