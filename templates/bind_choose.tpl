{{%AUTOESCAPE context="HTML"}}
{{>TABS}}
{{#BANNER}}
<div class="alert alert-danger" role="alert"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-circle"/></svg></div><div>{{BANNER}}</div></div>
{{/BANNER}}
{{#NOTHING}}
<div class="card"><div class="empty">
<div class="empty-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#user"/></svg></div>
<p class="empty-title">You have no account integration yet</p>
<p class="empty-subtitle text-secondary">One that is yours can be used in several subscriptions, and only you see its URLs and values. Make one; then you come back here.</p>
<div class="empty-action"><a class="btn btn-primary" href="/integrations/new?back={{TYPED:u}}"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#plus"/></svg> Create one</a></div>
</div></div>
{{/NOTHING}}
{{#CHOOSE}}
<form method="get" role="search" class="type-search mb-3">
<input type="hidden" name="tab" value="own"><input type="hidden" name="typed" value="{{TYPED}}">
<label class="form-label" for="q">Which of yours?</label>
<div class="d-flex gap-2"><input class="form-control" type="search" id="q" name="q" value="{{Q}}" maxlength="100" placeholder="Name or type" autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="types-said"><button class="btn" type="submit"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#search"/></svg> Search</button></div>
</form>
<p class="text-secondary" id="types-said" role="status" data-words="None|One account integration|account integrations">{{#ONE_CARD}}One account integration{{/ONE_CARD}}{{#MANY_CARDS}}{{SHOWN}} account integrations{{/MANY_CARDS}}{{#NO_CARD}}None{{/NO_CARD}}{{#SEARCHED}} for “{{Q}}”. <a href="?tab=own&amp;typed={{TYPED:u}}">Show all</a>{{/SEARCHED}}</p>
<div class="row row-cards type-family">
{{#CARD}}
<div class="col-md-6 col-xl-4" data-type=""><a class="card card-link h-100" href="?tab=own&amp;use={{CARD_ID}}&amp;typed={{TYPED:u}}"><div class="card-body d-flex gap-3"><span class="avatar avatar-sm bg-transparent border flex-shrink-0"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#{{CARD_ICON:u}}"/></svg></span><span class="text-break"><bdi class="fw-bold">{{CARD_NAME}}</bdi><span class="d-block text-secondary">{{CARD_TYPE}} · not checked yet{{#CARD_DISABLED}} · disabled{{/CARD_DISABLED}}</span><span class="d-block text-secondary small">{{CARD_USES}}</span></span></div></a></div>
{{/CARD}}
</div>
<p class="text-secondary" id="no-type"{{#SOME_CARD}} hidden{{/SOME_CARD}}>None of yours fits.</p>
<div class="row row-cards mt-1">
<div class="col-md-6 col-xl-4"><a class="card card-link h-100" href="/integrations/new?back={{TYPED:u}}"><div class="card-body d-flex gap-3"><span class="avatar avatar-sm bg-transparent border flex-shrink-0"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#plus"/></svg></span><span><span class="fw-bold">Create one</span><span class="d-block text-secondary">A new account integration; then you come back here.</span></span></div></a></div>
</div>
{{#MORE}}<p class="text-secondary mt-3">You have more than are shown here.</p>{{/MORE}}
{{/CHOOSE}}
