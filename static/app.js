/* app.js: what makes the rows of a form come and go without a reload. htmx asks for the same page that
 * the button alone would bring; this decides whether the answer fits, and where the cursor goes. */
'use strict';

/* Where to: what the form says. Templates write no address into an attribute that escaping does not know
 * as one. */
document.addEventListener('htmx:configRequest', (event) => {
	event.detail.path = event.detail.elt.form.getAttribute('action');
});

/* An answer without the part that was asked for (signed out, an error): then the button does what it
 * does without scripts. */
document.addEventListener('htmx:beforeSwap', (event) => {
	const button = event.detail.requestConfig.elt;

	if (!event.detail.serverResponse.includes(`id="${event.detail.target.id}"`)) {
		event.detail.shouldSwap = false;
		button.form.requestSubmit(button);
	}
});

/* No answer at all: the browser says so better than silence. */
document.addEventListener('htmx:sendError', (event) => {
	const button = event.detail.requestConfig.elt;

	button.form.requestSubmit(button);
});

/* The button that was pressed is gone with its row, or a new row waits to be typed into. */
document.addEventListener('htmx:afterSwap', (event) => {
	const part = document.getElementById(event.detail.target.id);
	const rows = part ? part.querySelectorAll('.url-row') : [];
	const last = rows[rows.length - 1];
	const next = last && last.querySelector('input:not([readonly])');

	if (next)
		next.focus();
	else if (part)
		part.querySelector('button:not([disabled])').focus();
});
