{{%AUTOESCAPE context="HTML"}}
{{#BANNER}}
<div class="alert alert-danger" role="alert"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-circle"/></svg></div><div>{{BANNER}}</div></div>
{{/BANNER}}
<div class="card mb-3"><div class="card-body">
<p class="mb-1">{{#GONE}}<bdi class="fw-bold">{{WHO}}</bdi> has no role in {{SUB_NAME}} any more.{{/GONE}}{{#IS_DISABLED}}The account of <bdi class="fw-bold">{{WHO}}</bdi> is disabled, which counts as leaving.{{/IS_DISABLED}}{{#HERE}}<bdi class="fw-bold">{{WHO}}</bdi> has the role <b>{{ROLE}}</b> here.{{/HERE}}</p>
<p class="text-secondary mb-0">Integrations of {{SUB_NAME}} that take their values from personal ones of theirs stay when their owner leaves; {{#GRACE_DAYS}}runners get the values for {{GRACE_DAYS}} more{{/GRACE_DAYS}}{{#NO_GRACE}}runners get none of the values from then on{{/NO_GRACE}} (<a class="text-decoration-underline" href="/s/{{SLUG:u}}/settings">Settings</a>). Their owner can end it at any time. Bind them to somebody else's: the names stay, and so do workflow files.</p>
</div></div>
{{#NO_BINDING}}
<div class="card"><div class="empty">
<div class="empty-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#user"/></svg></div>
<p class="empty-title">Nothing here is bound to theirs</p>
<p class="empty-subtitle text-secondary">No integration of {{SUB_NAME}} takes its values from a personal one of <bdi>{{WHO}}</bdi>.</p>
<div class="empty-action"><a class="btn" href="/s/{{SLUG:u}}/people">People</a></div>
</div></div>
{{/NO_BINDING}}
{{#TYPE_FORM}}
<form class="card mb-3" method="post" action="/s/{{SLUG:u}}/people/{{ACCOUNT_ID}}/bindings">
<div class="card-header"><h2 class="card-title" id="t-{{TYPE_NAME}}"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#{{ICON:u}}"/></svg> {{TYPE}}</h2></div>
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="type" value="{{TYPE_NAME}}">
{{#TYPE_ERROR}}<div class="card-body pb-0"><p class="text-red mb-0" id="e-{{TYPE_NAME}}">{{TYPE_ERROR}}</p></div>{{/TYPE_ERROR}}
<ul class="list-group list-group-flush">
{{#BINDING}}
<li class="list-group-item d-flex gap-3 align-items-start">{{#TICK}}<input class="form-check-input mt-1 flex-shrink-0" type="checkbox" name="handle" value="{{BINDING_ID}}" id="h-{{BINDING_ID}}"{{#TICKED}} checked{{/TICKED}}{{#TYPE_ERROR}} aria-describedby="e-{{TYPE_NAME}}"{{/TYPE_ERROR}}>{{/TICK}}<div class="flex-fill shrinks">{{#TICK}}<label class="fw-bold text-break" for="h-{{BINDING_ID}}"><bdi>{{BINDING_NAME}}</bdi></label>{{/TICK}}{{#NO_TICK}}<span class="fw-bold text-break"><bdi>{{BINDING_NAME}}</bdi></span>{{/NO_TICK}}<div>{{>STATE}}</div><div class="text-secondary small">Projects that can use it: {{PROJECTS}}</div></div><a class="btn flex-shrink-0" href="/s/{{SLUG:u}}/integrations/{{BINDING_ID}}/rebind" aria-label="Rebind {{BINDING_NAME}}">Rebind…</a></li>
{{/BINDING}}
</ul>
<div class="card-body">
{{#NO_CANDIDATE}}<p class="text-secondary mb-0">There is nothing to bind them to yet. <a class="text-decoration-underline" href="/integrations/new?type={{TYPE_NAME:u}}">Add a {{TYPE}} integration of your own</a>, or ask somebody to put {{SUB_NAME}} into the scope of theirs (My integrations, then Scope).</p>{{/NO_CANDIDATE}}
{{#CHOICE}}
<label class="form-label" for="to-{{TYPE_NAME}}">Bind the ticked ones to</label>
<select class="form-select{{#TO_ERROR}} is-invalid{{/TO_ERROR}}" name="to" id="to-{{TYPE_NAME}}"{{#TO_ERROR}} aria-invalid="true" aria-describedby="to-{{TYPE_NAME}}-error"{{/TO_ERROR}}>
<option value="">Choose…</option>
{{#CANDIDATE}}<option value="{{CANDIDATE_ID}}"{{#CANDIDATE_CHOSEN}} selected{{/CANDIDATE_CHOSEN}}>{{CANDIDATE_NAME}}, of {{CANDIDATE_OWNER}}{{#OWN}} (yours){{/OWN}}{{#CANDIDATE_PROJECTS}}: {{CANDIDATE_PROJECTS}}{{/CANDIDATE_PROJECTS}}{{#NO_CONSENT}}: not used here yet{{/NO_CONSENT}}{{#OWNER_GONE}}, owner left{{/OWNER_GONE}}{{#PAUSED}}, disabled by its owner{{/PAUSED}}</option>
{{/CANDIDATE}}
</select>
{{#TO_ERROR}}<div class="invalid-feedback" id="to-{{TYPE_NAME}}-error">{{TO_ERROR}}</div>{{/TO_ERROR}}
{{#ASKS}}{{>CONSENT}}{{/ASKS}}
{{/CHOICE}}
</div>
{{#DENIES}}
<div class="card-body border-top">
<input type="hidden" name="denied" value="{{PLACES_N}}">
<p class="mb-1" role="alert"><svg class="icon text-yellow" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-triangle"/></svg> <span class="fw-bold">Nothing is changed yet.</span> {{#ONE}}One place in workflow files names one of them in a project that could not use it any more: it would be denied.{{/ONE}}{{#SEVERAL}}{{COUNT}} places in workflow files name them in projects that could not use them any more: they would be denied.{{/SEVERAL}}</p>
<ul class="mb-0">
{{#DENIED}}<li><a class="text-decoration-underline" href="/s/{{SLUG:u}}/integrations/{{BINDING_ID}}/uses"><bdi>{{BINDING_NAME}}</bdi></a>: {{COUNT}} {{#ONE}}place{{/ONE}}{{#SEVERAL}}places{{/SEVERAL}}</li>
{{/DENIED}}
</ul>
</div>
{{/DENIES}}
{{#CHOICE}}<div class="card-footer d-flex flex-wrap gap-2 align-items-center"><span class="text-secondary flex-fill">Each can be undone for {{UNDO_DAYS}} days while its owner lets it.</span><button class="btn btn-primary" type="submit"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#arrows-exchange"/></svg> Rebind the ticked ones{{#NEVERTHELESS}} nevertheless{{/NEVERTHELESS}}</button></div>{{/CHOICE}}
</form>
{{/TYPE_FORM}}
