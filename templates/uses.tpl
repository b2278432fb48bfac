{{%AUTOESCAPE context="HTML"}}
{{#NONE}}<div class="card-body"><p class="text-secondary mb-0">No workflow file that was sent names it.</p></div>{{/NONE}}
{{#PLACES}}
<ul class="list-group list-group-flush">
{{#PLACE}}
<li class="list-group-item reference">
<div class="reference-name"><a class="fw-bold text-reset" href="/s/{{SLUG:u}}/projects/{{PROJECT_ID}}"><bdi>{{PROJECT_NAME}}</bdi></a>{{#IS_DENIED}} <span class="badge bg-red-lt">denied</span>{{/IS_DENIED}}{{#IS_STALE}} <span class="badge bg-yellow-lt">stale</span>{{/IS_STALE}}</div>
<div class="reference-place">{{#LINK}}<a class="text-break text-decoration-underline" href="{{LINK}}"><bdi>{{PATH}}</bdi>:{{LINE}}</a>{{/LINK}}{{#NO_LINK}}<span class="text-break"><bdi>{{PATH}}</bdi>:{{LINE}}</span>{{/NO_LINK}}<div class="text-secondary small text-break">{{KIND}}{{#CONSUMER}} <bdi>{{CONSUMER}}</bdi>{{/CONSUMER}}, <code>{{KEY}}</code></div></div>
</li>
{{/PLACE}}
</ul>
{{/PLACES}}
{{#NOTES}}
<div class="card-body">
{{#MORE}}<p class="mb-0"><a href="/s/{{SLUG:u}}/integrations/{{ID}}/uses">All {{MORE}} places</a></p>{{/MORE}}
{{#HIDDEN}}<p class="text-secondary mb-0">{{HIDDEN}} in projects that you don't see</p>{{/HIDDEN}}
{{#DYNAMIC}}<p class="text-secondary mb-0">{{DYNAMIC}} in this subscription {{#ONE}}names{{/ONE}}{{#SEVERAL}}name{{/SEVERAL}} an integration by a variable, which may be this one at run time</p>{{/DYNAMIC}}
</div>
{{/NOTES}}
