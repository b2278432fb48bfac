/* dom.mjs: pages as a browser's parser understands them (parse5, the algorithm of the HTML standard): their
 * forms, what stands in them where, and whether anything in them could run. */
import { parse } from 'parse5';

/* Tests look at a page many times over, and change nothing in it: what was found once is kept with its node. */
function kept(find) {
	const mark = Symbol('kept');

	return (node) => (node[mark] ??= find(node));
}

const named = kept((element) => Object.fromEntries((element.attrs ?? []).map(({ name, value }) => [name, value])));

function collect(node, list) {
	list.push(node);
	for (const child of node.childNodes ?? [])
		collect(child, list);
	if (node.content)
		collect(node.content, list);
	return list;
}

/* All nodes, parents first; what is in a <template> as well. */
export const walk = kept((node) => collect(node, []));

export const domOf = (html) => parse(html);

export function textIn(node) {
	let text = '';

	for (const n of walk(node))
		if (n.nodeName === '#text')
			text += n.value;
	return text;
}

/* Elements and attributes that none of our templates has, or that may lead nowhere but to us. */
const ELEMENTS = new Set(['iframe', 'object', 'embed', 'base', 'style', 'img', 'video', 'audio', 'source', 'math', 'frame', 'applet',
	'portal', 'template', 'noscript', 'marquee', 'foreignobject', 'animate', 'set', 'image', 'isindex', 'xmp', 'plaintext', 'bgsound', 'blink']);
const LEADS = new Set(['href', 'src', 'action', 'formaction', 'xlink:href', 'data', 'poster', 'background', 'srcset', 'ping', 'srcdoc']);
const PLAIN_NAME = /^[a-z][a-z0-9-]*$/i;

function* attributeFaults(element) {
	for (const { name, value } of element.attrs) {
		const what = `<${element.tagName} ${name}="${value.slice(0, 60)}">`;
		if (/^on/i.test(name) || name === 'style' || name === 'srcdoc' || name === 'formaction' || !PLAIN_NAME.test(name))
			yield what;
		if (LEADS.has(name) && !/^([/#?]|[\w.-]+(?:[/?#]|$)|https?:\/\/|mailto:|$)/.test(value))
			yield `${what} leads elsewhere`;
		if (name === 'action' && !/^(\/(?!\/)|$|\?)/.test(value))
			yield `${what} sends elsewhere`;
	}
}

/* What no page of ours has: each as a text. */
export function* faultsOf(dom) {
	for (const node of walk(dom)) {
		if (node.nodeName === '#comment')
			yield `a comment: ${node.data.slice(0, 60)}`;
		if (!node.tagName)
			continue;
		if (ELEMENTS.has(node.tagName.toLowerCase()) || !PLAIN_NAME.test(node.tagName))
			yield `<${node.tagName}>`;
		if (node.tagName === 'script' && (!/^\/static\//.test(named(node).src ?? '') || textIn(node)))
			yield '<script> that is not ours';
		yield* attributeFaults(node);
	}
}

/* Each text and attribute value in which `pattern` occurs: {where, text}. */
export function* placesOf(dom, pattern) {
	for (const node of walk(dom)) {
		if (node.nodeName === '#text' && pattern.test(node.value))
			yield { where: 'text', text: node.value };
		if (node.tagName && pattern.test(node.tagName))
			yield { where: 'the name of an element', text: node.tagName };
		for (const { name, value } of node.attrs ?? []) {
			if (pattern.test(name))
				yield { where: 'the name of an attribute', text: name };
			if (pattern.test(value))
				yield { where: LEADS.has(name) ? 'address' : 'attribute', text: value };
		}
	}
}

/* --- forms --------------------------------------------------------------------------------------- */

const TEXT = new Set(['text', 'search', 'url', 'email', 'tel', 'number', 'date', 'textarea']);

/* The first line end of a text area is the parser's business already. */
function controlOf(element) {
	const a = named(element);
	let type = element.tagName === 'input' ? (a.type ?? 'text').toLowerCase() : element.tagName;
	let value = a.value ?? '';
	let on = true;

	if (element.tagName === 'textarea') {
		value = textIn(element);
	} else if (element.tagName === 'select') {
		const options = [...walk(element)].filter((n) => n.tagName === 'option').map((n) => ({ ...named(n), text: textIn(n) }));
		const chosen = options.find((o) => 'selected' in o) ?? options[0];
		value = chosen?.value ?? chosen?.text ?? '';
		on = options.length > 0;
	} else if (type === 'checkbox' || type === 'radio') {
		value = a.value ?? 'on';
		on = 'checked' in a;
	}
	const secret = type === 'password' || type === 'file' || (type === 'textarea' && /^secret\./.test(a.name ?? ''));
	return { name: a.name, id: a.id, type, value, on: on && type !== 'file', secret, text: TEXT.has(type) && !secret && !('readonly' in a),
		invalid: a['aria-invalid'] === 'true' };
}

/* [{action, method, controls}...]; buttons are left out. `here` is the page's own address. */
export function formsOf(dom, here) {
	const out = [];

	for (const form of [...walk(dom)].filter((n) => n.tagName === 'form')) {
		const a = named(form);
		const controls = [...walk(form)].filter((n) => ['input', 'textarea', 'select'].includes(n.tagName))
			.filter((n) => named(n).name && !('disabled' in named(n)) && !['submit', 'button', 'image'].includes(named(n).type))
			.map(controlOf);

		out.push({ action: new URL(a.action ?? '', new URL(here, 'http://x')).pathname,
			method: (a.method ?? 'get').toUpperCase(), controls });
	}
	return out;
}

/* Addresses of our own that the page links to. */
export function linksOf(dom, here) {
	const base = new URL(here, 'http://x');

	return [...walk(dom)].filter((n) => n.tagName === 'a' && named(n).href !== undefined)
		.map((n) => new URL(named(n).href, base)).filter((url) => url.origin === base.origin)
		.map((url) => url.pathname + url.search);
}

/* The sentences beside fields and above forms. */
export function sentencesOf(dom) {
	const marks = /\b(invalid-feedback|alert-danger|alert-warning|text-red|empty-subtitle)\b/;

	return [...walk(dom)].filter((n) => n.tagName && marks.test(named(n).class ?? ''))
		.map((n) => textIn(n).replace(/\s+/g, ' ').trim()).filter((text) => text.length > 10);
}
