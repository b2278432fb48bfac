{{%AUTOESCAPE context="HTML"}}
<form class="card-body" method="post" action="/s/{{SLUG:u}}/projects/{{ID}}/workflow">
<h3 class="card-title">A paste</h3>
<input type="hidden" name="csrf" value="{{CSRF}}">
<label class="form-label required" for="path">Path</label>
<input class="form-control{{#PATH_ERROR}} is-invalid{{/PATH_ERROR}}" id="path" name="path" value="{{PATH_TYPED}}" placeholder="shippable.yml" autocomplete="off" autocapitalize="none" spellcheck="false"{{#PATH_ERROR}} aria-invalid="true"{{/PATH_ERROR}} aria-describedby="path-hint{{#PATH_ERROR}} path-error{{/PATH_ERROR}}">
{{#PATH_ERROR}}<div class="invalid-feedback" id="path-error">{{PATH_ERROR}}</div>{{/PATH_ERROR}}
<small class="form-hint mb-3" id="path-hint">As the repository has it, from its top.</small>
<label class="form-label required" for="text">File</label>
<textarea class="form-control font-monospace{{#TEXT_ERROR}} is-invalid{{/TEXT_ERROR}}" id="text" name="text" rows="8" spellcheck="false" autocapitalize="none"{{#TEXT_ERROR}} aria-invalid="true" aria-describedby="text-error"{{/TEXT_ERROR}}>
{{TEXT:pre_escape}}</textarea>
{{#TEXT_ERROR}}<div class="invalid-feedback" id="text-error">{{TEXT_ERROR}}</div>{{/TEXT_ERROR}}
<div class="btn-list mt-3"><button class="btn btn-primary" type="submit">Send paste</button><button class="btn" type="submit" name="check" value="1">Check without storing</button></div>
</form>
