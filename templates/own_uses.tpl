{{%AUTOESCAPE context="HTML"}}
<section class="card mb-3" id="used" aria-labelledby="used-title">
<div class="card-header"><h2 class="card-title" id="used-title">Used in</h2><div class="card-actions"><a class="btn" href="{{SCOPE_HREF}}">Choose where</a></div></div>
{{#NOT_USED}}<div class="card-body">Not used yet. Choose the subscriptions that may use it: each gets a bound integration, a name that its workflow files can use.</div>{{/NOT_USED}}
{{#PLACE}}
<div class="card-body"><h3 class="h4"><svg class="icon icon-sm" aria-hidden="true"><use href="/static/vendor/icons.svg#building"/></svg> {{#PLACE_OPEN}}<a href="/s/{{PLACE_SLUG:u}}/integrations">{{PLACE_NAME}}</a>{{/PLACE_OPEN}}{{#PLACE_CLOSED}}{{PLACE_NAME}}{{/PLACE_CLOSED}}</h3>
<ul class="list-unstyled mb-0">
{{#HANDLE}}<li class="mb-1"><span class="fw-bold text-break">{{#HANDLE_OPEN}}<a href="/s/{{PLACE_SLUG:u}}/integrations/{{HANDLE_ID}}">{{HANDLE_NAME}}</a>{{/HANDLE_OPEN}}{{#HANDLE_CLOSED}}<bdi>{{HANDLE_NAME}}</bdi>{{/HANDLE_CLOSED}}</span>{{#HANDLE_STATE}} <span class="badge bg-yellow-lt">{{HANDLE_STATE}}</span>{{/HANDLE_STATE}}{{#HANDLE_DISABLED}} <span class="badge bg-red-lt">disabled there</span>{{/HANDLE_DISABLED}} <span class="text-secondary small">bound <span title="{{BOUND_AT}}">{{BOUND_AGO}}</span> by <bdi>{{BOUND_BY}}</bdi></span></li>
{{/HANDLE}}
</ul></div>
{{/PLACE}}
<div class="card-body text-secondary small">{{#MORE_USES}}There are more of them. {{/MORE_USES}}{{#IS_USED}}Workflow files name these bound integrations, never this one itself. {{/IS_USED}}Not handed out yet.</div>
</section>
