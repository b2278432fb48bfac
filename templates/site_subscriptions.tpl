{{%AUTOESCAPE context="HTML"}}
<div class="card">
{{#FILTER}}
<form class="card-body list-filter" method="get" action="/admin/subscriptions" role="search">
<div class="input-icon flex-fill"><span class="input-icon-addon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#search"/></svg></span><input class="form-control" type="search" name="q" value="{{SEARCH}}" aria-label="Search by name" placeholder="Search by name"></div>
<select class="form-select" name="show" aria-label="Show"><option value="">All subscriptions</option><option value="no-admin"{{#SHOW_NO_ADMIN}} selected{{/SHOW_NO_ADMIN}}>Nobody can act</option></select>
<button class="btn" type="submit">Search</button>
</form>
{{/FILTER}}
{{#TABLE}}
<div class="table-responsive">
<table class="table table-vcenter card-table stacked">
<thead><tr><th>Subscription</th><th>State</th><th>People</th><th>Projects</th><th>Created</th><th class="w-1"><span class="visually-hidden">Open</span></th></tr></thead>
<tbody>
{{#ROW}}
<tr><td class="name-cell"><a class="fw-bold text-reset" href="/admin/subscriptions/{{ID}}">{{SUB_SLUG}}</a>{{#OTHER_NAME}}<div class="text-secondary small"><bdi>{{OTHER_NAME}}</bdi></div>{{/OTHER_NAME}}</td><td data-label="State"><span class="badges">{{#STATE_ACTIVE}}<span class="badge bg-green-lt">Active</span>{{/STATE_ACTIVE}}{{#STATE_DISABLED}}<span class="badge bg-red-lt">Disabled</span>{{/STATE_DISABLED}}{{#NO_ADMIN}} <span class="badge bg-yellow-lt">Nobody can act</span>{{/NO_ADMIN}}</span></td><td data-label="People">{{PEOPLE}}</td><td data-label="Projects">{{PROJECTS}}</td><td data-label="Created" class="text-secondary text-nowrap">{{CREATED_AT}}</td><td class="edit-cell"><a class="btn btn-icon btn-ghost-secondary" aria-label="Open {{SUB_SLUG}}" href="/admin/subscriptions/{{ID}}"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#pencil"/></svg></a></td></tr>
{{/ROW}}
</tbody>
</table>
</div>
<div class="card-footer d-flex align-items-center flex-wrap gap-2">
<p class="m-0 text-secondary">{{SHOWN}} of {{TOTAL}} subscriptions</p>
{{#PAGES}}
<nav class="ms-auto btn-list" aria-label="Pages of the list">
{{#FIRST_PAGE}}<a class="btn" href="/admin/subscriptions?q={{SEARCH:u}}&amp;show={{SHOW:u}}">First page</a>{{/FIRST_PAGE}}
{{#NEXT_PAGE}}<a class="btn" href="/admin/subscriptions?q={{SEARCH:u}}&amp;show={{SHOW:u}}&amp;after={{AFTER:u}}">Next</a>{{/NEXT_PAGE}}
</nav>
{{/PAGES}}
</div>
{{/TABLE}}
{{#EMPTY}}
<div class="empty">
<div class="empty-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#building"/></svg></div>
<p class="empty-title">No subscription yet</p>
<p class="empty-subtitle text-secondary">A subscription is an organization: it owns projects and integrations, and its people have roles in it. Add the first one and name its first admin.</p>
<div class="empty-action"><a class="btn btn-primary" href="/admin/subscriptions/new"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#plus"/></svg> Add a subscription</a></div>
</div>
{{/EMPTY}}
{{#NO_MATCH}}
<div class="empty border-top">
<div class="empty-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#search"/></svg></div>
<p class="empty-title">No subscription matches</p>
<p class="empty-subtitle text-secondary">Search for a part of a name, or look through all of them.</p>
<div class="empty-action"><a class="btn" href="/admin/subscriptions">Show all subscriptions</a></div>
</div>
{{/NO_MATCH}}
</div>
