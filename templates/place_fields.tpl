{{%AUTOESCAPE context="HTML"}}
<div class="mt-3"><label class="form-label" for="url">Repository</label>
<input class="form-control{{#URL_ERROR}} is-invalid{{/URL_ERROR}}" id="url" name="url" value="{{URL_TYPED}}" placeholder="https://github.com/acme/web" inputmode="url" autocomplete="off" autocapitalize="none" spellcheck="false"{{#URL_ERROR}} aria-invalid="true"{{/URL_ERROR}} aria-describedby="url-hint{{#URL_ERROR}} url-error{{/URL_ERROR}}">
{{#URL_ERROR}}<div class="invalid-feedback" id="url-error">{{URL_ERROR}}</div>{{/URL_ERROR}}
<small class="form-hint" id="url-hint">Its address at your Git host, as a browser opens it. Then each place in a workflow file is a link to its line.</small></div>
<div class="mt-3"><label class="form-label" for="git_host">Git host</label>
<select class="form-select{{#HOST_ERROR}} is-invalid{{/HOST_ERROR}}" id="git_host" name="git_host"{{#HOST_ERROR}} aria-invalid="true" aria-describedby="git_host-error"{{/HOST_ERROR}}>{{#GIT_HOST}}<option value="{{GIT_HOST_WORD}}"{{#GIT_HOST_CHOSEN}} selected{{/GIT_HOST_CHOSEN}}>{{GIT_HOST_TEXT}}</option>{{/GIT_HOST}}</select>
{{#HOST_ERROR}}<div class="invalid-feedback" id="git_host-error">{{HOST_ERROR}}</div>{{/HOST_ERROR}}</div>
