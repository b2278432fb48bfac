{{%AUTOESCAPE context="HTML"}}
<div class="mb-3"><label class="form-label required" for="name">Name in {{SUB_NAME}}</label>
<input class="form-control{{#NAME_ERROR}} is-invalid{{/NAME_ERROR}}" id="name" name="name" value="{{NAME_TYPED}}" autocomplete="off" spellcheck="false" aria-required="true"{{#NAME_ERROR}} aria-invalid="true"{{/NAME_ERROR}} aria-describedby="name-hint{{#NAME_ERROR}} name-error{{/NAME_ERROR}}">
{{#NAME_ERROR}}<div class="invalid-feedback" id="name-error">{{NAME_ERROR}}</div>{{/NAME_ERROR}}
<small class="form-hint" id="name-hint">Workflow files there name it exactly so, capitals and blanks included.</small>
{{#NAME_TAKEN}}<div class="btn-list mt-2"><button class="btn" type="submit" name="use_name" value="{{NAME_FREE}}">Use “<bdi>{{NAME_FREE}}</bdi>”</button>{{#NAME_HREF}}<a class="btn btn-link" href="{{NAME_HREF}}">See what has this name</a>{{/NAME_HREF}}</div>{{/NAME_TAKEN}}
</div>
