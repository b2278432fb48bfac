{{%AUTOESCAPE context="HTML"}}
{{#BANNER}}
<div class="alert alert-danger" role="alert"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-circle"/></svg></div><div>{{BANNER}}</div></div>
{{/BANNER}}
<div class="row row-cards">
<div class="col-lg-8">
{{#ASK}}
<section class="card mb-3" aria-labelledby="new-title">
<div class="card-header"><h2 class="card-title" id="new-title">New name</h2></div>
<form class="card-body" method="{{#UNUSED}}post{{/UNUSED}}{{#IN_USE}}get{{/IN_USE}}" action="{{RENAME_HREF}}">
{{#UNUSED}}<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="version" value="{{VERSION}}">
<p class="text-secondary">No workflow file that was sent names it, so nothing else has to change.</p>{{/UNUSED}}
{{#IN_USE}}<p class="text-secondary">Workflow files name it, and with another name {{COUNT}} would not resolve any more. See the change of each file first.</p>{{/IN_USE}}
<label class="form-label required" for="name">Name</label>
<input class="form-control{{#NAME_ERROR}} is-invalid{{/NAME_ERROR}}" id="name" name="name" value="{{TYPED}}" autocomplete="off" autocapitalize="none" spellcheck="false" aria-required="true"{{#NAME_ERROR}} aria-invalid="true"{{/NAME_ERROR}} aria-describedby="name-hint{{#NAME_ERROR}} name-error{{/NAME_ERROR}}">
{{#NAME_ERROR}}<div class="invalid-feedback" id="name-error">{{NAME_ERROR}}</div>{{/NAME_ERROR}}
<small class="form-hint mb-3" id="name-hint">It is <bdi class="fw-bold">{{NAME}}</bdi> now. Workflow files name it exactly so, capitals and blanks included.</small>
<button class="btn{{#FIRST_STEP}} btn-primary{{/FIRST_STEP}}" type="submit">{{#UNUSED}}Rename{{/UNUSED}}{{#IN_USE}}Show the change{{/IN_USE}}</button>
</form>
</section>
{{/ASK}}
{{#NOTHING_LEFT}}
<section class="card mb-3" aria-labelledby="left-title"><div class="empty">
<div class="empty-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#circle-check"/></svg></div>
<h2 class="empty-title" id="left-title">No line is left</h2>
<p class="empty-subtitle text-secondary">No workflow file that was sent names <bdi>{{OLD}}</bdi> any more.</p>
<div class="empty-action"><a class="btn btn-primary" href="{{DETAILS_HREF}}">To the integration</a></div>
</div></section>
{{/NOTHING_LEFT}}
{{#WAS_TAKEN}}
<div class="alert alert-warning" role="alert"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-circle"/></svg></div><div>Something else has the name <bdi>{{OLD}}</bdi> now, so the lines below lead there.</div></div>
{{/WAS_TAKEN}}
{{#LINES}}
<section class="card" aria-labelledby="lines-title">
<div class="card-header"><h2 class="card-title" id="lines-title">{{#BEFORE}}What would not resolve any more{{/BEFORE}}{{#AFTER}}What still names <bdi>{{OLD}}</bdi>{{/AFTER}}</h2><span class="text-secondary ms-auto">{{COUNT}}</span></div>
{{#PROJECT}}
<div class="card-body rename-project"><h3 class="card-title mb-0"><a class="text-reset" href="/s/{{SLUG:u}}/projects/{{PROJECT_ID}}"><bdi>{{PROJECT_NAME}}</bdi></a></h3>{{#PROJECT_DIFF}}<a class="btn btn-sm ms-auto" href="{{PROJECT_DIFF}}" download><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#download"/></svg> Diff of the project</a>{{/PROJECT_DIFF}}</div>
{{#FILE}}
<div class="card-body rename-file">
<div class="rename-head"><h4 class="h4 mb-0 text-break"><bdi>{{PATH}}</bdi>{{#IS_STALE}} <span class="badge bg-yellow-lt">stale</span>{{/IS_STALE}}</h4>{{#FILE_DIFF}}<a class="ms-auto" href="{{FILE_DIFF}}" download aria-label="Diff of {{PATH}}">Diff of this file</a>{{/FILE_DIFF}}</div>
{{#IS_STALE}}<p class="text-secondary small mb-1">It could not be read as it was sent last. This is what it said before.</p>{{/IS_STALE}}
<ul class="list-unstyled small mb-0">
{{#PLACE}}
<li class="text-break"><span class="text-secondary">{{#LINK}}<a class="text-decoration-underline" href="{{LINK}}">Line {{LINE}}</a>{{/LINK}}{{#NO_LINK}}Line {{LINE}}{{/NO_LINK}}: {{KIND}}{{#CONSUMER}} <bdi>{{CONSUMER}}</bdi>{{/CONSUMER}}, <code>{{KEY}}</code></span>{{#BY_HAND}}<div class="rename-hand"><span class="badge bg-yellow-lt">by hand</span> {{BY_HAND}}</div>{{/BY_HAND}}</li>
{{/PLACE}}
</ul>
{{#DIFF}}
<pre class="diff" tabindex="0" aria-label="Change of {{PATH}}">{{#DIFF_LINE}}{{#HUNK}}<span class="diff-hunk">{{/HUNK}}{{#GONE}}<span class="diff-gone">{{/GONE}}{{#ADDED}}<span class="diff-added">{{/ADDED}}{{#SAME}}<span>{{/SAME}}{{DIFF_TEXT:pre_escape}}
</span>{{/DIFF_LINE}}</pre>
{{/DIFF}}
</div>
{{/FILE}}
{{/PROJECT}}
{{#NOTES}}
<div class="card-body">
{{#HIDDEN}}<p class="text-secondary mb-0">{{HIDDEN}} in projects that you don't see</p>{{/HIDDEN}}
{{#DYNAMIC}}<p class="text-secondary mb-0">{{DYNAMIC}} in this subscription {{#ONE}}names{{/ONE}}{{#SEVERAL}}name{{/SEVERAL}} an integration by a variable, which may be this one at run time</p>{{/DYNAMIC}}
{{#ALREADY}}<p class="text-secondary mb-0">{{ALREADY}} already {{#ONE}}says{{/ONE}}{{#SEVERAL}}say{{/SEVERAL}} the new name, and will resolve then</p>{{/ALREADY}}
</div>
{{/NOTES}}
{{#PAGES}}
<div class="card-footer d-flex align-items-center flex-wrap gap-2"><p class="m-0 text-secondary">{{FIRST}} to {{LAST}} of {{TOTAL}}</p>
<nav class="ms-auto btn-list" aria-label="Pages of the list">
{{#PREVIOUS_PAGE}}<a class="btn" rel="prev" href="{{PREVIOUS_PAGE}}">Previous</a>{{/PREVIOUS_PAGE}}
{{#NEXT_PAGE}}<a class="btn" rel="next" href="{{NEXT_PAGE}}">Next</a>{{/NEXT_PAGE}}
</nav></div>
{{/PAGES}}
</section>
{{/LINES}}
</div>
<div class="col-lg-4">
{{#CONFIRM}}
<section class="card" aria-labelledby="rename-title">
<div class="card-header"><h2 class="card-title" id="rename-title">Rename</h2></div>
<form class="card-body" method="post" action="{{RENAME_HREF}}">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="version" value="{{VERSION}}"><input type="hidden" name="mark" value="{{MARK}}"><input type="hidden" name="name" value="{{TO}}">
<p>From <bdi class="fw-bold text-break">{{NAME}}</bdi> to <bdi class="fw-bold text-break">{{TO}}</bdi>. From then on {{COUNT}} {{#ONE}}does{{/ONE}}{{#SEVERAL}}do{{/SEVERAL}} not resolve, until the files are changed and synced.{{#APPLY}} The diffs stay here to download.{{/APPLY}}</p>
<label class="form-label required" for="again">The new name once more</label>
<input class="form-control{{#AGAIN_ERROR}} is-invalid{{/AGAIN_ERROR}}" id="again" name="again" value="{{AGAIN}}" autocomplete="off" autocapitalize="none" spellcheck="false" aria-required="true"{{#AGAIN_ERROR}} aria-invalid="true" aria-describedby="again-error"{{/AGAIN_ERROR}}>
{{#AGAIN_ERROR}}<div class="invalid-feedback" id="again-error">{{AGAIN_ERROR}}</div>{{/AGAIN_ERROR}}
<button class="btn btn-danger mt-3" type="submit">Rename</button>
</form>
</section>
{{/CONFIRM}}
{{#APPLY}}
<section class="card{{#CONFIRM}} mt-3{{/CONFIRM}}" aria-labelledby="apply-title">
<div class="card-header"><h2 class="card-title" id="apply-title">How the files change</h2></div>
<div class="card-body"><p>At the top of each project's repository, with the project's diff:</p>
<pre class="copy-text mb-3" tabindex="0" aria-label="Commands">git apply PROJECT.diff
git commit -am "An integration has another name"
git push</pre>
<p class="mb-0">Lines that are marked “by hand” are in no diff. Once the files are synced again, nothing is left here.</p>{{#AFTER}}<p class="mt-3 mb-0"><a href="{{DETAILS_HREF}}">To the integration</a></p>{{/AFTER}}</div>
</section>
{{/APPLY}}
</div>
</div>
