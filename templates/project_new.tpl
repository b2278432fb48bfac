{{%AUTOESCAPE context="HTML"}}
<form class="card" method="post" action="/s/{{SLUG:u}}/projects/new" novalidate>
<div class="card-body">
<input type="hidden" name="csrf" value="{{CSRF}}">
{{#BANNER}}
<div class="alert alert-danger" role="alert"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-circle"/></svg></div><div>{{BANNER}}</div></div>
{{/BANNER}}
<label class="form-label required" for="name">Name</label>
<input class="form-control{{#NAME_ERROR}} is-invalid{{/NAME_ERROR}}" id="name" name="name" value="{{NAME_TYPED}}" autocomplete="off" autocapitalize="none" spellcheck="false" aria-required="true"{{#NAME_ERROR}} aria-invalid="true"{{/NAME_ERROR}} aria-describedby="name-hint{{#NAME_ERROR}} name-error{{/NAME_ERROR}}" autofocus>
{{#NAME_ERROR}}<div class="invalid-feedback" id="name-error">{{NAME_ERROR}}</div>{{/NAME_ERROR}}
<small class="form-hint" id="name-hint">A project is one source repository; name it as it is called there.</small>
{{>PLACE_FIELDS}}
</div>
<div class="card-footer d-flex gap-2 justify-content-end"><a class="btn" href="/s/{{SLUG:u}}/projects">Cancel</a><button class="btn btn-primary" type="submit">Add project</button></div>
</form>
