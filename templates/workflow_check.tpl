{{%AUTOESCAPE context="HTML"}}
{{#ALL_FINE}}
<div class="alert alert-success" role="status"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#circle-check"/></svg></div><div>All is fine: {{COUNT}} in {{FILES_TEXT}}. Nothing is stored.</div></div>
{{/ALL_FINE}}
{{#TO_MEND}}
<div class="alert alert-warning" role="status"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-circle"/></svg></div><div>{{#PROBLEMS}}{{PROBLEMS}} to look at. {{/PROBLEMS}}{{#STALE_FILES}}{{STALE_FILES}} not readable. {{/STALE_FILES}}Nothing is stored.</div></div>
{{/TO_MEND}}
{{#FAULTS}}
<section class="card mb-3" aria-labelledby="faults-title">
<div class="card-header"><h2 class="card-title" id="faults-title">Not readable</h2></div>
<ul class="list-group list-group-flush">
{{#FAULT}}
<li class="list-group-item"><span class="fw-bold text-break"><bdi>{{PATH}}</bdi></span><p class="text-red mb-0 text-break">{{#FAULT_LINE}}Line {{FAULT_LINE}}: {{/FAULT_LINE}}{{FAULT}}.</p></li>
{{/FAULT}}
</ul></section>
{{/FAULTS}}
{{#REFERENCES}}
<section class="card mb-3" aria-labelledby="references-title">
<div class="card-header"><h2 class="card-title" id="references-title">References to look at</h2></div>
<ul class="list-group list-group-flush">
{{#REFERENCE}}
{{>REFERENCE_ROW}}
{{/REFERENCE}}
</ul>
{{#MORE}}<div class="card-footer"><p class="m-0 text-secondary">and {{MORE}} more</p></div>{{/MORE}}
</section>
{{/REFERENCES}}
{{#PASTE}}
<section class="card mb-3" aria-label="What was checked">{{>PASTE_FORM}}</section>
{{/PASTE}}
{{#CHOSEN}}
<p class="text-secondary">A browser forgets chosen files: to send them, choose them again.</p>
<a class="btn" href="/s/{{SLUG:u}}/projects/{{ID}}">Back to&nbsp;<bdi>{{PROJECT_NAME}}</bdi></a>
{{/CHOSEN}}
