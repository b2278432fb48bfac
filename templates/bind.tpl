{{%AUTOESCAPE context="HTML"}}
{{>TABS}}
<div class="row row-cards">
<div class="col-lg-8">
<form class="card" method="post" action="/s/{{SLUG:u}}/integrations/new" novalidate>
<div class="card-body">
{{#BANNER}}
<div class="alert alert-danger" role="alert"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-circle"/></svg></div><div>{{BANNER}}</div></div>
{{/BANNER}}
<button class="visually-hidden" type="submit" tabindex="-1" aria-hidden="true">Add</button>
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="account_integration" value="{{CARD_ID}}">
<input type="hidden" name="was" value="{{WAS}}">
<div class="d-flex gap-3 mb-3"><span class="avatar avatar-sm bg-transparent border flex-shrink-0"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#{{CARD_ICON:u}}"/></svg></span><div class="text-break"><bdi class="fw-bold">{{CARD_NAME}}</bdi><div class="text-secondary">{{CARD_TYPE}} · yours · not checked yet{{#CARD_DISABLED}} · disabled{{/CARD_DISABLED}}</div><div class="text-secondary small">{{CARD_USES}}</div><div class="btn-list mt-2"><button class="btn btn-sm" type="submit" name="go" value="choose">Another one…</button><button class="btn btn-sm" type="submit" name="go" value="create"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#plus"/></svg> Create a new one…</button></div></div></div>
{{>AS}}
{{#KEPT_SCOPE}}<div class="form-label">Projects that may use it</div><p class="mb-1">{{PROJECTS}}</p><p class="text-secondary small mb-0">You allowed {{SUB_NAME}} this before, and it stays as it is. <a class="text-decoration-underline" href="/integrations/{{CARD_ID}}/scope/{{PLACE_ID}}">Change it</a></p>{{/KEPT_SCOPE}}
{{#ASKED_SCOPE}}{{>CONSENT}}{{#REVIVES}}<p class="mt-3 mb-0"><svg class="icon text-warning" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-triangle"/></svg> You withdrew it from {{SUB_NAME}}. This brings back what is still bound to it there: <bdi class="fw-bold">{{REVIVES}}</bdi></p>{{/REVIVES}}{{/ASKED_SCOPE}}
</div>
<div class="card-footer d-flex flex-wrap gap-2 justify-content-end"><a class="btn btn-link" href="/s/{{SLUG:u}}/integrations">Cancel</a><button class="btn btn-primary" type="submit">Add</button></div>
</form>
</div>
<div class="col-lg-4">{{>MEANS}}</div>
</div>
