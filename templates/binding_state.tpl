{{%AUTOESCAPE context="HTML"}}
<span class="badge {{#STATE_GOOD}}bg-green-lt{{/STATE_GOOD}}{{#STATE_WARN}}bg-yellow-lt{{/STATE_WARN}}{{#STATE_BAD}}bg-red-lt{{/STATE_BAD}}">{{STATE}}</span>{{#LEFT_AT}} <span class="text-secondary small">since {{LEFT_AT}}</span>{{/LEFT_AT}}{{#RUNNERS}}<span class="d-block text-secondary small">{{RUNNERS}}</span>{{/RUNNERS}}
