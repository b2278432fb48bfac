{{%AUTOESCAPE context="HTML"}}
<form class="card" method="post" action="/s/{{SLUG:u}}/projects/{{ID}}/delete">
<div class="card-body">
{{#BANNER}}
<div class="alert alert-danger" role="alert"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-circle"/></svg></div><div>{{BANNER}}</div></div>
{{/BANNER}}
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="was" value="{{WAS}}">
<input type="hidden" name="integrations" value="{{INTEGRATIONS}}">
<input type="hidden" name="collaborators" value="{{COLLABORATORS}}">
<p class="fw-bold">What happens</p>
<ul class="mb-0">
{{#INTEGRATIONS_GO}}<li>It comes off the list of {{INTEGRATIONS}} {{#ONE}}integration{{/ONE}}{{#SEVERAL}}integrations{{/SEVERAL}} limited to it:
<ul>
{{#INTEGRATION}}<li class="text-break">{{INTEGRATION_NAME}}{{#ALONE}}<span class="text-secondary">, only this project: afterwards no project may use it</span>{{/ALONE}}</li>
{{/INTEGRATION}}
{{#MORE}}<li>and {{MORE}} more</li>{{/MORE}}
</ul></li>{{/INTEGRATIONS_GO}}
{{#INTEGRATIONS_STAY}}<li>No integration is limited to it.</li>{{/INTEGRATIONS_STAY}}
{{#FILES_GO}}<li>Signet forgets its {{FILES_TEXT}} with {{REFERENCES_TEXT}}.</li>
{{>UNUSED}}{{/FILES_GO}}{{#NO_FILES}}<li>It has sent no workflow file, so nothing is in use by it.</li>{{/NO_FILES}}
<li>Its sync tokens end.</li>
<li>No integration is deleted. Those for all projects stay so; a list that is left empty means no project, until an editor names another.</li>
{{#PEOPLE_GO}}<li>{{COLLABORATORS}} {{#ONE_PERSON}}collaborator is{{/ONE_PERSON}}{{#PEOPLE}}collaborators are{{/PEOPLE}} taken off it. Whoever is on no other project then sees no integration.</li>{{/PEOPLE_GO}}
{{#PEOPLE_STAY}}<li>Nobody is named on it.</li>{{/PEOPLE_STAY}}
<li>This cannot be undone.</li>
</ul>
</div>
<div class="card-footer d-flex gap-2 justify-content-end"><a class="btn" href="/s/{{SLUG:u}}/projects/{{ID}}">Cancel</a><button class="btn btn-danger" type="submit">Delete project</button></div>
</form>
