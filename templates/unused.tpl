{{%AUTOESCAPE context="HTML"}}
<li>{{COUNT}} {{#ONE}}is{{/ONE}}{{#SEVERAL}}are{{/SEVERAL}} named nowhere else and can be deleted then:
<ul>
{{#UNUSED_ROW}}<li class="text-break"><a class="text-decoration-underline" href="/s/{{SLUG:u}}/integrations/{{INTEGRATION_ID}}"><bdi>{{INTEGRATION_NAME}}</bdi></a></li>
{{/UNUSED_ROW}}
{{#MORE}}<li>and more</li>{{/MORE}}
</ul></li>
