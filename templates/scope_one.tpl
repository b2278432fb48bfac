{{%AUTOESCAPE context="HTML"}}
<div class="row row-cards">
<div class="col-lg-8">
{{#BANNER}}
<div class="alert alert-danger" role="alert"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-circle"/></svg></div><div>{{BANNER}}</div></div>
{{/BANNER}}
<div class="card mb-3"><div class="card-body"><dl class="facts">
<dt>Your integration</dt><dd><a href="/integrations/{{ID}}"><bdi>{{NAME}}</bdi></a></dd>
<dt>Subscription</dt><dd><bdi>{{PLACE_NAME}}</bdi> <span class="text-secondary">{{#ROLE}}you are {{ROLE_ARTICLE}} {{ROLE}}{{/ROLE}}{{#LEFT}}you left{{#LEFT_AT}} on {{LEFT_AT}}{{/LEFT_AT}}{{/LEFT}}{{#PLACE_DISABLED}}, disabled by a site admin{{/PLACE_DISABLED}}</span></dd>
<dt>State</dt><dd>{{>STATE}}</dd>
{{#PROJECTS}}<dt>Projects</dt><dd>{{PROJECTS}}</dd>{{/PROJECTS}}
{{#HANDLES}}<dt>Known there as</dt><dd>{{#HANDLE}}{{#HANDLE_NEXT}}, {{/HANDLE_NEXT}}{{#HANDLE_OPENS}}<a href="/s/{{PLACE_SLUG:u}}/integrations/{{HANDLE_ID}}"><bdi>{{HANDLE_NAME}}</bdi></a>{{/HANDLE_OPENS}}{{#HANDLE_SHUT}}<bdi>{{HANDLE_NAME}}</bdi>{{/HANDLE_SHUT}}{{/HANDLE}}</dd>{{/HANDLES}}
</dl></div></div>
{{#GRANT}}
<form class="card mb-3" method="post" action="/integrations/{{ID}}/scope/{{PLACE_ID}}" novalidate>
<div class="card-header"><h2 class="card-title">{{#IS_LIVE}}Change the projects{{/IS_LIVE}}{{#IS_NONE}}Let {{PLACE_NAME}} use it{{/IS_NONE}}{{#IS_RELEASED}}Let {{PLACE_NAME}} use it again{{/IS_RELEASED}}{{#IS_WITHDRAWN}}Allow it again{{/IS_WITHDRAWN}}</h2></div>
<div class="card-body">
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="was" value="{{WAS}}">
<button class="visually-hidden" type="submit" tabindex="-1" aria-hidden="true">Save</button>
{{#IS_WITHDRAWN}}<p>{{#ONE}}The bound integration{{/ONE}}{{#SEVERAL}}All {{COUNT}} bound integrations{{/SEVERAL}} there will work again.</p>{{/IS_WITHDRAWN}}
{{>AS}}
{{>CONSENT}}
{{#HIDDEN}}<p class="text-secondary small mt-2 mb-0">It is also allowed for {{HIDDEN}} that you don't see any more. Saving takes that back.</p>{{/HIDDEN}}
</div>
<div class="card-footer d-flex flex-wrap gap-2 justify-content-end"><a class="btn btn-link" href="/integrations/{{ID}}/scope">Cancel</a><button class="btn btn-primary" type="submit">{{#IS_LIVE}}Save{{/IS_LIVE}}{{#IS_NONE}}Allow it{{/IS_NONE}}{{#IS_RELEASED}}Allow it{{/IS_RELEASED}}{{#IS_WITHDRAWN}}Allow it again{{/IS_WITHDRAWN}}</button></div>
</form>
{{/GRANT}}
{{#ANOTHER}}
<details class="card mb-3"{{#ANOTHER_OPEN}} open{{/ANOTHER_OPEN}}><summary class="card-header"><h2 class="card-title"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#plus"/></svg> Another name for it…</h2></summary>
<form class="card-body" method="post" action="/integrations/{{ID}}/scope/{{PLACE_ID}}" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="was" value="{{WAS}}">
<button class="visually-hidden" type="submit" tabindex="-1" aria-hidden="true">Add</button>
<p class="text-secondary">A second bound integration, for workflow files that use another name. The projects stay as they are.</p>
{{>AS}}
<button class="btn btn-primary" type="submit">Add</button>
</form></details>
{{/ANOTHER}}
{{#WITHDRAW}}
<section class="card border-red mb-3" aria-labelledby="withdraw-title">
<div class="card-header"><h2 class="card-title text-red" id="withdraw-title"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#ban"/></svg> Withdraw</h2></div>
<form class="card-body" method="post" action="/integrations/{{ID}}/scope/{{PLACE_ID}}/withdraw">
<input type="hidden" name="csrf" value="{{CSRF}}">
{{#IS_LIVE}}<p>Values are refused to runners at once. {{#ONE}}The bound integration stays{{/ONE}}{{#SEVERAL}}The {{COUNT}} bound integrations stay{{/SEVERAL}}, flagged, for an admin of {{PLACE_NAME}} to rebind. {{#HERE}}You can allow it again at any time.{{/HERE}}{{#GONE}}Having left, you cannot allow it again.{{/GONE}}</p>{{/IS_LIVE}}
{{#IS_RELEASED}}<p>Then not even an undo can bring it back.</p>{{/IS_RELEASED}}
<button class="btn btn-danger" type="submit">Withdraw</button>
</form>
</section>
{{/WITHDRAW}}
{{#REMOVE}}
<div class="card mb-3"><div class="card-header"><h2 class="card-title">Take out of the scope</h2></div><div class="card-body">
<p class="text-secondary">Deletes the bound {{#ONE}}integration{{/ONE}}{{#SEVERAL}}integrations{{/SEVERAL}} in {{PLACE_NAME}}; yours stays. The next page says which, before it happens.</p>
<a class="btn btn-outline-danger" href="/integrations/{{ID}}/scope/{{PLACE_ID}}/remove">Take out…</a>
</div></div>
{{/REMOVE}}
</div>
<div class="col-lg-4">{{>MEANS}}</div>
</div>
