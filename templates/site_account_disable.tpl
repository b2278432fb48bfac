{{%AUTOESCAPE context="HTML"}}
<form class="card" method="post" action="/admin/accounts/{{ID}}/disable">
<div class="card-body">
<input type="hidden" name="csrf" value="{{CSRF}}">
{{#SELF}}<p class="mb-0">This is your own account. Another site admin can disable it.</p>{{/SELF}}
{{#IS_DISABLED}}<p class="mb-0">This account is disabled already.</p>{{/IS_DISABLED}}
{{#MAY_CHANGE}}
<p class="fw-bold">What happens</p>
<ul class="mb-0">
<li>The sessions and access tokens of <bdi class="fw-bold">{{LOGIN}}</bdi> end at once, and nobody can sign in with the account.</li>
<li>It counts as leaving every subscription, though its roles stay noted.</li>
{{#LAST_ADMIN}}<li><strong>In some subscription nobody could act afterwards.</strong> Have its admin make somebody else admin first, or appoint one yourself afterwards.</li>{{/LAST_ADMIN}}
{{#BOUND_GO}}<li>Integrations take their values from personal ones of this account:
<ul>
{{#BOUND}}<li class="text-break"><bdi>{{SUB_NAME}}</bdi>: {{COUNT}}</li>
{{/BOUND}}
</ul>
They stay, flagged “owner left”. Runners still get the values for as many days as the settings of each subscription say, and its admins can rebind them to somebody else’s; tell them.</li>{{/BOUND_GO}}
{{#BOUND_NONE}}<li>No integration of any subscription takes its values from a personal one of this account.</li>{{/BOUND_NONE}}
<li>Nothing is deleted. Once it is enabled again, it has its roles and its password as before and the flags go; its access tokens stay ended.</li>
</ul>
{{/MAY_CHANGE}}
</div>
<div class="card-footer d-flex gap-2 justify-content-end"><a class="btn" href="/admin/accounts/{{ID}}">Cancel</a>{{#MAY_CHANGE}}<button class="btn btn-danger" type="submit">Disable account</button>{{/MAY_CHANGE}}</div>
</form>
