{{%AUTOESCAPE context="HTML"}}
{{>TABS}}
{{#BACK}}<p class="text-secondary">Once it is saved, you go on where you came from.</p>{{/BACK}}
<form method="get" role="search" class="type-search mb-3">
{{#BACK}}<input type="hidden" name="back" value="{{BACK}}">{{/BACK}}
<label class="form-label" for="q">What do you want to connect?</label>
<div class="d-flex gap-2"><input class="form-control" type="search" id="q" name="q" value="{{Q}}" maxlength="100" placeholder="Jenkins, registry, SSH …" autocomplete="off" autocapitalize="none" spellcheck="false" autofocus aria-describedby="types-said"><button class="btn" type="submit"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#search"/></svg> Search</button></div>
</form>
<p class="text-secondary" id="types-said" role="status">{{#ONE_TYPE}}One type{{/ONE_TYPE}}{{#MANY_TYPES}}{{SHOWN}} types{{/MANY_TYPES}}{{#NO_TYPE}}No type{{/NO_TYPE}}{{#SEARCHED}} for “{{Q}}”. <a href="?{{#BACK}}back={{BACK:u}}{{/BACK}}">Show all</a>{{/SEARCHED}}</p>
{{#FAMILY}}
<section class="type-family" aria-labelledby="family-{{FAMILY_NUMBER}}">
<h2 class="subheader mt-3 mb-2" id="family-{{FAMILY_NUMBER}}">{{FAMILY_NAME}}</h2>
<div class="row row-cards">
{{#TYPE_CARD}}
<div class="col-md-6 col-xl-4" data-type=" {{TYPE_NAME}} {{FAMILY_NAME}}"><a class="card card-link h-100" href="?type={{TYPE_NAME:u}}{{#BACK}}&amp;back={{BACK:u}}{{/BACK}}"><div class="card-body d-flex gap-3"><span class="avatar avatar-sm bg-transparent border flex-shrink-0"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#{{TYPE_ICON:u}}"/></svg></span><span><span class="fw-bold">{{TYPE_LABEL}}</span><span class="d-block text-secondary">{{TYPE_HELP}}</span></span></div></a></div>
{{/TYPE_CARD}}
</div>
</section>
{{/FAMILY}}
<div class="card" id="no-type"{{#SOME_TYPE}} hidden{{/SOME_TYPE}}><div class="empty">
<div class="empty-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#search-off"/></svg></div>
<p class="empty-title">No type fits</p>
<p class="empty-subtitle text-secondary">Try another word, such as what the service does. For a service that has no type here, Key-Value pairs hold settings and secrets of any kind.</p>
<div class="empty-action"><a class="btn" href="?q=Key-Value{{#BACK}}&amp;back={{BACK:u}}{{/BACK}}">Key-Value pairs</a></div>
</div></div>
