{{%AUTOESCAPE context="HTML"}}
{{#NO_FILES}}
<section class="card mb-3" aria-labelledby="files-title"><div class="empty">
<div class="empty-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#file-code"/></svg></div>
<h2 class="empty-title" id="files-title">No workflow files yet</h2>
<p class="empty-subtitle text-secondary">Send this project's workflow files, by a CI step or by hand. Signet keeps the lines that name an integration and those around them, shows what does not resolve, and lets nobody delete what is in use. It does not keep the files.</p>
</div></section>
{{/NO_FILES}}
{{#FILES}}
<section class="card mb-3" id="references" aria-labelledby="references-title">
<div class="card-header"><h2 class="card-title" id="references-title">References</h2>{{#PROBLEMS}}<span class="badge bg-red-lt ms-auto">{{PROBLEMS}} to look at</span>{{/PROBLEMS}}{{#ALL_FINE}}<span class="badge bg-green-lt ms-auto">All resolve</span>{{/ALL_FINE}}</div>
{{#NO_REFERENCE}}<div class="card-body"><p class="text-secondary mb-0">These files name no integration.</p></div>{{/NO_REFERENCE}}
{{#REFERENCES}}
<ul class="list-group list-group-flush">
{{#REFERENCE}}
{{>REFERENCE_ROW}}
{{/REFERENCE}}
</ul>
<div class="card-footer d-flex align-items-center flex-wrap gap-2"><p class="m-0 text-secondary">{{FIRST}} to {{LAST}} of {{TOTAL}}</p>
<nav class="ms-auto btn-list" aria-label="Pages of references">
{{#PREVIOUS_PAGE}}<a class="btn" rel="prev" href="?from={{PREVIOUS_PAGE}}#references">Previous</a>{{/PREVIOUS_PAGE}}
{{#NEXT_PAGE}}<a class="btn" rel="next" href="?from={{NEXT_PAGE}}#references">Next</a>{{/NEXT_PAGE}}
</nav></div>
{{/REFERENCES}}
</section>
<section class="card mb-3" aria-labelledby="files-title">
<div class="card-header"><h2 class="card-title" id="files-title">Workflow files</h2>{{#STALE_FILES}}<span class="badge bg-yellow-lt ms-auto">{{STALE_FILES}} not readable</span>{{/STALE_FILES}}</div>
<form method="post" action="/s/{{SLUG:u}}/projects/{{ID}}/workflow/remove">
<input type="hidden" name="csrf" value="{{CSRF}}">
<ul class="list-group list-group-flush">
{{#FILE}}
<li class="list-group-item d-flex gap-2 align-items-center"><div class="file-words"><span class="fw-bold text-break"><bdi>{{PATH}}</bdi></span><div class="text-secondary small">{{COUNT}}, synced <span title="{{SYNCED_AT}}">{{SYNCED_AGO}}</span> by <bdi>{{SYNCED_BY}}</bdi></div>
{{#FAULT}}<p class="text-red mb-0 text-break">{{#FAULT_LINE}}Line {{FAULT_LINE}}: {{/FAULT_LINE}}{{FAULT}}. {{#KEPT}}What it named {{READ_AT}} is kept. {{/KEPT}}Mend the file and send it again.</p>{{/FAULT}}</div>
<button class="btn btn-icon btn-ghost-secondary ms-auto" type="submit" name="path" value="{{PATH}}" aria-label="Remove {{PATH}}" title="Remove: it is no more in the repository"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#trash"/></svg></button></li>
{{/FILE}}
</ul>
{{#MORE_FILES}}
<details><summary class="list-group-item">and {{MORE_FILES}} more</summary>
<ul class="list-group list-group-flush border-top">
{{#FILE}}
<li class="list-group-item d-flex gap-2 align-items-center"><div class="file-words"><span class="fw-bold text-break"><bdi>{{PATH}}</bdi></span><div class="text-secondary small">{{COUNT}}, synced <span title="{{SYNCED_AT}}">{{SYNCED_AGO}}</span> by <bdi>{{SYNCED_BY}}</bdi></div></div>
<button class="btn btn-icon btn-ghost-secondary ms-auto" type="submit" name="path" value="{{PATH}}" aria-label="Remove {{PATH}}" title="Remove: it is no more in the repository"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#trash"/></svg></button></li>
{{/FILE}}
</ul></details>
{{/MORE_FILES}}
</form>
</section>
{{/FILES}}
<details class="card mb-3" id="send"{{#OPEN}} open{{/OPEN}}><summary class="card-header"><h2 class="card-title"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#upload"/></svg> Send workflow files…</h2></summary>
<div class="card-body"><h3 class="card-title">From a CI step</h3>
<p id="ci-all-where" class="mb-1">All at once, after each push. What is not among them is removed. <code>SIGNET_TOKEN</code> is a {{#MAKES_TOKENS}}<a class="text-decoration-underline" href="/s/{{SLUG:u}}/projects/{{ID}}/tokens">sync token of this project</a>{{/MAKES_TOKENS}}{{#NAMES_TOKENS}}sync token of this project, which admins make{{/NAMES_TOKENS}}, or your own <a class="text-decoration-underline" href="/account/tokens">access token</a> of scope “workflow”.</p>
<div class="copy-row mb-3"><pre class="copy-text" id="ci-all" tabindex="0" aria-labelledby="ci-all-where">{ printf 'header = "Authorization: Bearer %s"\n' "$SIGNET_TOKEN"
  git ls-files '*shippable*.yml' | sed 's|.*|form = "file=@\\"&amp;\\";filename=\\"&amp;\\""|'
} | curl -sS --fail-with-body -K - -X PUT "{{API:pre_escape}}/workflows"</pre><button class="btn copy-button" type="button" data-copy="ci-all" aria-describedby="ci-all-where" hidden><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#copy"/></svg> <span>Copy</span></button></div>
<p id="ci-one-where" class="mb-1">One file; the others stay:</p>
<div class="copy-row"><pre class="copy-text" id="ci-one" tabindex="0" aria-labelledby="ci-one-where">printf 'header = "Authorization: Bearer %s"\n' "$SIGNET_TOKEN" |
  curl -sS --fail-with-body -K - -T shippable.yml "{{API:pre_escape}}/workflow?path=shippable.yml"</pre><button class="btn copy-button" type="button" data-copy="ci-one" aria-describedby="ci-one-where" hidden><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#copy"/></svg> <span>Copy</span></button></div>
<p id="ci-lint-where" class="mt-3 mb-1">Before a run: what would not resolve, as lines; nothing is stored. It fails when there is something to mend.</p>
<div class="copy-row"><pre class="copy-text" id="ci-lint" tabindex="0" aria-labelledby="ci-lint-where">git ls-files -z '*shippable*.yml' |
  xargs -0 signet lint --server {{SERVER:pre_escape}} --project {{LINT:pre_escape}} --</pre><button class="btn copy-button" type="button" data-copy="ci-lint" aria-describedby="ci-lint-where" hidden><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#copy"/></svg> <span>Copy</span></button></div>
<p class="visually-hidden" id="copy-said" role="status"></p></div>
<form class="card-body" method="post" action="/s/{{SLUG:u}}/projects/{{ID}}/workflow" enctype="multipart/form-data">
<h3 class="card-title">Chosen files</h3>
<input type="hidden" name="csrf" value="{{CSRF}}">
<div class="row g-3"><div class="col-md-6"><label class="form-label required" for="file">Files</label>
<input class="form-control{{#FILES_ERROR}} is-invalid{{/FILES_ERROR}}" id="file" type="file" name="file" multiple accept=".yml,.yaml"{{#FILES_ERROR}} aria-invalid="true"{{/FILES_ERROR}} aria-describedby="file-hint{{#FILES_ERROR}} file-error{{/FILES_ERROR}}">
{{#FILES_ERROR}}<div class="invalid-feedback" id="file-error">{{FILES_ERROR}}</div>{{/FILES_ERROR}}
<small class="form-hint" id="file-hint">Several are fine, 1 MiB each. Others stay as they are.</small></div>
<div class="col-md-6"><label class="form-label" for="folder">Folder in the repository</label>
<input class="form-control{{#FOLDER_ERROR}} is-invalid{{/FOLDER_ERROR}}" id="folder" name="folder" value="{{FOLDER}}" placeholder="ci" autocomplete="off" autocapitalize="none" spellcheck="false"{{#FOLDER_ERROR}} aria-invalid="true"{{/FOLDER_ERROR}} aria-describedby="folder-hint{{#FOLDER_ERROR}} folder-error{{/FOLDER_ERROR}}">
{{#FOLDER_ERROR}}<div class="invalid-feedback" id="folder-error">{{FOLDER_ERROR}}</div>{{/FOLDER_ERROR}}
<small class="form-hint" id="folder-hint">Browsers send a file's name alone. Empty: the top.</small></div></div>
<div class="btn-list mt-3"><button class="btn btn-primary" type="submit">Send files</button><button class="btn" type="submit" name="check" value="1">Check without storing</button></div>
</form>
{{>PASTE_FORM}}</details>
