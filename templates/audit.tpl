{{%AUTOESCAPE context="HTML"}}
<form class="card mb-3" method="get" action="{{BASE}}" role="search" aria-label="Filter the entries">
<div class="card-body row g-3 align-items-start">
{{#ASK_ACCOUNT}}
<div class="col-sm-6 col-lg"><label class="form-label" for="account">Trail</label>
<input class="form-control{{#ACCOUNT_ERROR}} is-invalid{{/ACCOUNT_ERROR}}" id="account" name="account" value="{{ASKED_ACCOUNT}}" placeholder="The site's" autocapitalize="none" spellcheck="false" aria-describedby="account-hint{{#ACCOUNT_ERROR}} account-error{{/ACCOUNT_ERROR}}">
{{#ACCOUNT_ERROR}}<div class="invalid-feedback" id="account-error">{{ACCOUNT_ERROR}}</div>{{/ACCOUNT_ERROR}}
<small class="form-hint" id="account-hint">A login, for that account's own entries</small></div>
{{/ASK_ACCOUNT}}
{{#ASK_WHO}}
<div class="col-sm-6 col-lg"><label class="form-label" for="who">Who</label>
<input class="form-control" id="who" name="who" value="{{ASKED_WHO}}" autocapitalize="none" spellcheck="false" aria-describedby="who-hint">
<small class="form-hint" id="who-hint">The login of who did it{{#ASK_TOKEN}}; of a sync token, “token” and its name{{/ASK_TOKEN}}</small></div>
{{/ASK_WHO}}
<div class="col-sm-6 col-lg"><label class="form-label" for="what">What</label>
<select class="form-select" id="what" name="what"><option value="">Anything</option>{{#GROUP}}<option value="{{GROUP_TEXT}}"{{#GROUP_CHOSEN}} selected{{/GROUP_CHOSEN}}>{{GROUP_WORDS}}</option>{{/GROUP}}</select></div>
{{#ASK_WHICH}}
<div class="col-sm-6 col-lg"><label class="form-label" for="which">Which</label>
<input class="form-control" id="which" name="which" value="{{ASKED_WHICH}}" autocapitalize="none" spellcheck="false" aria-describedby="which-hint">
<small class="form-hint" id="which-hint">The whole name at that time</small></div>
{{/ASK_WHICH}}
<div class="col-6 col-sm-3 col-lg-auto"><label class="form-label" for="from">From</label>
<input class="form-control{{#FROM_ERROR}} is-invalid{{/FROM_ERROR}}" id="from" name="from" type="date" value="{{ASKED_FROM}}"{{#FROM_ERROR}} aria-invalid="true" aria-describedby="from-error"{{/FROM_ERROR}}>
{{#FROM_ERROR}}<div class="invalid-feedback" id="from-error">{{FROM_ERROR}}</div>{{/FROM_ERROR}}</div>
<div class="col-6 col-sm-3 col-lg-auto"><label class="form-label" for="to">To</label>
<input class="form-control{{#TO_ERROR}} is-invalid{{/TO_ERROR}}" id="to" name="to" type="date" value="{{ASKED_TO}}"{{#TO_ERROR}} aria-invalid="true" aria-describedby="to-error"{{/TO_ERROR}}>
{{#TO_ERROR}}<div class="invalid-feedback" id="to-error">{{TO_ERROR}}</div>{{/TO_ERROR}}</div>
{{#ONE_THING}}
<div class="col-12"><label class="form-check mb-0"><input class="form-check-input" type="checkbox" name="object" value="{{ASKED_OBJECT}}" checked><span class="form-check-label">Only of <code>{{ASKED_OBJECT}}</code>, whatever its name was</span></label></div>
{{/ONE_THING}}
</div>
<div class="card-footer btn-list justify-content-end">{{#CLEAR}}<a class="btn btn-link" href="{{BASE}}">Show all</a>{{/CLEAR}}<button class="btn btn-primary" type="submit"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#search"/></svg> Find</button></div>
</form>
{{#RESULT}}
<div class="card">
{{#EMPTY}}
<div class="empty">
<div class="empty-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#history"/></svg></div>
<p class="empty-title">No entries yet</p>
<p class="empty-subtitle text-secondary">Every change from now on is noted here: who, what, when and from where.</p>
</div>
{{/EMPTY}}
{{#NO_MATCH}}
<div class="empty">
<div class="empty-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#search"/></svg></div>
<p class="empty-title">No entry fits</p>
<p class="empty-subtitle text-secondary">Logins and names must be whole, days are those of UTC. Take something out of the filter.</p>
<div class="empty-action"><a class="btn" href="{{BASE}}">Show all</a></div>
</div>
{{/NO_MATCH}}
{{#NO_OLDER}}
<div class="empty"><p class="empty-title">No older entries</p></div>
{{/NO_OLDER}}
{{#TABLE}}
<div class="table-responsive">
<table class="table table-vcenter card-table trail">
<thead><tr><th>Time (UTC)</th><th>Who</th><th>From</th><th>What</th><th>Which</th><th>Fields</th></tr></thead>
<tbody>
{{#ROW}}
<tr><td data-label="Time (UTC)" class="text-nowrap">{{WHEN}}</td><td data-label="Who">{{#WHO_KNOWN}}<a class="text-reset" href="{{BASE}}?who={{WHO:u}}&amp;account={{ASKED_ACCOUNT:u}}"><bdi>{{WHO}}</bdi></a>{{/WHO_KNOWN}}{{#WHO_NOBODY}}<span class="text-secondary">nobody</span>{{/WHO_NOBODY}}</td><td data-label="From" class="text-secondary">{{ADDRESS}}</td><td data-label="What">{{WHAT_WORDS}}</td><td data-label="Which">{{#WHICH_LINK}}<a class="fw-bold text-reset" href="{{BASE}}?object={{OBJECT:u}}&amp;account={{ASKED_ACCOUNT:u}}"><bdi>{{WHICH_NAME}}</bdi></a>{{/WHICH_LINK}}{{#WHICH_PLAIN}}<bdi>{{WHICH_NAME}}</bdi>{{/WHICH_PLAIN}}</td><td data-label="Fields" class="text-secondary">{{FIELDS_NAMES}}</td></tr>
{{/ROW}}
</tbody>
</table>
</div>
{{/TABLE}}
{{#FOOT}}
<div class="card-footer d-flex align-items-center flex-wrap gap-2">
<p class="m-0 text-secondary">{{#SEARCHED}}Searched back to {{SEARCHED_TO}}. {{/SEARCHED}}{{SHOWN}} shown{{#IN_ALL}}, {{TOTAL}} in all{{/IN_ALL}}</p>
<nav class="ms-auto btn-list" aria-label="Pages of the trail">
{{#FIRST_PAGE}}<a class="btn" href="{{BASE}}?account={{ASKED_ACCOUNT:u}}&amp;who={{ASKED_WHO:u}}&amp;what={{ASKED_WHAT:u}}&amp;which={{ASKED_WHICH:u}}&amp;from={{ASKED_FROM:u}}&amp;to={{ASKED_TO:u}}&amp;object={{ASKED_OBJECT:u}}">Newest</a>{{/FIRST_PAGE}}
{{#NEXT_PAGE}}<a class="btn" rel="next" href="{{BASE}}?account={{ASKED_ACCOUNT:u}}&amp;who={{ASKED_WHO:u}}&amp;what={{ASKED_WHAT:u}}&amp;which={{ASKED_WHICH:u}}&amp;from={{ASKED_FROM:u}}&amp;to={{ASKED_TO:u}}&amp;object={{ASKED_OBJECT:u}}&amp;before={{BEFORE:u}}">Older</a>{{/NEXT_PAGE}}
{{#SEARCH_ON}}<a class="btn" rel="next" href="{{BASE}}?account={{ASKED_ACCOUNT:u}}&amp;who={{ASKED_WHO:u}}&amp;what={{ASKED_WHAT:u}}&amp;which={{ASKED_WHICH:u}}&amp;from={{ASKED_FROM:u}}&amp;to={{ASKED_TO:u}}&amp;object={{ASKED_OBJECT:u}}&amp;before={{BEFORE:u}}">Search further back</a>{{/SEARCH_ON}}
</nav>
</div>
{{/FOOT}}
</div>
{{/RESULT}}
<p class="text-secondary small mt-3">Entries say who changed what, when and from where, with the names of the fields and never their values. Nobody can change or remove one here.{{#NOTE_OWN}} What the account did with integrations of its own is for its owner alone to see.{{/NOTE_OWN}}{{#NOTE_REFUSED}} What was refused is noted once a minute for each person, page and method, at most 100 times a minute for each person.{{/NOTE_REFUSED}}</p>
