{{%AUTOESCAPE context="HTML"}}
{{>LEAVERS}}
{{#EMPTY}}
<div class="card"><div class="empty">
<div class="empty-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#plug"/></svg></div>
{{#EMPTY_ADD}}
<p class="empty-title">No integrations here</p>
<p class="empty-subtitle text-secondary">Add the first one: a name that workflow files can use, its URLs, and the credentials, which are sealed as you save.</p>
<div class="empty-action"><a class="btn btn-primary" href="/s/{{SLUG:u}}/integrations/new"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#plus"/></svg> Add an integration</a></div>
{{/EMPTY_ADD}}
{{#EMPTY_OWN}}
<p class="empty-title">You have no integrations of your own</p>
<p class="empty-subtitle text-secondary">Add the first one: its URLs, and your credentials, which are sealed as you save. Nobody else sees it here. Which subscriptions may use it is for you to say, and to take back.</p>
<div class="empty-action"><a class="btn btn-primary" href="/integrations/new"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#plus"/></svg> Add an integration</a></div>
{{/EMPTY_OWN}}
{{#EMPTY_WAIT}}
<p class="empty-title">No integrations here</p>
<p class="empty-subtitle text-secondary">An admin or a member of the subscription can add one. Those that your projects may use then appear here.</p>
{{/EMPTY_WAIT}}
{{#EMPTY_NAMED}}
<p class="empty-title">You are on no project, so you see no integration</p>
<p class="empty-subtitle text-secondary">Collaborators see what the projects on which they are named may use. Ask an admin of the subscription to name you on one.</p>
{{/EMPTY_NAMED}}
</div></div>
{{/EMPTY}}
{{#TABLE}}
<div class="card">
<form id="filter" class="list-filter many" role="search" method="get" action="{{LIST_HREF}}" hx-get="integrations" hx-trigger="input changed delay:250ms from:#q, change from:#type, change from:#owner, change from:#state, change from:#use, change from:#since, change from:#sort" hx-target="#list" hx-select="#list" hx-swap="outerHTML" hx-sync="this:replace" hx-push-url="true">
<div class="input-icon"><span class="input-icon-addon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#search"/></svg></span><input class="form-control" type="search" id="q" name="q" value="{{BY_SEARCH}}" maxlength="200" placeholder="Search by name or URL" aria-label="Search by name or URL" autocomplete="off" spellcheck="false"></div>
<select class="form-select" id="type" name="type" aria-label="Type"><option value="">All types</option>
{{#TYPE_OPTION}}
<option value="{{TYPE_NAME}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{TYPE_LABEL}}</option>
{{/TYPE_OPTION}}
</select>
{{#OWNER_FILTER}}
<select class="form-select" id="owner" name="owner" aria-label="Owner"><option value="">Org and personal</option><option value="org"{{#OWNER_ORG}} selected{{/OWNER_ORG}}>Org</option><option value="personal"{{#OWNER_PERSONAL}} selected{{/OWNER_PERSONAL}}>Personal</option><option value="mine"{{#OWNER_MINE}} selected{{/OWNER_MINE}}>Mine</option></select>
{{/OWNER_FILTER}}
<select class="form-select" id="state" name="state" aria-label="State"><option value="">{{#OWNER_FILTER}}Any state{{/OWNER_FILTER}}{{#NO_OWNER_FILTER}}Enabled or disabled{{/NO_OWNER_FILTER}}</option><option value="enabled"{{#STATE_ENABLED}} selected{{/STATE_ENABLED}}>Enabled</option><option value="disabled"{{#STATE_DISABLED}} selected{{/STATE_DISABLED}}>Disabled</option>{{#OWNER_FILTER}}<option value="left"{{#STATE_LEFT}} selected{{/STATE_LEFT}}>Owner left</option><option value="withdrawn"{{#STATE_WITHDRAWN}} selected{{/STATE_WITHDRAWN}}>Withdrawn</option>{{/OWNER_FILTER}}</select>
<select class="form-select" id="use" name="use" aria-label="Use"><option value="">Used or not</option><option value="used"{{#USE_SOME}} selected{{/USE_SOME}}>Used</option><option value="unused"{{#USE_NONE}} selected{{/USE_NONE}}>Unused</option></select>
<label class="since" for="since"><span>Not used since</span><input class="form-control" type="date" id="since" name="since" value="{{SINCE}}" min="1970-01-02"></label>
<select class="form-select" id="sort" name="sort" aria-label="Order"><option value="">By name</option><option value="type"{{#SORT_TYPE}} selected{{/SORT_TYPE}}>By type</option><option value="changed"{{#SORT_CHANGED}} selected{{/SORT_CHANGED}}>Last changed first</option></select>
<button class="btn" type="submit">Search</button>
</form>
<div id="list">
{{#NO_MATCH}}
<div class="empty">
<div class="empty-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#search"/></svg></div>
{{#NO_MATCH_AT_ALL}}
<p class="empty-title" role="status">No integration matches{{#BY_SEARCH}} “<bdi>{{BY_SEARCH}}</bdi>”{{/BY_SEARCH}}</p>
<p class="empty-subtitle text-secondary">None of the {{TOTAL}} that you see has what was asked for: a part of its name or URL, its type, {{#OWNER_FILTER}}its owner, {{/OWNER_FILTER}}its state, whether workflow files name it.</p>
{{/NO_MATCH_AT_ALL}}
{{#NO_MORE}}
<p class="empty-title" role="status">There is nothing behind this place of the list any more</p>
{{/NO_MORE}}
<div class="empty-action"><a class="btn" href="{{LIST_HREF}}">Show all integrations</a></div>
</div>
{{/NO_MATCH}}
{{#ROWS}}
<div class="table-responsive">
<table class="table table-vcenter card-table integrations">
<thead><tr><th class="w-1"><span class="visually-hidden">Icon</span></th><th>Name</th><th>URL</th><th>Owner</th><th>Projects</th><th>Used in</th><th>Connection</th><th class="w-1"><span class="visually-hidden">Edit</span></th></tr></thead>
<tbody>
{{#ROW}}
<tr><td class="i-{{ICON}}"><td><a href="integrations/{{ID}}">{{NAME}}</a>{{#IS_DISABLED}} <span class="badge bg-red-lt">Disabled</span>{{/IS_DISABLED}}<div>{{TYPE}}{{#CHANGED}}, changed {{CHANGED}}{{/CHANGED}}</div><td>{{URL}}<td>{{#ORG}}<span class="org">Org</span>{{/ORG}}{{#PERSONAL}}<span class="org personal"><span class="visually-hidden">Personal: </span><bdi>{{#OWNER_ID}}<a href="people/{{OWNER_ID}}/bindings">{{OWNER}}</a>{{/OWNER_ID}}{{#OWNER_STAYS}}{{OWNER}}{{/OWNER_STAYS}}</bdi></span>{{/PERSONAL}}<td>{{PROJECTS}}<td>{{#USES_LINK}}<a aria-label="{{NAME}}: {{USES}}" href="integrations/{{ID}}/uses">{{USES}}</a>{{/USES_LINK}}{{#USES_TEXT}}{{USES}}{{/USES_TEXT}}<td>{{#NOT_CHECKED}}<span class="status">Not checked</span>{{/NOT_CHECKED}}{{#FLAGGED}}<span class="status {{#FLAG_WARN}}status-yellow{{/FLAG_WARN}}{{#FLAG_BAD}}status-red{{/FLAG_BAD}}">{{FLAG}}</span>{{#MAY_REBIND}} <a class="rebind" href="integrations/{{ID}}/rebind">Rebind<span class="visually-hidden"> {{NAME}}</span>…</a>{{/MAY_REBIND}}{{/FLAGGED}}<td>{{#MAY_EDIT}}<a aria-label="Edit {{NAME}}" href="integrations/{{ID}}/edit"></a>{{/MAY_EDIT}}</tr>
{{/ROW}}
</tbody>
</table>
</div>
{{/ROWS}}
{{#OWN_ROWS}}
<div class="table-responsive">
<table class="table table-vcenter card-table integrations own">
<thead><tr><th class="w-1"><span class="visually-hidden">Icon</span></th><th>Name</th><th>URL</th><th>Used in</th><th>Changed</th><th>State</th><th class="w-1"><span class="visually-hidden">Edit</span></th></tr></thead>
<tbody>
{{#OWN_ROW}}
<tr><td class="i-{{ICON}}"><td><a href="integrations/{{ID}}">{{NAME}}</a><div>{{TYPE}}</div><td>{{URL}}<td>{{#USED}}<span>{{USED}}</span>{{/USED}}{{#NOT_USED}}<a href="integrations/{{ID}}/scope">Not used yet<span class="visually-hidden">: choose where {{NAME}} may be used</span></a>{{/NOT_USED}}<td><span title="{{CHANGED_AT}}">{{CHANGED}}</span><td>{{#IS_DISABLED}}<span class="badge bg-red-lt">Disabled</span>{{/IS_DISABLED}}{{#IS_ENABLED}}Enabled{{/IS_ENABLED}}<td><a aria-label="Edit {{NAME}}" href="integrations/{{ID}}/edit"></a></tr>
{{/OWN_ROW}}
</tbody>
</table>
</div>
{{/OWN_ROWS}}
{{#FOOT}}
<div class="card-footer d-flex align-items-center flex-wrap gap-2">
<p class="m-0 text-secondary" role="status">{{#ALL}}{{SHOWN}} of {{TOTAL}} integration{{#PLURAL}}s{{/PLURAL}}{{/ALL}}{{#SOME}}{{SHOWN}} of {{MATCHES}} that match, of {{TOTAL}} integration{{#PLURAL}}s{{/PLURAL}} in all{{/SOME}}</p>
{{#PAGES}}
<nav class="ms-auto btn-list" aria-label="Pages of the list">
{{#FIRST_PAGE}}<a class="btn" href="?{{#BY_SEARCH}}q={{BY_SEARCH:u}}&amp;{{/BY_SEARCH}}{{#BY_TYPE}}type={{BY_TYPE:u}}&amp;{{/BY_TYPE}}{{#BY_OWNER}}owner={{BY_OWNER:u}}&amp;{{/BY_OWNER}}{{#BY_STATE}}state={{BY_STATE:u}}&amp;{{/BY_STATE}}{{#BY_USE}}use={{BY_USE:u}}&amp;{{/BY_USE}}{{#BY_SINCE}}since={{BY_SINCE:u}}&amp;{{/BY_SINCE}}{{#BY_SORT}}sort={{BY_SORT:u}}{{/BY_SORT}}">First page</a>{{/FIRST_PAGE}}
{{#BEFORE}}<a class="btn" rel="prev" href="?{{#BY_SEARCH}}q={{BY_SEARCH:u}}&amp;{{/BY_SEARCH}}{{#BY_TYPE}}type={{BY_TYPE:u}}&amp;{{/BY_TYPE}}{{#BY_OWNER}}owner={{BY_OWNER:u}}&amp;{{/BY_OWNER}}{{#BY_STATE}}state={{BY_STATE:u}}&amp;{{/BY_STATE}}{{#BY_USE}}use={{BY_USE:u}}&amp;{{/BY_USE}}{{#BY_SINCE}}since={{BY_SINCE:u}}&amp;{{/BY_SINCE}}{{#BY_SORT}}sort={{BY_SORT:u}}&amp;{{/BY_SORT}}before={{BEFORE:u}}">Previous</a>{{/BEFORE}}
{{#AFTER}}<a class="btn" rel="next" href="?{{#BY_SEARCH}}q={{BY_SEARCH:u}}&amp;{{/BY_SEARCH}}{{#BY_TYPE}}type={{BY_TYPE:u}}&amp;{{/BY_TYPE}}{{#BY_OWNER}}owner={{BY_OWNER:u}}&amp;{{/BY_OWNER}}{{#BY_STATE}}state={{BY_STATE:u}}&amp;{{/BY_STATE}}{{#BY_USE}}use={{BY_USE:u}}&amp;{{/BY_USE}}{{#BY_SINCE}}since={{BY_SINCE:u}}&amp;{{/BY_SINCE}}{{#BY_SORT}}sort={{BY_SORT:u}}&amp;{{/BY_SORT}}after={{AFTER:u}}">Next</a>{{/AFTER}}
</nav>
{{/PAGES}}
</div>
{{/FOOT}}
</div>
</div>
{{/TABLE}}
