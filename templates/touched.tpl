{{%AUTOESCAPE context="HTML"}}
{{#BOUND_GO}}<li>{{#ONE}}This integration takes its{{/ONE}}{{#SEVERAL}}These {{COUNT}} integrations take their{{/SEVERAL}} values from personal ones of {{#YOURS}}yours{{/YOURS}}{{#THEIRS}}theirs{{/THEIRS}}, and {{#ONE}}stays{{/ONE}}{{#SEVERAL}}stay{{/SEVERAL}}, flagged “owner left”:
<ul>
{{#TOUCHED_ROW}}<li class="text-break"><bdi>{{TOUCHED_NAME}}</bdi> <span class="text-secondary">{{TOUCHED_TYPE}}{{#TOUCHED_STATE}}, {{TOUCHED_STATE}} already{{/TOUCHED_STATE}}</span></li>
{{/TOUCHED_ROW}}
</ul>
{{#GRACE_DAYS}}Runners still get the values for {{GRACE_DAYS}}, until {{GRACE_END}}, and none from then on.{{/GRACE_DAYS}}{{#NO_GRACE}}Runners get none of the values from that moment on: {{SUB_NAME}} gives no days of grace.{{/NO_GRACE}} {{#THEIRS}}An admin can <a class="text-decoration-underline" href="/s/{{SLUG:u}}/people/{{ACCOUNT_ID}}/bindings">rebind them</a> to somebody else's, now or later; no workflow file changes.{{/THEIRS}}{{#YOURS}}An admin can rebind them to somebody else's. You can withdraw your consent at any time, also later, under <a class="text-decoration-underline" href="/integrations">My integrations</a>: then runners get no value at once.{{/YOURS}}</li>
<li>{{#THEIRS}}If they get{{/THEIRS}}{{#YOURS}}If you get{{/YOURS}} a role here again, the flag goes, and runners get the values as before.</li>{{/BOUND_GO}}
{{#BOUND_NONE}}<li>No integration here takes its values from a personal one of {{#YOURS}}yours{{/YOURS}}{{#THEIRS}}theirs{{/THEIRS}}.</li>{{/BOUND_NONE}}
