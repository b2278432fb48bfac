{{%AUTOESCAPE context="HTML"}}
<!doctype html>
<html lang="en" data-bs-theme="{{THEME}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{TITLE}} · Signet</title>
<link rel="stylesheet" href="/static/vendor/tabler.min.css">
<link rel="stylesheet" href="/static/app.css">
<link rel="icon" href="/static/signet.svg" type="image/svg+xml">
{{#SCRIPTS}}
<meta name="htmx-config" content='{"allowEval":false,"includeIndicatorStyles":false,"historyCacheSize":0,"responseHandling":[{"code":"...","swap":true} ]}'>
<script src="/static/vendor/htmx.min.js" defer></script>
<script src="/static/app.js" defer></script>
{{/SCRIPTS}}
</head>
<body>
<a class="visually-hidden-focusable skip-link" href="#main">Skip to main content</a>
<div class="page{{#PLAIN}} page-center{{/PLAIN}}">
{{#NAV}}
<header class="navbar navbar-vertical navbar-expand-lg">
<div class="container-fluid">
<a class="navbar-brand" href="/"><svg class="icon text-primary" aria-hidden="true"><use href="/static/vendor/icons.svg#certificate"/></svg> Signet</a>
<details class="nav-toggle"><summary class="btn btn-icon" aria-label="Menu"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#menu-2"/></svg></summary></details>
<div class="navbar-collapse nav-panel">
<nav aria-label="Main">
<ul class="navbar-nav pt-lg-2">
<li class="nav-item{{#AT_OWN}} active{{/AT_OWN}}"><a class="nav-link" href="/integrations"{{#AT_OWN}} aria-current="page"{{/AT_OWN}}><span class="nav-link-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#plug-connected"/></svg></span><span class="nav-link-title">My integrations</span></a></li>
{{#CICD}}
<li class="nav-item"><details open><summary class="nav-link"><span class="nav-link-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#infinity"/></svg></span><span class="nav-link-title">CI/CD</span></summary>
<ul class="list-unstyled">
<li class="nav-item{{#AT_INTEGRATIONS}} active{{/AT_INTEGRATIONS}}"><a class="nav-link ps-5" href="/s/{{CICD_SLUG:u}}/integrations"{{#AT_INTEGRATIONS}} aria-current="page"{{/AT_INTEGRATIONS}}><span class="nav-link-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#plug"/></svg></span><span class="nav-link-title">Integrations</span></a></li>
<li class="nav-item{{#AT_PROJECTS}} active{{/AT_PROJECTS}}"><a class="nav-link ps-5" href="/s/{{CICD_SLUG:u}}/projects"{{#AT_PROJECTS}} aria-current="page"{{/AT_PROJECTS}}><span class="nav-link-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#folder"/></svg></span><span class="nav-link-title">Projects</span></a></li>
{{#CICD_ADMIN}}
<li class="nav-item{{#AT_PEOPLE}} active{{/AT_PEOPLE}}"><a class="nav-link ps-5" href="/s/{{CICD_SLUG:u}}/people"{{#AT_PEOPLE}} aria-current="page"{{/AT_PEOPLE}}><span class="nav-link-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#users"/></svg></span><span class="nav-link-title">People</span></a></li>
<li class="nav-item{{#AT_AUDIT}} active{{/AT_AUDIT}}"><a class="nav-link ps-5" href="/s/{{CICD_SLUG:u}}/audit"{{#AT_AUDIT}} aria-current="page"{{/AT_AUDIT}}><span class="nav-link-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#history"/></svg></span><span class="nav-link-title">Audit trail</span></a></li>
<li class="nav-item{{#AT_SETTINGS}} active{{/AT_SETTINGS}}"><a class="nav-link ps-5" href="/s/{{CICD_SLUG:u}}/settings"{{#AT_SETTINGS}} aria-current="page"{{/AT_SETTINGS}}><span class="nav-link-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#settings"/></svg></span><span class="nav-link-title">Settings</span></a></li>
{{/CICD_ADMIN}}
</ul></details></li>
{{/CICD}}
{{#SUBSCRIPTIONS}}
<li class="nav-item mt-3"><span class="subheader px-3">Subscriptions</span></li>
{{#SUBSCRIPTION}}
<li class="nav-item"><a class="nav-link" href="/s/{{SUB_SLUG:u}}/integrations"><span class="nav-link-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#building"/></svg></span><span class="nav-link-title"><span class="text-truncate">{{SUB_NAME}}</span> <span class="badge {{#SUB_ADMIN}}bg-blue-lt{{/SUB_ADMIN}}{{#SUB_OTHER}}bg-secondary-lt{{/SUB_OTHER}}">{{SUB_ROLE}}</span></span></a></li>
{{/SUBSCRIPTION}}
{{/SUBSCRIPTIONS}}
{{#ADMINISTRATION}}
<li class="nav-item mt-3"><span class="subheader px-3">Administration</span></li>
<li class="nav-item{{#AT_ACCOUNTS}} active{{/AT_ACCOUNTS}}"><a class="nav-link" href="/admin/accounts"{{#AT_ACCOUNTS}} aria-current="page"{{/AT_ACCOUNTS}}><span class="nav-link-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#user-shield"/></svg></span><span class="nav-link-title">Accounts</span></a></li>
<li class="nav-item{{#AT_SUBSCRIPTIONS}} active{{/AT_SUBSCRIPTIONS}}"><a class="nav-link" href="/admin/subscriptions"{{#AT_SUBSCRIPTIONS}} aria-current="page"{{/AT_SUBSCRIPTIONS}}><span class="nav-link-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#building"/></svg></span><span class="nav-link-title">Subscriptions</span></a></li>
<li class="nav-item{{#AT_SITE_AUDIT}} active{{/AT_SITE_AUDIT}}"><a class="nav-link" href="/admin/audit"{{#AT_SITE_AUDIT}} aria-current="page"{{/AT_SITE_AUDIT}}><span class="nav-link-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#history"/></svg></span><span class="nav-link-title">Audit trail</span></a></li>
{{/ADMINISTRATION}}
</ul>
</nav>
<details class="account-menu">
<summary><span class="avatar avatar-sm" aria-hidden="true">{{INITIALS}}</span><span class="account-name"><bdi>{{WHO_NAME}}</bdi><span class="text-secondary small">Account, theme, sign out</span></span><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#dots-vertical"/></svg></summary>
<div class="card account-items">
<a class="dropdown-item{{#AT_ACCOUNT}} active{{/AT_ACCOUNT}}" href="/account"{{#AT_ACCOUNT}} aria-current="page"{{/AT_ACCOUNT}}><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#user"/></svg> Account and theme</a>
<form method="post" action="/logout"><input type="hidden" name="csrf" value="{{CSRF}}"><button class="dropdown-item" type="submit"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#logout"/></svg> Sign out</button></form>
</div>
</details>
</div>
</div>
</header>
{{/NAV}}
<div class="page-wrapper">
<main id="main" tabindex="-1">
{{#TITLEBAR}}
<div class="page-header">
<div class="container-xl">
<div class="row g-2 align-items-center">
<div class="col titles">
{{#CRUMBS}}
<nav aria-label="Breadcrumb"><ol class="breadcrumb">
{{#CRUMB}}
<li class="breadcrumb-item">{{#CRUMB_LINK}}<a href="{{CRUMB_HREF}}">{{CRUMB_LABEL}}</a>{{/CRUMB_LINK}}{{#CRUMB_TEXT}}{{CRUMB_LABEL}}{{/CRUMB_TEXT}}</li>
{{/CRUMB}}
</ol></nav>
{{/CRUMBS}}
<h1 class="page-title"><bdi>{{TITLE}}</bdi></h1>
</div>
{{#ACTION_ADD}}
<div class="col-auto ms-auto"><a class="btn btn-primary" href="{{ACTION_HREF}}"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#plus"/></svg> Add</a></div>
{{/ACTION_ADD}}
{{#ACTION_EDIT}}
<div class="col-auto ms-auto"><a class="btn btn-primary" href="{{ACTION_HREF}}"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#pencil"/></svg> Edit</a></div>
{{/ACTION_EDIT}}
{{#ACTION_SETTINGS}}
<div class="col-auto"><a class="btn btn-icon" aria-label="Settings of the subscription" href="{{SETTINGS_HREF}}"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#settings"/></svg></a></div>
{{/ACTION_SETTINGS}}
</div>
</div>
</div>
{{/TITLEBAR}}
<div class="page-body">
<div class="container-xl">
{{#MESSAGE}}
<div class="alert alert-success" role="status"><div class="alert-icon"><svg class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#circle-check"/></svg></div><div>{{MESSAGE}}</div></div>
{{/MESSAGE}}
