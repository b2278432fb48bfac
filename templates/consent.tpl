{{%AUTOESCAPE context="HTML"}}
<fieldset class="scope mt-3"{{#CONSENT_ERROR}} aria-describedby="{{CONSENT_ID}}-error"{{/CONSENT_ERROR}}>
<legend class="form-label">{{CONSENT_LEGEND}}</legend>
{{#CONSENT_ERROR}}<p class="text-red" id="{{CONSENT_ID}}-error">{{CONSENT_ERROR}}</p>{{/CONSENT_ERROR}}
{{#MAY_ALL}}<label class="form-check"><input class="form-check-input" type="radio" name="scope" value="all"{{#ALL_CHOSEN}} checked{{/ALL_CHOSEN}}><span class="form-check-label">All projects, also future ones</span></label>
{{/MAY_ALL}}<label class="form-check"><input class="form-check-input" type="radio" name="scope" value="some"{{#SOME_CHOSEN}} checked{{/SOME_CHOSEN}}><span class="form-check-label">Only these projects</span></label>
<div class="scope-list">
{{#PROJECT}}
<label class="form-check"><input class="form-check-input" type="checkbox" name="project" value="{{PROJECT_ID}}"{{#PROJECT_CHOSEN}} checked{{/PROJECT_CHOSEN}}><span class="form-check-label">{{PROJECT_NAME}}</span></label>
{{/PROJECT}}
{{#NO_PROJECT}}<p class="text-secondary mb-0">{{SUB_NAME}} has no project yet.</p>{{/NO_PROJECT}}{{#NO_PROJECT_SEEN}}<p class="text-secondary mb-0">You are named on no project of {{SUB_NAME}}.</p>{{/NO_PROJECT_SEEN}}
</div>
</fieldset>
