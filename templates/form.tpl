{{%AUTOESCAPE context="HTML"}}
{{>TABS}}
<form method="post" action="{{SUBMIT}}"{{#WITH_FILES}} enctype="multipart/form-data"{{/WITH_FILES}} class="form-grid" novalidate>
<button class="visually-hidden" type="submit" tabindex="-1" aria-hidden="true">Save</button>
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="type" value="{{TYPE_NAME}}">
{{#IS_NEW}}
{{#BACK}}<input type="hidden" name="back" value="{{BACK}}">{{/BACK}}
<input type="hidden" name="uid" value="{{UID}}">
{{/IS_NEW}}
{{#IS_EDIT}}
<input type="hidden" name="version" value="{{VERSION}}">
<input type="hidden" name="opened" value="{{OPENED}}">
{{/IS_EDIT}}
{{#CONFLICT}}
<section class="card conflict" aria-labelledby="conflict-title">
<div class="card-status-top bg-warning"></div>
<div class="card-body" role="alert"><h2 class="card-title mb-1" id="conflict-title"><svg class="icon text-warning" aria-hidden="true"><use href="/static/vendor/icons.svg#users"/></svg> {{CONFLICT_HEADING}}</h2>
<p class="mb-0">Nothing of yours is saved yet, and nothing is lost: what you typed stands in the form below.</p>{{#NOW_DISABLED}}<p class="mt-2 mb-0 text-red text-break">It is disabled: <bdi>{{NOW_DISABLED}}</bdi></p>{{/NOW_DISABLED}}</div>
{{#TAKEN}}
<div class="card-body"><h3 class="h4">Taken over, since you had not touched it</h3>
<dl class="facts">
{{#TAKEN_ROW}}
<dt>{{ASK_LABEL}}</dt><dd class="value">{{ASK_THEIRS:pre_escape}}</dd>
{{/TAKEN_ROW}}
</dl></div>
{{/TAKEN}}
{{#ASKS}}
<div class="card-body"><h3 class="h4">You both changed this: choose what stays</h3>
{{#ASKS_ERROR}}<p class="text-red" id="asks-error">{{ASKS_ERROR}}</p>{{/ASKS_ERROR}}
{{#ASK}}
<fieldset class="ask">
<legend class="form-label">{{ASK_LABEL}}</legend>
<input type="hidden" name="ask" value="{{ASK_NAME}}">
<label class="form-check"><input class="form-check-input" type="radio" name="choose.{{ASK_NAME}}" value="mine"{{#CHOSE_MINE}} checked{{/CHOSE_MINE}}><span class="form-check-label"><span class="fw-bold">Yours</span> <span class="value">{{ASK_MINE:pre_escape}}</span></span></label>
<label class="form-check"><input class="form-check-input" type="radio" name="choose.{{ASK_NAME}}" value="theirs"{{#CHOSE_THEIRS}} checked{{/CHOSE_THEIRS}}><span class="form-check-label"><span class="fw-bold">Theirs</span> <span class="value">{{ASK_THEIRS:pre_escape}}</span></span></label>
</fieldset>
{{/ASK}}
<small class="form-hint">"Yours" is what stands in the form below, also if you go on changing it there.</small></div>
{{/ASKS}}
<div class="card-footer d-flex flex-wrap align-items-center gap-2">{{#NOTHING_ASKED}}<span class="text-secondary">Nothing that you changed stands against it.</span>{{/NOTHING_ASKED}}<a class="btn btn-link ms-auto" href="{{CANCEL}}">Discard mine</a><button class="btn btn-primary" type="submit">Save on top of theirs</button></div>
</section>
{{/CONFLICT}}
<div class="form-main card">
<div class="card-body">
{{#BANNER}}
<div class="alert alert-danger" role="alert"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-circle"/></svg></div><div>{{BANNER}}</div></div>
{{/BANNER}}
{{#USED}}
<div class="alert alert-warning" role="alert"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-circle"/></svg></div><div>This form was used already: it added <a class="alert-link text-break" href="{{USED_HREF}}">{{USED_NAME}}</a>. Nothing more is saved yet. What you typed stands below; saving it now adds another integration.</div></div>
{{/USED}}
<div class="d-flex gap-3 mb-3"><span class="avatar avatar-sm bg-transparent border flex-shrink-0"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#{{TYPE_ICON:u}}"/></svg></span><div><span class="fw-bold">{{TYPE_LABEL}}</span>{{#IS_NEW}} <a href="{{SUBMIT}}{{#BACK}}?back={{BACK:u}}{{/BACK}}">Another type…</a>{{/IS_NEW}}<div class="text-secondary">{{TYPE_HELP}}</div></div></div>
<div class="mb-3"><label class="form-label required" for="name">Name</label>
<input class="form-control{{#NAME_ERROR}} is-invalid{{/NAME_ERROR}}" id="name" name="name" value="{{NAME}}" autocomplete="off" spellcheck="false" aria-required="true"{{#NAME_ERROR}} aria-invalid="true"{{/NAME_ERROR}} aria-describedby="name-hint{{#NAME_ERROR}} name-error{{/NAME_ERROR}}">
{{#NAME_ERROR}}<div class="invalid-feedback" id="name-error">{{NAME_ERROR}}{{#RENAME_HREF}} <a class="text-decoration-underline" href="{{RENAME_HREF}}">Rename it there</a>{{/RENAME_HREF}}</div>{{/NAME_ERROR}}
<small class="form-hint" id="name-hint">{{#SHARING}}Workflow files name the integration exactly so, capitals and blanks included.{{/SHARING}}{{#OWN_SIDE}}What you call it. Workflow files name what is bound to it in their subscription, which has this name unless another is given.{{/OWN_SIDE}}</small></div>
{{#URLS}}
<fieldset class="form-fieldset" id="urls">
<legend class="h4 mb-2">URLs</legend>
{{#URLS_ERROR}}<p class="text-red" id="urls-error">{{URLS_ERROR}}</p>{{/URLS_ERROR}}
{{#URL_ROW}}
<div class="url-row mb-2">
<div class="url-key"><input class="form-control{{#KEY_ERROR}} is-invalid{{/KEY_ERROR}}" id="url-key-{{N}}" name="url_key" value="{{KEY}}"{{#KEY_FIXED}} readonly{{/KEY_FIXED}}{{#KEY_FREE}} placeholder="key"{{/KEY_FREE}} autocomplete="off" autocapitalize="none" spellcheck="false" aria-label="Key of URL {{N}}"{{#KEY_ERROR}} aria-invalid="true" aria-describedby="url-key-{{N}}-error"{{/KEY_ERROR}}>
{{#KEY_ERROR}}<div class="invalid-feedback" id="url-key-{{N}}-error">{{KEY_ERROR}}</div>{{/KEY_ERROR}}</div>
<div class="url-value"><input class="form-control{{#URL_ERROR}} is-invalid{{/URL_ERROR}}" id="url-{{N}}" name="url" value="{{URL}}" placeholder="{{URL_EXAMPLE}}" inputmode="url" autocomplete="off" autocapitalize="none" spellcheck="false" aria-label="URL {{N}}{{#URL_REQUIRED}}, required{{/URL_REQUIRED}}"{{#URL_ERROR}} aria-invalid="true"{{/URL_ERROR}} aria-describedby="url-{{N}}-hint{{#URL_ERROR}} url-{{N}}-error{{/URL_ERROR}}">
{{#URL_ERROR}}<div class="invalid-feedback" id="url-{{N}}-error">{{URL_ERROR}}</div>{{/URL_ERROR}}
<small class="form-hint" id="url-{{N}}-hint">{{URL_HELP}}{{#URL_OPTIONAL}} Optional.{{/URL_OPTIONAL}}</small></div>
<div class="url-remove"><button class="btn btn-icon btn-ghost-secondary" type="submit" name="remove_url" value="{{N}}" aria-label="Remove URL {{N}}"{{#KEY_FIXED}} disabled{{/KEY_FIXED}} hx-post="" hx-target="#urls" hx-select="#urls" hx-swap="outerHTML"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#trash"/></svg></button></div>
</div>
{{/URL_ROW}}
{{#ADD_URL}}
<button class="btn btn-sm" type="submit" name="add_url" value="1" hx-post="" hx-target="#urls" hx-select="#urls" hx-swap="outerHTML"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#plus"/></svg> Add URL</button>
{{/ADD_URL}}
</fieldset>
{{/URLS}}
{{#CREDENTIALS}}
<fieldset class="form-fieldset">
<legend class="h4 mb-2">Credentials</legend>
{{#FIELD}}
{{#PLAIN_FIELD}}
<div class="mb-3"><label class="form-label{{#REQUIRED}} required{{/REQUIRED}}" for="f-{{FIELD_NAME}}">{{FIELD_LABEL}}</label>
{{#TEXT}}<input class="form-control{{#FIELD_ERROR}} is-invalid{{/FIELD_ERROR}}" id="f-{{FIELD_NAME}}" name="value.{{FIELD_NAME}}" value="{{VALUE}}" placeholder="{{FIELD_EXAMPLE}}" autocomplete="off" autocapitalize="none" spellcheck="false"{{#REQUIRED}} aria-required="true"{{/REQUIRED}}{{#FIELD_ERROR}} aria-invalid="true"{{/FIELD_ERROR}} aria-describedby="f-{{FIELD_NAME}}-hint{{#FIELD_ERROR}} f-{{FIELD_NAME}}-error{{/FIELD_ERROR}}">{{/TEXT}}
{{#LINES}}<textarea class="form-control font-monospace{{#FIELD_ERROR}} is-invalid{{/FIELD_ERROR}}" id="f-{{FIELD_NAME}}" name="value.{{FIELD_NAME}}" rows="4" placeholder="{{FIELD_EXAMPLE}}" autocomplete="off" autocapitalize="none" spellcheck="false"{{#REQUIRED}} aria-required="true"{{/REQUIRED}}{{#FIELD_ERROR}} aria-invalid="true"{{/FIELD_ERROR}} aria-describedby="f-{{FIELD_NAME}}-hint{{#FIELD_ERROR}} f-{{FIELD_NAME}}-error{{/FIELD_ERROR}}">
{{VALUE:pre_escape}}</textarea>{{/LINES}}
{{#FIELD_ERROR}}<div class="invalid-feedback" id="f-{{FIELD_NAME}}-error">{{FIELD_ERROR}}</div>{{/FIELD_ERROR}}
<small class="form-hint" id="f-{{FIELD_NAME}}-hint">{{FIELD_HELP}}</small>{{#FILE}}<div class="mt-2"><label class="form-label small mb-1" for="file-{{FIELD_NAME}}">Or choose its file</label><input class="form-control" type="file" id="file-{{FIELD_NAME}}" name="file.{{FIELD_NAME}}" data-most="{{FIELD_MOST}}" aria-describedby="file-{{FIELD_NAME}}-hint"><small class="form-hint" id="file-{{FIELD_NAME}}-hint">At most {{FIELD_MOST}} bytes. If you give both, the file counts.</small></div>{{/FILE}}</div>
{{/PLAIN_FIELD}}
{{#SECRET_FIELD}}
<div class="mb-3"><label class="form-label{{#REQUIRED}} required{{/REQUIRED}}" for="f-{{FIELD_NAME}}">{{FIELD_LABEL}}</label>
{{#SECRET}}<input class="form-control{{#SECRET_ERROR}} is-invalid{{/SECRET_ERROR}}" type="password" id="f-{{FIELD_NAME}}" name="secret.{{FIELD_NAME}}"{{#STORED}} placeholder="••••••••"{{/STORED}} autocomplete="new-password"{{#REQUIRED}} aria-required="true"{{/REQUIRED}}{{#SECRET_ERROR}} aria-invalid="true"{{/SECRET_ERROR}} aria-describedby="f-{{FIELD_NAME}}-hint{{#SECRET_ERROR}} f-{{FIELD_NAME}}-error{{/SECRET_ERROR}}">{{/SECRET}}
{{#SECRET_LINES}}<textarea class="form-control font-monospace{{#SECRET_ERROR}} is-invalid{{/SECRET_ERROR}}" id="f-{{FIELD_NAME}}" name="secret.{{FIELD_NAME}}" rows="4"{{#STORED}} placeholder="••••••••"{{/STORED}} autocomplete="off" autocapitalize="none" spellcheck="false"{{#REQUIRED}} aria-required="true"{{/REQUIRED}}{{#SECRET_ERROR}} aria-invalid="true"{{/SECRET_ERROR}} aria-describedby="f-{{FIELD_NAME}}-hint{{#SECRET_ERROR}} f-{{FIELD_NAME}}-error{{/SECRET_ERROR}}"></textarea>{{/SECRET_LINES}}
{{#SECRET_ERROR}}<div class="invalid-feedback" id="f-{{FIELD_NAME}}-error">{{SECRET_ERROR}}</div>{{/SECRET_ERROR}}
<small class="form-hint" id="f-{{FIELD_NAME}}-hint">{{#KEPT}}<span class="kept"><svg class="icon icon-sm" aria-hidden="true"><use href="/static/vendor/icons.svg#lock"/></svg> What you typed is kept, sealed. Type to replace it.</span>{{/KEPT}}{{#NOTE}}<span class="kept"><svg class="icon icon-sm" aria-hidden="true"><use href="/static/vendor/icons.svg#lock"/></svg> {{NOTE}}</span>{{/NOTE}}{{FIELD_HELP}}</small>
{{#KEPT}}<input type="hidden" name="kept.{{FIELD_NAME}}" value="{{KEPT}}">{{/KEPT}}
{{#FILE}}<div class="mt-2"><label class="form-label small mb-1" for="file-{{FIELD_NAME}}">Or choose its file</label><input class="form-control" type="file" id="file-{{FIELD_NAME}}" name="file.{{FIELD_NAME}}" data-most="{{FIELD_MOST}}" aria-describedby="file-{{FIELD_NAME}}-hint"><small class="form-hint" id="file-{{FIELD_NAME}}-hint">At most {{FIELD_MOST}} bytes. If you give both, the file counts.</small></div>{{/FILE}}
{{#REMOVABLE}}<label class="form-check mt-1 mb-0"><input class="form-check-input" type="checkbox" name="remove.{{FIELD_NAME}}" value="1"{{#REMOVED}} checked{{/REMOVED}}><span class="form-check-label">{{#REMOVE_STORED}}Remove the stored {{FIELD_LABEL}}{{/REMOVE_STORED}}{{#REMOVE_KEPT}}Leave {{FIELD_LABEL}} out after all{{/REMOVE_KEPT}}</span></label>{{/REMOVABLE}}</div>
{{/SECRET_FIELD}}
{{#PAIRS_FIELD}}
<fieldset class="mb-3" id="pairs-{{FIELD_NAME}}">
<legend class="form-label{{#REQUIRED}} required{{/REQUIRED}}">{{FIELD_LABEL}}</legend>
{{#FIELD_HELP_LINE}}<small class="form-hint mb-2">{{FIELD_HELP}}</small>{{/FIELD_HELP_LINE}}
{{#FIELD_ERROR}}<p class="text-red">{{FIELD_ERROR}}</p>{{/FIELD_ERROR}}
{{#PAIR}}
<div class="url-row mb-2">
<div class="url-key"><input class="form-control{{#PAIR_KEY_ERROR}} is-invalid{{/PAIR_KEY_ERROR}}" id="k-{{FIELD_NAME}}-{{R}}" name="pair_key.{{FIELD_NAME}}.{{R}}" value="{{PAIR_KEY}}" placeholder="KEY" autocomplete="off" autocapitalize="none" spellcheck="false" aria-label="Key {{ROW_NUMBER}}"{{#PAIR_KEY_ERROR}} aria-invalid="true" aria-describedby="k-{{FIELD_NAME}}-{{R}}-error"{{/PAIR_KEY_ERROR}}>
{{#PAIR_KEY_ERROR}}<div class="invalid-feedback" id="k-{{FIELD_NAME}}-{{R}}-error">{{PAIR_KEY_ERROR}}</div>{{/PAIR_KEY_ERROR}}</div>
<div class="url-value"><input class="form-control{{#PAIR_ERROR}} is-invalid{{/PAIR_ERROR}}" type="password" id="v-{{FIELD_NAME}}-{{R}}" name="secret.{{FIELD_NAME}}.{{R}}"{{#PAIR_STORED}} placeholder="••••••••"{{/PAIR_STORED}} autocomplete="new-password" aria-label="Value {{ROW_NUMBER}}"{{#PAIR_ERROR}} aria-invalid="true"{{/PAIR_ERROR}} aria-describedby="v-{{FIELD_NAME}}-{{R}}-hint{{#PAIR_ERROR}} v-{{FIELD_NAME}}-{{R}}-error{{/PAIR_ERROR}}">
{{#PAIR_ERROR}}<div class="invalid-feedback" id="v-{{FIELD_NAME}}-{{R}}-error">{{PAIR_ERROR}}</div>{{/PAIR_ERROR}}
<small class="form-hint" id="v-{{FIELD_NAME}}-{{R}}-hint">{{#PAIR_KEPT}}<span class="kept"><svg class="icon icon-sm" aria-hidden="true"><use href="/static/vendor/icons.svg#lock"/></svg> What you typed is kept, sealed.</span>{{/PAIR_KEPT}}{{#PAIR_NOTE}}<span class="kept"><svg class="icon icon-sm" aria-hidden="true"><use href="/static/vendor/icons.svg#lock"/></svg> {{PAIR_NOTE}}</span>{{/PAIR_NOTE}}</small>
{{#PAIR_KEPT}}<input type="hidden" name="kept.{{FIELD_NAME}}.{{R}}" value="{{PAIR_KEPT}}">{{/PAIR_KEPT}}</div>
<div class="url-remove"><button class="btn btn-icon btn-ghost-secondary" type="submit" name="remove_pair" value="{{FIELD_NAME}}.{{R}}" aria-label="Remove row {{ROW_NUMBER}}" hx-post="" hx-target="#pairs-{{FIELD_NAME}}" hx-select="#pairs-{{FIELD_NAME}}" hx-swap="outerHTML"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#trash"/></svg></button></div>
</div>
{{/PAIR}}
<button class="btn btn-sm" type="submit" name="add_pair" value="{{FIELD_NAME}}" hx-post="" hx-target="#pairs-{{FIELD_NAME}}" hx-select="#pairs-{{FIELD_NAME}}" hx-swap="outerHTML"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#plus"/></svg> Add row</button>
</fieldset>
{{/PAIRS_FIELD}}
{{/FIELD}}
{{#ANY_SECRET}}
<small class="form-hint"><svg class="icon icon-sm" aria-hidden="true"><use href="/static/vendor/icons.svg#shield-lock"/></svg> Secrets are sealed with the vault's public key as you save{{#HAS_URLS}}, for the hosts of the URLs above{{/HAS_URLS}}. No page can show them again.{{#HAS_URLS}} Taking a URL away leaves them sealed for its host, too: type them again if they must not go there any more.{{/HAS_URLS}}</small>
{{/ANY_SECRET}}
</fieldset>
{{/CREDENTIALS}}
</div>
</div>
<div class="form-side">
{{#OWN_SIDE}}
<section class="card" aria-labelledby="own-side-title">
<div class="card-header"><h2 class="card-title" id="own-side-title"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#user"/></svg> Yours alone</h2></div>
<div class="card-body"><p>Nobody else can see or change it, not even an admin.</p><p class="mb-0">{{#IS_NEW}}Nothing uses it until you say so: once it is saved, you choose the subscriptions that may.{{/IS_NEW}}{{#IS_EDIT}}What you change here counts wherever it is used.{{/IS_EDIT}}</p></div>
</section>
{{/OWN_SIDE}}
{{#SHARING}}
{{>BINDING_CARD}}
<fieldset class="card mb-3">
<legend class="visually-hidden">Who can edit</legend>
<div class="card-header"><h2 class="card-title" aria-hidden="true">Who can edit</h2></div>
<div class="card-body">
{{#ROLES_ASKED}}
<label class="form-check"><input class="form-check-input" type="checkbox" checked disabled><span class="form-check-label">Admins</span></label>
<label class="form-check"><input class="form-check-input" type="checkbox" name="role_member" value="1"{{#ROLE_MEMBER}} checked{{/ROLE_MEMBER}}><span class="form-check-label">Members</span></label>
<label class="form-check mb-0"><input class="form-check-input" type="checkbox" name="role_collaborator" value="1"{{#ROLE_COLLABORATOR}} checked{{/ROLE_COLLABORATOR}}><span class="form-check-label">Collaborators</span></label>
{{/ROLES_ASKED}}
{{#ROLES_SHOWN}}
<p class="mb-1">{{EDITORS}}</p>
{{#NOT_BOUND}}<small class="form-hint">Only admins change this.</small>{{/NOT_BOUND}}
{{/ROLES_SHOWN}}
</div>
</fieldset>
<fieldset class="card scope">
<legend class="visually-hidden">Projects that can use it</legend>
<div class="card-header"><h2 class="card-title" aria-hidden="true">Projects that can use it</h2></div>
<div class="card-body">
{{#PROJECTS_ERROR}}<p class="text-red" id="projects-error">{{PROJECTS_ERROR}}</p>{{/PROJECTS_ERROR}}
{{#SCOPE_ALL_ONLY}}
<input type="hidden" name="scope" value="all">
<p class="mb-1">All projects, also future ones</p>
<small class="form-hint">Only those who see all projects change this.</small>
{{/SCOPE_ALL_ONLY}}
{{#SCOPE_ALL}}
<label class="form-check"><input class="form-check-input" type="radio" name="scope" value="all"{{#ALL_CHOSEN}} checked{{/ALL_CHOSEN}}><span class="form-check-label">{{#NOT_BOUND}}All projects, also future ones{{/NOT_BOUND}}{{#BOUND_SCOPE}}All that its owner allows{{/BOUND_SCOPE}}</span></label>
{{/SCOPE_ALL}}
{{#SCOPE_SOME}}
<label class="form-check"><input class="form-check-input" type="radio" name="scope" value="some"{{#SOME_CHOSEN}} checked{{/SOME_CHOSEN}}><span class="form-check-label">Only these projects</span></label>
<div class="scope-list">
{{#PROJECT}}
<label class="form-check"><input class="form-check-input" type="checkbox" name="project" value="{{PROJECT_ID}}"{{#PROJECT_CHOSEN}} checked{{/PROJECT_CHOSEN}}><span class="form-check-label">{{PROJECT_NAME}}</span></label>
{{/PROJECT}}
{{#NO_PROJECT}}<p class="text-secondary mb-0">You see no project here.</p>{{/NO_PROJECT}}
{{#HIDDEN}}<p class="text-secondary small mb-0">and {{HIDDEN}} more that you don't see</p>{{/HIDDEN}}
{{#BOUND_SCOPE}}
{{#OUTSIDE}}
<label class="form-check"><input class="form-check-input" type="checkbox" disabled{{#OUTSIDE_LISTED}} checked{{/OUTSIDE_LISTED}}><span class="form-check-label text-secondary">{{PROJECT_NAME}} <span class="small">(its owner does not allow it)</span></span></label>
{{/OUTSIDE}}
{{/BOUND_SCOPE}}
</div>
{{/SCOPE_SOME}}
{{#BOUND_SCOPE}}<small class="form-hint mt-2">{{#SOME_ALLOWED}}Its owner allows: {{ALLOWED}}. Of these you can choose fewer, never more.{{/SOME_ALLOWED}}{{#NONE_ALLOWED}}Its owner allows no project now: what you choose here counts once one is allowed.{{/NONE_ALLOWED}}</small>{{/BOUND_SCOPE}}
</div>
</fieldset>
{{/SHARING}}
</div>
<div class="form-foot card"><div class="card-body btn-list justify-content-end"><a class="btn btn-link" href="{{CANCEL}}">Cancel</a><button class="btn btn-primary" type="submit">Save</button></div></div>
</form>
{{#DELETE}}
<section class="card border-red mt-4" aria-labelledby="delete-title">
<div class="card-header"><h2 class="card-title text-red" id="delete-title"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#trash"/></svg> Delete integration</h2></div>
{{#IN_USE}}
<div class="card-body"><p class="mb-0">Workflow files name it, so it cannot be deleted. Take it out of these places and sync the files; then the button is here.</p></div>
<div>{{>USES}}</div>
{{/IN_USE}}
{{#OWN_IN_USE}}
<div class="card-body"><p class="mb-0">Workflow files name what is bound to it, so it cannot be deleted. Take the names out of these places and sync the files, or have an admin rebind them; then the button is here.</p></div>
{{>NAMED}}
{{/OWN_IN_USE}}
{{#MAY_DELETE}}
<form class="card-body" method="post" action="{{DELETE_HREF}}">
{{#ORG}}<p>Nothing can bring it back: its sealed values are erased, and workflows that name it fail from then on.</p>{{/ORG}}
{{#BOUND_DELETE}}<p>{{#LAST_HANDLE}}Deleting it takes <bdi>{{SUB_NAME}}</bdi> out of the scope of the integration of <bdi>{{OWNER}}</bdi>; nothing of theirs is deleted.{{/LAST_HANDLE}}{{#OTHER_HANDLES}}Nothing of <bdi>{{OWNER}}</bdi> is deleted, and other names here go on taking the same values.{{/OTHER_HANDLES}} Workflows that name it fail from then on.</p>{{/BOUND_DELETE}}
{{>OWN_DELETE}}
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="version" value="{{VERSION}}">
<label class="form-check"><input class="form-check-input" type="checkbox" name="confirm" value="1" required><span class="form-check-label">Delete <bdi class="fw-bold">{{STORED_NAME}}</bdi>{{#AND_VALUES}} and its sealed values{{/AND_VALUES}}</span></label>
<button class="btn btn-danger" type="submit">Delete</button>
</form>
{{/MAY_DELETE}}
</section>
{{/DELETE}}
