/* html.mjs: reads our own pages: forms with their fields, and the text beside a field. Our templates
 * write tags plainly, so a few expressions do. */
import assert from 'node:assert/strict';

const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

export function decode(text) {
	return text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (all, name) => {
		if (/^#x/i.test(name))
			return String.fromCodePoint(parseInt(name.slice(2), 16));
		if (name[0] === '#')
			return String.fromCodePoint(Number(name.slice(1)));
		return NAMED[name] ?? all;
	});
}

function attributes(tag) {
	const out = {};

	for (const [, name, , value] of tag.matchAll(/([\w-]+)(=(?:"([^"]*)"|'[^']*'))?/g))
		out[name] ??= value === undefined ? '' : decode(value);
	return out;
}

/* What a reader sees, blanks folded. */
export function textOf(html) {
	return decode(html.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ').trim();
}

/* The page says so. A failure shows the words of its main part alone: no tokens, no boxes. */
export function says(answer, pattern, what = '') {
	const main = textOf(/<main\b.*<\/main>/s.exec(answer.text)?.[0] ?? answer.text);

	assert.ok(pattern.test(textOf(answer.text)),
		`${what} ${answer.status}: ${pattern} is not in: ${main.slice(0, 400)}`);
}

/* The text of the element with this id; null when there is none. */
export function byId(html, id) {
	const at = new RegExp(`<(\\w+)[^>]*\\bid="${id.replace(/[.*+?^$()[\]{}|\\]/g, '\\$&')}"[^>]*>`).exec(html);

	if (!at)
		return null;
	const rest = html.slice(at.index + at[0].length);
	return textOf(rest.slice(0, rest.indexOf(`</${at[1]}>`)));
}

/* The alerts above the form or page. */
export function alerts(html) {
	return [...html.matchAll(/<div class="alert[^>]*>(.*?)<\/div>\s*<\/div>/gs)]
		.map(([, inside]) => textOf(inside));
}

class Form {
	constructor(action, controls, enctype) {
		this.action = action;
		this.enctype = enctype;
		this.controls = controls;
	}

	find(name, value) {
		return this.controls.find((c) => c.name === name &&
			(value === undefined || c.value === String(value)));
	}

	has(name, value) {
		return this.find(name, value) !== undefined;
	}

	value(name) {
		return this.find(name)?.value;
	}

	values(name) {
		return this.controls.filter((c) => c.name === name).map((c) => c.value);
	}

	ticked(name, value) {
		return this.find(name, value)?.on === true;
	}

	/* Types into the n-th control of that name. */
	set(name, value, nth = 0) {
		const control = this.controls.filter((c) => c.name === name)[nth];

		assert.ok(control, `the form has ${name}`);
		assert.ok(!control.readonly, `${name} can be typed into`);
		control.value = value;
		return this;
	}

	tick(name, value, on = true) {
		const control = this.find(name, value);

		assert.ok(control, `the form has ${name}${value === undefined ? '' : `=${value}`}`);
		if (control.type === 'radio')
			for (const c of this.controls.filter((other) => other.name === name))
				c.on = false;
		control.on = on;
		return this;
	}

	/* Chooses a file: {file: its bytes, name}. */
	choose(name, file, fileName = 'id_key') {
		const control = this.find(name);

		assert.ok(control?.type === 'file', `the form has a file chooser ${name}`);
		control.value = { file, name: fileName };
		return this;
	}

	/* Beyond what the page offers: for those who write requests by hand. */
	force(name, value) {
		this.controls.push({ name, value, type: 'hidden', on: true });
		return this;
	}

	/* What a browser sends; `button` = [name, value] of the one that is pressed. */
	fields(button) {
		const list = this.controls.filter((c) => c.on).map((c) => [c.name,
			c.type === 'textarea' ? c.value.replace(/\r?\n/g, '\r\n')
				: c.type === 'file' && !c.value ? { file: '', name: '' } : c.value]);

		return button ? [...list, button] : list;
	}
}

function controlOf(tag, name, inside) {
	const a = attributes(tag);
	const type = name === 'textarea' ? 'textarea' : a.type ?? 'text';
	const box = type === 'checkbox' || type === 'radio';

	if (!a.name || 'disabled' in a)
		return null;
	return { name: a.name, type, id: a.id, readonly: 'readonly' in a, on: !box || 'checked' in a,
		value: name === 'textarea' ? decode(inside.replace(/^\r?\n/, '')) : a.value ?? (box ? 'on' : '') };
}

function selectOf(tag, inside) {
	const a = attributes(tag), options = [...inside.matchAll(/<option\b([^>]*)>/g)].map(([, option]) => attributes(option));
	const chosen = options.find((option) => 'selected' in option) ?? options[0];

	return { name: a.name, type: 'select', id: a.id, on: chosen !== undefined, value: chosen?.value ?? '' };
}

/* The form whose action is `action`. Buttons are not among its controls. */
export function formOf(html, action) {
	for (const [, head, inside] of html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)) {
		if (attributes(head).action !== action)
			continue;
		const controls = [...inside.matchAll(/<(input|textarea)\b([^>]*)>(?:([^<]*)<\/textarea>)?/g)]
			.map(([, name, tag, text]) => controlOf(tag, name, text ?? '')).filter(Boolean);
		controls.push(...[...inside.matchAll(/<select\b([^>]*)>(.*?)<\/select>/gs)].map(([, tag, options]) => selectOf(tag, options)));
		const form = new Form(action, controls, attributes(head).enctype);
		form.buttons = [...inside.matchAll(/<button\b([^>]*)>/g)].map(([, tag]) => attributes(tag));
		return form;
	}
	assert.fail(`the page has a form for ${action}`);
}
