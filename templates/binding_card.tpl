{{%AUTOESCAPE context="HTML"}}
<section class="card mb-3" aria-labelledby="binding-title"><div class="card-header"><h2 class="card-title text-break shrinks" id="binding-title"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#user"/></svg> Personal integration of <bdi>{{OWNER}}</bdi></h2></div>
<div class="card-body">
<p>{{>STATE}}</p>
<p class="mb-0 text-secondary">Bound <span title="{{BOUND_AT}}">{{BOUND_AGO}}</span> by <bdi>{{BOUND_BY}}</bdi>. Its values are the owner's: nobody else sees or changes them.</p>
{{#UNDO}}<p class="mb-0 mt-2">The last rebind can be undone until {{UNDO_UNTIL}}: back to <bdi>{{UNDO_OWNER}}</bdi>.</p>{{/UNDO}}
</div>
{{#REBIND_HREF}}<div class="card-footer text-end"><a class="btn" href="{{REBIND_HREF}}"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#arrows-exchange"/></svg> {{#UNDO}}Rebind or undo…{{/UNDO}}{{#NO_UNDO}}Rebind…{{/NO_UNDO}}</a></div>{{/REBIND_HREF}}
</section>
