{{%AUTOESCAPE context="HTML"}}
<form class="card" method="post" action="/s/{{SLUG:u}}/leave">
<div class="card-body">
{{#BANNER}}
<div class="alert alert-danger" role="alert"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-circle"/></svg></div><div>{{BANNER}}</div></div>
{{/BANNER}}
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="was" value="{{ROLE}}">
{{#LAST_ADMIN}}<p class="mb-0">You are the only admin who can act in {{SUB_NAME}}, so you cannot leave it: make somebody else an admin first (<a class="text-decoration-underline" href="/s/{{SLUG:u}}/people">People</a>).</p>{{/LAST_ADMIN}}
{{#MAY_LEAVE}}
<p class="fw-bold">What happens</p>
<ul class="mb-0">
<li>You lose the role <b>{{ROLE}}</b> and at once no longer see anything of {{SUB_NAME}}. Only one of its admins can give you a role again.</li>
{{>TOUCHED}}
<li>Integrations that you added for {{SUB_NAME}} stay there, with the sealed values. Your personal integrations stay yours.</li>
<li>Your account and your roles in other subscriptions stay.</li>
<li>The audit trail keeps what you did, and that you left.</li>
</ul>
{{/MAY_LEAVE}}
</div>
<div class="card-footer d-flex gap-2 justify-content-end"><a class="btn" href="/account">Cancel</a>{{#MAY_LEAVE}}<button class="btn btn-danger" type="submit">Leave {{SUB_NAME}}</button>{{/MAY_LEAVE}}</div>
</form>
