{{%AUTOESCAPE context="HTML"}}
{{#NAMED_HANDLE}}
<div class="card-body border-top py-2"><p class="fw-bold mb-0 text-break"><svg class="icon icon-sm" aria-hidden="true"><use href="/static/vendor/icons.svg#building"/></svg> <bdi>{{PLACE_NAME}}</bdi>: <bdi>{{HANDLE_NAME}}</bdi></p></div>
<div>{{>USES}}</div>
{{/NAMED_HANDLE}}
