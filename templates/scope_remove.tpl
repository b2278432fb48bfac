{{%AUTOESCAPE context="HTML"}}
{{#BANNER}}
<div class="alert alert-danger" role="alert"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-circle"/></svg></div><div>{{BANNER}}</div></div>
{{/BANNER}}
{{#OWN_IN_USE}}
<section class="card border-red">
<div class="card-body"><p class="mb-2">Workflow files of {{PLACE_NAME}} name what is bound to <bdi class="fw-bold">{{NAME}}</bdi> there, so {{PLACE_NAME}} cannot be taken out of its scope. Take the names out of these places and sync the files; then it can.</p><p class="mb-0">To stop its use at once, <a class="text-decoration-underline" href="/integrations/{{ID}}/scope/{{PLACE_ID}}">withdraw</a> instead: runners get no value any more, and an admin can bind the names to another integration.</p></div>
{{>NAMED}}
</section>
{{/OWN_IN_USE}}
{{#MAY_REMOVE}}
<form class="card" method="post" action="/integrations/{{ID}}/scope/{{PLACE_ID}}/remove">
<div class="card-body">
<input type="hidden" name="csrf" value="{{CSRF}}">
<p class="fw-bold">What happens</p>
<ul class="mb-0">
{{#GOES}}<li>{{#ONE}}This bound integration of {{PLACE_NAME}} is deleted{{/ONE}}{{#SEVERAL}}These {{COUNT}} bound integrations of {{PLACE_NAME}} are deleted{{/SEVERAL}}, and workflows that name {{#ONE}}it{{/ONE}}{{#SEVERAL}}them{{/SEVERAL}} fail from then on:
<ul>
{{#HANDLE}}<li class="text-break"><input type="hidden" name="handle" value="{{HANDLE_ID}}"><bdi class="fw-bold">{{HANDLE_NAME}}</bdi></li>
{{/HANDLE}}
</ul></li>
<li>If workflows there shall go on, withdraw instead: then an admin can bind {{#ONE}}the name{{/ONE}}{{#SEVERAL}}the names{{/SEVERAL}} to another integration.</li>{{/GOES}}
{{#STAYS}}<li>No bound integration is deleted{{#LEFT}}: you left {{PLACE_NAME}}, so what is there stays for its admins to rebind{{/LEFT}}.</li>{{/STAYS}}
{{#ENDS}}<li>Runners of {{PLACE_NAME}} get no value of it any more.</li>{{/ENDS}}
<li>Your integration <bdi class="fw-bold">{{NAME}}</bdi> stays, with its values, and so does what else uses it.</li>
</ul>
</div>
<div class="card-footer d-flex flex-wrap gap-2 justify-content-end"><a class="btn" href="/integrations/{{ID}}/scope/{{PLACE_ID}}">Cancel</a><button class="btn btn-danger" type="submit">Take {{PLACE_NAME}} out</button></div>
</form>
{{/MAY_REMOVE}}
