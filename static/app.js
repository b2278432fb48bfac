/* app.js: what makes the rows of a form come and go, and lists answer as one types, without a reload. htmx
 * asks for the same page that the button alone would bring; this decides whether the answer fits, and
 * where the cursor goes. */
'use strict';

/* Where to: what the form says. Templates write no address into an attribute that escaping does not know
 * as one. */
document.addEventListener('htmx:configRequest', (event) => {
	const elt = event.detail.elt;

	event.detail.path = (elt.form ?? elt).getAttribute('action');
	/* the address of a list says what was chosen, and nothing of the rest */
	if (event.detail.verb === 'get')
		for (const [name, value] of [...event.detail.formData])
			if (value === '')
				event.detail.formData.delete(name);
});

/* What the button does without scripts. */
function submit(elt) {
	if (elt.form)
		elt.form.requestSubmit(elt);
	else
		elt.submit();
}

/* An answer without the part that was asked for (signed out, an error): then the button does what it
 * does without scripts. */
document.addEventListener('htmx:beforeSwap', (event) => {
	if (!event.detail.serverResponse.includes(`id="${event.detail.target.id}"`)) {
		event.detail.shouldSwap = false;
		submit(event.detail.requestConfig.elt);
	}
});

/* No answer at all: the browser says so better than silence. */
document.addEventListener('htmx:sendError', (event) => {
	submit(event.detail.requestConfig.elt);
});

/* The button that was pressed is gone with its row, or a new row waits to be typed into. */
document.addEventListener('htmx:afterSwap', (event) => {
	if (event.detail.requestConfig.verb === 'get')
		return; /* a list, beside what one types into */
	const part = document.getElementById(event.detail.target.id);
	const rows = part ? part.querySelectorAll('.url-row') : [];
	const last = rows[rows.length - 1];
	const next = last && last.querySelector('input:not([readonly])');

	if (next)
		next.focus();
	else if (part)
		part.querySelector('button:not([disabled])').focus();
});

/* Copy buttons work only with scripts, so they show only then. Without a clipboard (a page without
 * encryption has none) the text is selected at least. */
for (const button of document.querySelectorAll('[data-copy]')) {
	const text = document.getElementById(button.dataset.copy);
	const said = document.getElementById('copy-said');

	button.hidden = false;
	button.addEventListener('click', async () => {
		try {
			await navigator.clipboard.writeText(text.textContent);
			said.textContent = 'Copied.';
			button.lastElementChild.textContent = 'Copied';
		} catch {
			getSelection().selectAllChildren(text);
			said.textContent = 'Selected. Copy it with your keyboard.';
			button.lastElementChild.textContent = 'Selected';
		}
	});
}

/* + Add: the cards (of types, of account integrations) that fit, while one types; what ?q= answers without scripts (type_fits() in core/type.c). */
const search = document.querySelector('.type-search input[name="q"]');

function fits(card, words) {
	const text = `${card.textContent} ${card.dataset.type}`.toLowerCase();

	return words.every((word) => text.includes(word));
}

function filterTypes() {
	const words = search.value.toLowerCase().split(' ').filter(Boolean);
	let n = 0;

	for (const family of document.querySelectorAll('.type-family')) {
		let some = false;

		for (const card of family.querySelectorAll('[data-type]')) {
			card.hidden = !fits(card, words);
			some ||= !card.hidden;
			n += card.hidden ? 0 : 1;
		}
		family.hidden = !some;
	}
	const said = document.getElementById('types-said');
	const [none, one, many] = (said.dataset.words ?? 'No type|One type|types').split('|');

	document.getElementById('no-type').hidden = n > 0;
	said.textContent = n === 0 ? none : n === 1 ? one : `${n} ${many}`;
}

/* Only where the page has all types; one that was searched without scripts has those that fitted. */
if (search && !search.defaultValue)
	search.addEventListener('input', filterTypes);

/* A file that is too large is told at once, before a form that the server must refuse whole. */
document.addEventListener('change', (event) => {
	const input = event.target;
	const file = input.type === 'file' && input.dataset.most ? input.files[0] : null;

	if (!file)
		return;
	const hint = document.getElementById(`${input.id}-hint`);
	const large = file.size > Number(input.dataset.most);

	hint.classList.toggle('text-red', large);
	hint.setAttribute('role', 'status');
	hint.textContent = large
		? `${file.name} has ${file.size} bytes, and at most ${input.dataset.most} fit. Choose another file.`
		: 'If you give both, the file counts.';
	if (large)
		input.value = '';
});
