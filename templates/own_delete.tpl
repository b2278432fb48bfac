{{%AUTOESCAPE context="HTML"}}
<p>Nothing can bring it back: its sealed values are erased{{#NOT_USED}}. Nothing uses it.{{/NOT_USED}}{{#IS_USED}}, in every subscription that uses it:{{/IS_USED}}</p>
{{#PLACE}}
<h3 class="h4 mb-1"><svg class="icon icon-sm" aria-hidden="true"><use href="/static/vendor/icons.svg#building"/></svg> {{PLACE_NAME}}</h3>
<p class="mb-1">{{#PLACE_HERE}}These bound integrations are deleted. Workflows that name them fail from then on.{{/PLACE_HERE}}{{#PLACE_LEFT}}You left: these bound integrations stay, without values, for an admin to rebind.{{/PLACE_LEFT}}</p>
<ul class="text-break">
{{#HANDLE}}<li><bdi>{{HANDLE_NAME}}</bdi></li>
{{/HANDLE}}
</ul>
{{/PLACE}}
{{#MORE_USES}}<p>There are more of them than this page shows; with them it goes likewise.</p>{{/MORE_USES}}
<input type="hidden" name="handles" value="{{SHOWN_HANDLES}}">
