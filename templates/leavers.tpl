{{%AUTOESCAPE context="HTML"}}
{{#LEAVERS}}
<div class="alert alert-warning" role="status"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-triangle"/></svg></div><div><p class="mb-1 fw-bold">{{#ONE}}1 integration needs{{/ONE}}{{#SEVERAL}}{{COUNT}} integrations need{{/SEVERAL}} a rebind</p>
<p class="mb-1">Their owners left, or took back what their values may be used for.</p>
<ul class="mb-0">{{#LEAVER_ROW}}<li class="text-break"><a class="text-decoration-underline" href="/s/{{SLUG:u}}/people/{{LEAVER_ID}}/bindings"><bdi>{{LEAVER}}</bdi></a>: {{LEAVER_COUNT}}</li>
{{/LEAVER_ROW}}{{#MORE}}<li>and {{MORE}} more people</li>{{/MORE}}</ul></div></div>
{{/LEAVERS}}
