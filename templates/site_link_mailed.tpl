{{%AUTOESCAPE context="HTML"}}
<div class="card">
<div class="card-body">
<p>A link for <bdi class="fw-bold">{{LOGIN}}</bdi> is on its way to <strong class="text-break">{{MAIL_TO}}</strong>. It is good for {{HOURS}} hours and one use.</p>
<p class="text-secondary mb-0">It is not shown here. If it has not come in a quarter of an hour, look at the address and among unwanted mail; then have another one mailed, or make one and hand it over yourself. Either ends this one.</p>
</div>
<div class="card-footer text-end"><a class="btn btn-primary" href="/admin/accounts/{{ID}}">Done</a></div>
</div>
