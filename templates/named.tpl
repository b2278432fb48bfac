{{%AUTOESCAPE context="HTML"}}
{{#NAMED_HANDLE}}
<div class="card-body border-top py-2"><h3 class="h4 mb-0 text-break"><svg class="icon icon-sm" aria-hidden="true"><use href="/static/vendor/icons.svg#building"/></svg> <bdi>{{PLACE_NAME}}</bdi>: <bdi>{{HANDLE_NAME}}</bdi></h3></div>
{{>USES}}
{{/NAMED_HANDLE}}
