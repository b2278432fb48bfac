{{%AUTOESCAPE context="HTML"}}
<div class="row justify-content-center">
<div class="col-md-8 col-lg-6"><form class="card" method="post" action="/confirm">
<div class="card-body">
<p>{{#CONFIRM_CHANGE}}This changes who may do what. Type your password to go on; what you filled in is kept.{{/CONFIRM_CHANGE}}{{#CONFIRM_PLAIN}}Type your password, so that changes to accounts and rights go on without asking.{{/CONFIRM_PLAIN}} You are not asked again for ten minutes.</p>
<input type="hidden" name="csrf" value="{{CSRF}}">
{{#CONFIRM_TO}}<input type="hidden" name="confirm_to" value="{{CONFIRM_TO}}">{{/CONFIRM_TO}}
{{#CONFIRM_NEXT}}<input type="hidden" name="confirm_next" value="{{CONFIRM_NEXT}}">{{/CONFIRM_NEXT}}
{{#KEPT}}
<input type="hidden" name="{{KEPT_NAME}}" value="{{KEPT_VALUE}}">
{{/KEPT}}
{{#KEPT_LINES}}
<textarea name="{{KEPT_NAME}}" hidden>
{{KEPT_VALUE:pre_escape}}</textarea>
{{/KEPT_LINES}}
<div class="mb-3"><label class="form-label" for="confirm-login">Login</label>
<input class="form-control" id="confirm-login" value="{{CONFIRM_LOGIN}}" autocomplete="username" readonly></div>
<div><label class="form-label required" for="confirm-password">Password</label>
<input class="form-control{{#CONFIRM_ERROR}} is-invalid{{/CONFIRM_ERROR}}" id="confirm-password" name="confirm_password" type="password" autocomplete="current-password" required autofocus{{#CONFIRM_ERROR}} aria-invalid="true" aria-describedby="confirm-error"{{/CONFIRM_ERROR}}>
{{#CONFIRM_ERROR}}<div class="invalid-feedback" id="confirm-error">{{CONFIRM_ERROR}}</div>{{/CONFIRM_ERROR}}</div>
</div>
<div class="card-footer text-end"><button class="btn btn-primary" type="submit">Confirm</button></div>
</form></div>
</div>
