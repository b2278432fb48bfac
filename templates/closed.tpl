{{%AUTOESCAPE context="HTML"}}
<div class="card"><div class="empty">
<div class="empty-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#{{ICON:u}}"/></svg></div>
<p class="empty-title"><bdi>{{NAME}}</bdi></p>
<p class="empty-subtitle text-secondary">{{TYPE}}, an org integration. Workflows of your projects can use it by its name; its URLs and values are for those who may edit it: {{EDITORS}}.</p>
<div class="empty-action"><a class="btn" href="/s/{{SLUG:u}}/integrations">Back to the list</a></div>
</div></div>
