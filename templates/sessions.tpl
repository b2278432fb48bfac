{{%AUTOESCAPE context="HTML"}}
<p class="text-secondary">Where you are signed in. End what you do not know, and change your password then.</p>
<div class="card">
<div class="table-responsive">
<table class="table table-vcenter card-table stacked">
<thead><tr><th>Browser</th><th>Address</th><th>Signed in</th><th>Last use</th><th class="w-1"><span class="visually-hidden">End</span></th></tr></thead>
<tbody>
{{#ROW}}
<tr><td class="name-cell">{{#HERE}}<span class="badge bg-blue-lt">This session</span> {{/HERE}}<span class="text-break small">{{AGENT}}</span></td><td data-label="Address" class="text-break">{{ADDRESS}}</td><td data-label="Signed in"><span title="{{CREATED_AT}}">{{CREATED_AGO}}</span></td><td data-label="Last use"><span title="{{SEEN_AT}}">{{SEEN_AGO}}</span></td><td class="edit-cell">{{#AWAY}}<form method="post" action="/account/sessions/end"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="session" value="{{HANDLE}}"><button class="btn btn-sm" type="submit" aria-label="End the session from {{ADDRESS}}, signed in {{CREATED_AGO}}">End</button></form>{{/AWAY}}</td></tr>
{{/ROW}}
</tbody>
</table>
</div>
<div class="card-footer d-flex align-items-center flex-wrap gap-2"><p class="m-0 text-secondary">Times of last use are noted to the minute. A session ends by itself after 12 hours without use.</p>
{{#OTHERS}}<form class="ms-auto" method="post" action="/account/sessions/end-others"><input type="hidden" name="csrf" value="{{CSRF}}"><button class="btn" type="submit">End all others</button></form>{{/OTHERS}}
</div>
</div>
