{{%AUTOESCAPE context="HTML"}}
<fieldset{{#ROLE_ERROR}} aria-describedby="role-error"{{/ROLE_ERROR}}>
<legend class="form-label required">Role</legend>
{{#ROLE_OPTION}}
<label class="form-check"><input class="form-check-input" type="radio" name="role" value="{{ROLE_VALUE}}"{{#ROLE_CHECKED}} checked{{/ROLE_CHECKED}}{{#ROLE_FIXED}} disabled{{/ROLE_FIXED}}><span class="form-check-label">{{ROLE_LABEL}}<span class="d-block text-secondary small">{{ROLE_HELP}}</span></span></label>
{{/ROLE_OPTION}}
{{#ROLE_ERROR}}<div class="text-red" id="role-error">{{ROLE_ERROR}}</div>{{/ROLE_ERROR}}
</fieldset>
