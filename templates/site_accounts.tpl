{{%AUTOESCAPE context="HTML"}}
<div class="card">
<form class="card-body list-filter" method="get" action="/admin/accounts" role="search">
<div class="input-icon flex-fill"><span class="input-icon-addon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#search"/></svg></span><input class="form-control" type="search" name="q" value="{{SEARCH}}" aria-label="Search by login or name" placeholder="Search by login or name"></div>
<select class="form-select" name="show" aria-label="Show"><option value="">Everybody</option><option value="active"{{#SHOW_ACTIVE}} selected{{/SHOW_ACTIVE}}>Active</option><option value="new"{{#SHOW_NEW}} selected{{/SHOW_NEW}}>Never signed in</option><option value="disabled"{{#SHOW_DISABLED}} selected{{/SHOW_DISABLED}}>Disabled</option><option value="site-admins"{{#SHOW_SITE_ADMINS}} selected{{/SHOW_SITE_ADMINS}}>Site admins</option></select>
<button class="btn" type="submit">Search</button>
</form>
{{#TABLE}}
<div class="table-responsive">
<table class="table table-vcenter card-table stacked">
<thead><tr><th>Account</th><th>State</th><th>Last sign-in</th><th>Created</th><th class="w-1"><span class="visually-hidden">Open</span></th></tr></thead>
<tbody>
{{#ROW}}
<tr><td class="name-cell"><a class="fw-bold text-reset" href="/admin/accounts/{{ID}}"><bdi>{{LOGIN}}</bdi></a>{{#OTHER_NAME}}<div class="text-secondary small"><bdi>{{OTHER_NAME}}</bdi></div>{{/OTHER_NAME}}</td><td data-label="State"><span class="badges">{{#STATE_ACTIVE}}<span class="badge bg-green-lt">Active</span>{{/STATE_ACTIVE}}{{#STATE_DISABLED}}<span class="badge bg-red-lt">Disabled</span>{{/STATE_DISABLED}}{{#STATE_NEW}}<span class="badge bg-secondary-lt">Never signed in</span>{{/STATE_NEW}}{{#NO_PASSWORD}} <span class="badge bg-yellow-lt">No password yet</span>{{/NO_PASSWORD}}{{#IS_SITE_ADMIN}} <span class="badge bg-blue-lt">Site admin</span>{{/IS_SITE_ADMIN}}</span></td><td data-label="Last sign-in"><span title="{{SIGNED_IN_AT}}">{{SIGNED_IN_AGO}}</span></td><td data-label="Created" class="text-secondary text-nowrap">{{CREATED_AT}}</td><td class="edit-cell"><a class="btn btn-icon btn-ghost-secondary" aria-label="Open {{LOGIN}}" href="/admin/accounts/{{ID}}"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#pencil"/></svg></a></td></tr>
{{/ROW}}
</tbody>
</table>
</div>
<div class="card-footer d-flex align-items-center flex-wrap gap-2">
<p class="m-0 text-secondary">{{SHOWN}} of {{TOTAL}} accounts</p>
{{#PAGES}}
<nav class="ms-auto btn-list" aria-label="Pages of the list">
{{#FIRST_PAGE}}<a class="btn" href="/admin/accounts?q={{SEARCH:u}}&amp;show={{SHOW:u}}">First page</a>{{/FIRST_PAGE}}
{{#NEXT_PAGE}}<a class="btn" href="/admin/accounts?q={{SEARCH:u}}&amp;show={{SHOW:u}}&amp;after={{AFTER:u}}">Next</a>{{/NEXT_PAGE}}
</nav>
{{/PAGES}}
</div>
{{/TABLE}}
{{#EMPTY}}
<div class="empty border-top">
<div class="empty-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#search"/></svg></div>
<p class="empty-title">No account matches</p>
<p class="empty-subtitle text-secondary">Search for a part of a login or a name, or look through all of them.</p>
<div class="empty-action"><a class="btn" href="/admin/accounts">Show all accounts</a></div>
</div>
{{/EMPTY}}
</div>
