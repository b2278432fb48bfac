{{%AUTOESCAPE context="HTML"}}
<p class="text-secondary">Choose what to connect.</p>
{{#FAMILY}}
<section aria-labelledby="family-{{FAMILY_NUMBER}}">
<h2 class="subheader mt-3 mb-2" id="family-{{FAMILY_NUMBER}}">{{FAMILY_NAME}}</h2>
<div class="row row-cards">
{{#TYPE_CARD}}
<div class="col-md-6 col-xl-4"><a class="card card-link h-100" href="?type={{TYPE_NAME:u}}"><div class="card-body d-flex gap-3"><span class="avatar avatar-sm bg-transparent border flex-shrink-0"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#{{TYPE_ICON:u}}"/></svg></span><span><span class="fw-bold">{{TYPE_LABEL}}</span><span class="d-block text-secondary">{{TYPE_HELP}}</span></span></div></a></div>
{{/TYPE_CARD}}
</div>
</section>
{{/FAMILY}}
