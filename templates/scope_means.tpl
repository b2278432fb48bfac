{{%AUTOESCAPE context="HTML"}}
<section class="card" aria-labelledby="means-title">
<div class="card-header"><h2 class="card-title" id="means-title">What this means</h2></div>
<div class="card-body"><ul class="mb-0 ps-3">
<li>Workflows of these projects that name it get its values when they run. Whoever can change these workflow files can make them hand the values on.</li>
<li>Admins of {{SUB_NAME}} can have runners receive these values: under this name or another, and never for more projects than you choose here.</li>
<li>No page shows the values to anybody; its URLs and what fails are shown to you alone. Others there see its name there, its type, that it is yours, and whether it works; admins also see what you call it.</li>
<li>You can take it back at any time, also after you left {{SUB_NAME}}: from then on runners are refused.</li>
<li>{{#GRACE}}If you leave {{SUB_NAME}} without taking it back, runners still get the values for {{GRACE}}.{{/GRACE}}{{#NO_GRACE}}If you leave {{SUB_NAME}}, runners get nothing any more.{{/NO_GRACE}}</li>
</ul></div>
</section>
