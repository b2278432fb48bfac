{{%AUTOESCAPE context="HTML"}}
<div class="card">
{{>USES}}
{{#PAGES}}
<div class="card-footer d-flex align-items-center flex-wrap gap-2"><p class="m-0 text-secondary">{{FIRST}} to {{LAST}} of {{TOTAL}}</p>
<nav class="ms-auto btn-list" aria-label="Pages of the list">
{{#PREVIOUS_PAGE}}<a class="btn" rel="prev" href="?from={{PREVIOUS_PAGE}}">Previous</a>{{/PREVIOUS_PAGE}}
{{#NEXT_PAGE}}<a class="btn" rel="next" href="?from={{NEXT_PAGE}}">Next</a>{{/NEXT_PAGE}}
</nav></div>
{{/PAGES}}
</div>
