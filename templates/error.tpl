{{%AUTOESCAPE context="HTML"}}
<div class="empty">
<p class="empty-header">{{STATUS}}</p>
<h1 class="empty-title">{{HEADING}}</h1>
<p class="empty-subtitle text-secondary">{{WHAT}}</p>
<div class="empty-action"><a class="btn btn-primary" href="/"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#home"/></svg> Home</a></div>
{{#REQUEST}}
<p class="text-secondary small mt-4">Request <code>{{REQUEST}}</code>. Name it when you ask for help.</p>
{{/REQUEST}}
</div>
