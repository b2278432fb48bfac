{{%AUTOESCAPE context="HTML"}}
<section class="card mt-3" aria-labelledby="where-title"><div class="card-header"><h2 class="card-title" id="where-title">Where used</h2><span class="text-secondary ms-auto">{{COUNT}}</span></div>
{{>USES}}
</section>
