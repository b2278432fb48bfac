{{%AUTOESCAPE context="HTML"}}
<div class="row row-cards"><div class="col-lg-8">
<form class="card" method="post" action="/admin/subscriptions/new" novalidate>
<div class="card-body">
<input type="hidden" name="csrf" value="{{CSRF}}">
<div class="mb-3"><label class="form-label required" for="slug">Short name</label>
<input class="form-control{{#SLUG_ERROR}} is-invalid{{/SLUG_ERROR}}" id="slug" name="slug" value="{{SUB_SLUG}}" autocomplete="off" autocapitalize="none" spellcheck="false" aria-required="true"{{#SLUG_ERROR}} aria-invalid="true"{{/SLUG_ERROR}} aria-describedby="slug-hint{{#SLUG_ERROR}} slug-error{{/SLUG_ERROR}}">
{{#SLUG_ERROR}}<div class="invalid-feedback" id="slug-error">{{SLUG_ERROR}}</div>{{/SLUG_ERROR}}
<small class="form-hint" id="slug-hint">Small letters, digits and hyphens. It stands in addresses, such as /s/acme, and stays as it is.</small></div>
<div class="mb-3"><label class="form-label" for="name">Name</label>
<input class="form-control{{#NAME_ERROR}} is-invalid{{/NAME_ERROR}}" id="name" name="name" value="{{NAME}}" autocomplete="off"{{#NAME_ERROR}} aria-invalid="true"{{/NAME_ERROR}} aria-describedby="name-hint{{#NAME_ERROR}} name-error{{/NAME_ERROR}}">
{{#NAME_ERROR}}<div class="invalid-feedback" id="name-error">{{NAME_ERROR}}</div>{{/NAME_ERROR}}
<small class="form-hint" id="name-hint">What pages show. It can be changed. Left empty, it is the short name.</small></div>
<div><label class="form-label required" for="admin">First admin</label>
<input class="form-control{{#ADMIN_ERROR}} is-invalid{{/ADMIN_ERROR}}" id="admin" name="admin" value="{{ADMIN_LOGIN}}" autocomplete="off" autocapitalize="none" spellcheck="false" aria-required="true"{{#ADMIN_ERROR}} aria-invalid="true"{{/ADMIN_ERROR}} aria-describedby="admin-hint{{#ADMIN_ERROR}} admin-error{{/ADMIN_ERROR}}">
{{#ADMIN_ERROR}}<div class="invalid-feedback" id="admin-error">{{ADMIN_ERROR}}</div>{{/ADMIN_ERROR}}
<small class="form-hint" id="admin-hint">The login of the person who gives roles to the others. It can be your own.</small></div>
</div>
<div class="card-footer btn-list justify-content-end"><a class="btn btn-link" href="/admin/subscriptions">Cancel</a><button class="btn btn-primary" type="submit">Add subscription</button></div>
</form>
</div></div>
