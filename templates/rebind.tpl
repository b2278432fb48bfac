{{%AUTOESCAPE context="HTML"}}
{{#BANNER}}
<div class="alert alert-danger" role="alert"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-circle"/></svg></div><div>{{BANNER}}</div></div>
{{/BANNER}}
<div class="row row-cards">
<div class="col-lg-8">
<section class="card mb-3" aria-labelledby="now-title">
<div class="card-header"><h2 class="card-title" id="now-title">Rebind to another personal integration</h2></div>
<div class="card-body"><p class="text-secondary">The name stays <bdi class="fw-bold">{{NAME}}</bdi>, so no workflow file changes: from the next run on they get the values of the other one.</p>
<h3 class="subheader">Bound to now</h3>
<div class="d-flex gap-3"><span class="avatar avatar-sm bg-transparent border flex-shrink-0"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#{{ICON:u}}"/></svg></span>
<div class="shrinks"><span class="fw-bold text-break"><bdi>{{OWNER}}</bdi></span> <span class="text-secondary">{{TYPE}}</span><div>{{>STATE}}</div></div></div>
</div>
{{#UNDO}}
<form class="card-footer d-flex flex-wrap gap-2 align-items-center" method="post" action="{{UNDO_HREF}}">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="version" value="{{VERSION}}">
<p class="m-0 flex-fill">The last rebind can be undone until {{UNDO_UNTIL}}: back to <bdi>{{UNDO_OWNER}}</bdi>.</p>
<button class="btn" type="submit"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#arrow-back-up"/></svg> Undo the rebind</button>
</form>
{{/UNDO}}
</section>
{{#NO_CANDIDATE}}
<div class="card"><div class="empty">
<div class="empty-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#arrows-exchange"/></svg></div>
<p class="empty-title">Nothing to bind it to yet</p>
<p class="empty-subtitle text-secondary">It needs a personal integration of the type {{TYPE}} that is yours, or that its owner lets {{SUB_NAME}} use. Add one of your own, or ask somebody to put {{SUB_NAME}} into the scope of theirs (My integrations, then Scope).</p>
<div class="empty-action"><a class="btn btn-primary" href="/integrations/new?type={{TYPE_NAME:u}}"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#plus"/></svg> Add one of your own</a></div>
</div></div>
{{/NO_CANDIDATE}}
{{#CHOICE}}
<form class="card mb-3" method="get" action="{{REBIND_HREF}}">
<div class="card-header"><h2 class="card-title" id="to-title">Bind to</h2></div>
<fieldset aria-labelledby="to-title"{{#TO_ERROR}} aria-describedby="to-error"{{/TO_ERROR}}>
{{#TO_ERROR}}<div class="card-body pb-0"><p class="text-red mb-0" id="to-error">{{TO_ERROR}}</p></div>{{/TO_ERROR}}
<div class="list-group list-group-flush">
{{#CANDIDATE}}
<label class="list-group-item d-flex gap-3 align-items-start"><input class="form-check-input mt-1 flex-shrink-0" type="radio" name="to" value="{{CANDIDATE_ID}}"{{#CANDIDATE_CHOSEN}} checked{{/CANDIDATE_CHOSEN}}><span class="shrinks text-break"><span class="fw-bold"><bdi>{{CANDIDATE_NAME}}</bdi></span>{{#OWN}} <span class="badge bg-blue-lt">yours</span>{{/OWN}}{{#OWNER_GONE}} <span class="badge bg-yellow-lt">owner left</span>{{/OWNER_GONE}}{{#PAUSED}} <span class="badge bg-yellow-lt">disabled by its owner</span>{{/PAUSED}}
<span class="d-block text-secondary small"><bdi>{{CANDIDATE_OWNER}}</bdi> · {{TYPE}} · Not checked yet</span>
<span class="d-block text-secondary small">{{#CANDIDATE_PROJECTS}}Its owner allows: {{CANDIDATE_PROJECTS}}{{/CANDIDATE_PROJECTS}}{{#NO_CONSENT}}Not used here yet: you choose for which projects{{/NO_CONSENT}}</span></span></label>
{{/CANDIDATE}}
</div>
</fieldset>
<div class="card-footer text-end"><button class="btn" type="submit">Show what it reaches</button></div>
</form>
{{/CHOICE}}
{{#CHOSEN}}
<form class="card" id="confirm" method="post" action="{{REBIND_HREF}}">
<div class="card-header"><h2 class="card-title text-break shrinks">Rebind to <bdi>{{CHOSEN_NAME}}</bdi> of <bdi>{{CHOSEN_OWNER}}</bdi></h2></div>
<div class="card-body">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="version" value="{{VERSION}}"><input type="hidden" name="to" value="{{CHOSEN_ID}}">
<p class="mb-0">{{#UNDO_KEPT}}What it was bound to is kept for an undo, {{UNDO_DAYS}} days long, unless its owner ends that sooner.{{/UNDO_KEPT}}{{#NOTHING_KEPT}}What it was bound to has no consent any more, so this cannot be undone.{{/NOTHING_KEPT}}{{#ASKS}} Runners of {{SUB_NAME}} will receive the values of your <bdi class="fw-bold">{{CHOSEN_NAME}}</bdi>, and its admins may bind others of its integrations to it, until you withdraw that.{{/ASKS}}</p>
{{#ASKS}}{{>CONSENT}}{{/ASKS}}
</div>
{{#DENIES}}
<div class="card-body border-top"><p class="mb-0"><svg class="icon text-yellow" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-triangle"/></svg> <span class="fw-bold">{{#ONE}}One place in workflow files names it in a project that could not use it any more: it would be denied.{{/ONE}}{{#SEVERAL}}{{COUNT}} places in workflow files name it in projects that could not use it any more: they would be denied.{{/SEVERAL}}</span>{{#MORE}} The first of them:{{/MORE}}</p></div>
{{>USES}}
{{/DENIES}}
<div class="card-footer d-flex flex-wrap gap-2 align-items-center"><span class="text-secondary flex-fill">Recorded in the audit trail with both owners.</span><a class="btn btn-link" href="{{DETAILS_HREF}}">Cancel</a><button class="btn btn-primary" type="submit"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#arrows-exchange"/></svg> Rebind</button></div>
</form>
{{/CHOSEN}}
</div>
<div class="col-lg-4">
<section class="card" aria-labelledby="reach-title"><div class="card-header"><h2 class="card-title" id="reach-title">{{#CHOSEN}}What this reaches{{/CHOSEN}}{{#NOT_CHOSEN}}What it reaches now{{/NOT_CHOSEN}}</h2></div>
<div class="card-body"><p class="text-secondary mb-0">Projects that can use it: those that its owner allows and its own list has.{{#ASKS}} Below, as if you allow what is chosen on this page now.{{/ASKS}}</p></div>
{{#REACH_ALL}}<div class="card-body">{{REACH_ALL}}</div>{{/REACH_ALL}}
{{#REACH_NONE}}<div class="card-body text-red">{{REACH_NONE}}</div>{{/REACH_NONE}}
{{#REACH_LIST}}<ul class="list-group list-group-flush">
{{#REACH}}<li class="list-group-item d-flex gap-2 align-items-center"><span class="flex-fill text-break">{{REACH_NAME}}</span>{{#STAYS}}<span class="badge bg-secondary-lt">stays</span>{{/STAYS}}{{#GAINS}}<span class="badge bg-green-lt">new</span>{{/GAINS}}{{#LOSES}}<span class="badge bg-red-lt">no longer</span>{{/LOSES}}</li>
{{/REACH}}
{{#REACH_MORE}}<li class="list-group-item text-secondary">and {{REACH_MORE}} more</li>{{/REACH_MORE}}
</ul>{{/REACH_LIST}}
</section>
</div>
</div>
