{{%AUTOESCAPE context="HTML"}}
<div class="card">
<div class="card-body">
<div class="alert alert-warning" role="status"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#alert-circle"/></svg></div><div>This is the only time that the link is shown. Copy it now, and give it to nobody but <bdi class="fw-bold">{{LOGIN}}</bdi>: whoever has it sets the password.</div></div>
<div class="mb-3"><p class="form-label" id="link-label">Link for <bdi>{{LOGIN}}</bdi></p>
<div class="copy-row"><pre class="copy-text" id="link" tabindex="0" aria-labelledby="link-label">{{LINK:pre_escape}}</pre><button class="btn copy-button" type="button" data-copy="link" aria-describedby="link-label" hidden><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#copy"/></svg> <span>Copy</span></button></div></div>
<p class="visually-hidden" id="copy-said" role="status"></p>
<p class="text-secondary mb-0">Good for {{HOURS}} hours and one use. Making another link ends this one.</p>
</div>
<div class="card-footer text-end"><a class="btn btn-primary" href="/admin/accounts/{{ID}}">Done</a></div>
</div>
