{{%AUTOESCAPE context="HTML"}}
<form class="card" method="post" action="/s/{{SLUG:u}}/people/{{ID}}/remove">
<div class="card-body">
{{#BANNER}}
<div class="alert alert-danger" role="alert"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-circle"/></svg></div><div>{{BANNER}}</div></div>
{{/BANNER}}
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="was" value="{{ROLE}}">
{{#LAST_ADMIN}}<p class="mb-0">{{WHO}} the only admin who can act in {{SUB_NAME}} and cannot be removed: make somebody else an admin first.</p>{{/LAST_ADMIN}}
{{#MAY_CHANGE}}
<p class="fw-bold">What happens</p>
<ul class="mb-0">
<li>{{#IS_SELF}}You lose{{/IS_SELF}}{{#IS_SOMEBODY}}<bdi>{{NAME}}</bdi> loses{{/IS_SOMEBODY}} the role <b>{{ROLE}}</b> and at once no longer {{#IS_SELF}}see{{/IS_SELF}}{{#IS_SOMEBODY}}sees{{/IS_SOMEBODY}} anything of {{SUB_NAME}}.</li>
{{#PROJECTS_GO}}<li>The places on projects end: {{PROJECTS}}.</li>{{/PROJECTS_GO}}
{{>TOUCHED}}
<li>Integrations that they added for {{SUB_NAME}} or edited stay as they are, with the sealed values; who may edit them stays, too.</li>
<li>The account itself stays, and so do its roles in other subscriptions.</li>
<li>The audit trail keeps what they did, and that you removed them.</li>
</ul>
{{/MAY_CHANGE}}
</div>
<div class="card-footer d-flex gap-2 justify-content-end"><a class="btn" href="/s/{{SLUG:u}}/people/{{ID}}">Cancel</a>{{#MAY_CHANGE}}<button class="btn btn-danger" type="submit">Remove</button>{{/MAY_CHANGE}}</div>
</form>
