{{%AUTOESCAPE context="HTML"}}
<div class="card"><div class="empty">
<div class="empty-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#{{ICON:u}}"/></svg></div>
<p class="empty-title"><bdi>{{NAME}}</bdi></p>
{{#PERSONAL}}<p class="empty-subtitle text-secondary">{{TYPE}}, a personal integration of <bdi>{{OWNER}}</bdi>{{#STATE}}: {{STATE}}{{/STATE}}. Workflows of your projects can use it by its name; its values are its owner's alone, and admins of the subscription say what it is called and which projects may use it.</p>{{/PERSONAL}}
{{#ORG}}<p class="empty-subtitle text-secondary">{{TYPE}}, an org integration. Workflows of your projects can use it by its name; its URLs and values are for those who may edit it: {{EDITORS}}.</p>{{/ORG}}
<div class="empty-action"><a class="btn" href="/s/{{SLUG:u}}/integrations">Back to the list</a></div>
</div></div>
