{{%AUTOESCAPE context="HTML"}}
<div class="card">
<form class="card-body row g-2 align-items-end" method="get" action="/s/{{SLUG:u}}/workflow" role="search" aria-label="Filter the projects">
<div class="col-sm"><label class="form-label" for="q">Project</label><input class="form-control" id="q" type="search" name="q" value="{{SEARCH}}" placeholder="Search by name" maxlength="200" autocomplete="off" spellcheck="false"></div>
<div class="col-sm-auto"><label class="form-label" for="since">Not synced since</label><input class="form-control{{#SINCE_ERROR}} is-invalid{{/SINCE_ERROR}}" id="since" type="date" name="since" value="{{SINCE}}"{{#SINCE_ERROR}} aria-invalid="true" aria-describedby="since-error"{{/SINCE_ERROR}}>
{{#SINCE_ERROR}}<div class="invalid-feedback" id="since-error">{{SINCE_ERROR}}</div>{{/SINCE_ERROR}}</div>
<div class="col-auto"><button class="btn" type="submit"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#search"/></svg> Find</button></div>
</form>
{{#EMPTY}}
<div class="empty border-top">
<div class="empty-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#folder"/></svg></div>
<p class="empty-title">No projects yet</p>
<p class="empty-subtitle text-secondary">Add a project; its page then says how its CI sends the workflow files.</p>
<div class="empty-action"><a class="btn btn-primary" href="/s/{{SLUG:u}}/projects/new"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#plus"/></svg> Add a project</a></div>
</div>
{{/EMPTY}}
{{#NO_MATCH}}
<div class="empty border-top">
<div class="empty-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#folder"/></svg></div>
<p class="empty-title">No project matches</p>
<p class="empty-subtitle text-secondary">All that have this name have sent their files since.</p>
<div class="empty-action"><a class="btn" href="/s/{{SLUG:u}}/workflow">Show all projects</a></div>
</div>
{{/NO_MATCH}}
{{#TABLE}}
<form method="get" action="/s/{{SLUG:u}}/workflow/remove">
<div class="table-responsive">
<table class="table table-vcenter card-table stacked">
<thead><tr><th>Project</th><th>Files</th><th>References</th><th>To look at</th><th>Last sync</th><th class="w-1"><span class="visually-hidden">Choose</span></th></tr></thead>
<tbody>
{{#ROW}}
<tr><td class="name-cell"><a class="fw-bold text-reset" href="/s/{{SLUG:u}}/projects/{{ID}}"><bdi>{{NAME}}</bdi></a></td><td data-label="Files">{{FILES_COUNT}}</td><td data-label="References">{{REFERENCES_COUNT}}</td><td data-label="To look at"><span class="badges">{{#PROBLEMS}}<span class="badge bg-red-lt">{{PROBLEMS}} to look at</span>{{/PROBLEMS}}{{#UNREADABLE}}<span class="badge bg-yellow-lt">{{UNREADABLE}} not readable</span>{{/UNREADABLE}}{{#ALL_FINE}}<span class="badge bg-green-lt">All resolve</span>{{/ALL_FINE}}{{#NOTHING}}<span class="text-secondary">Nothing</span>{{/NOTHING}}</span></td><td data-label="Last sync">{{#SYNCED}}<div><span title="{{SYNCED_AT}}">{{SYNCED_AGO}}</span><div class="text-secondary small text-break">by <bdi>{{SYNCED_BY}}</bdi></div></div>{{/SYNCED}}{{#NEVER}}<span class="text-secondary">Never</span>{{/NEVER}}</td><td class="edit-cell">{{#MAY_REMOVE}}<label class="form-check mb-0"><input class="form-check-input" type="checkbox" name="project" value="{{ID}}" aria-label="Choose {{NAME}}"></label>{{/MAY_REMOVE}}</td></tr>
{{/ROW}}
</tbody>
</table>
</div>
<div class="card-footer d-flex align-items-center flex-wrap gap-2">
<p class="m-0 text-secondary">{{SHOWN}} of {{TOTAL}} projects</p>
<div class="ms-auto btn-list">
{{#PAGES}}
{{#FIRST_PAGE}}<a class="btn" href="/s/{{SLUG:u}}/workflow?q={{SEARCH:u}}&amp;since={{SINCE:u}}">First page</a>{{/FIRST_PAGE}}
{{#NEXT_PAGE}}<a class="btn" href="/s/{{SLUG:u}}/workflow?q={{SEARCH:u}}&amp;since={{SINCE:u}}&amp;after={{AFTER:u}}">Next</a>{{/NEXT_PAGE}}
{{/PAGES}}
<button class="btn btn-outline-danger" type="submit">Remove their files…</button>
</div>
</div>
</form>
{{/TABLE}}
</div>
