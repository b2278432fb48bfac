/* build.mjs: makes vendor/ from node_modules/: Tabler's CSS (its dark rules once more for theme "auto",
 * and the icons that rows of lists show by a class), htmx, and one sprite of the icons that templates
 * and type files name. Node 18 or later,
 * no dependencies. Run it by `make static`. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const modules = join(here, 'node_modules');
const vendor = join(here, 'vendor');

/* The texts of a folder's files of one kind. */
function texts(folder, ending) {
	return readdirSync(folder)
		.filter((name) => name.endsWith(ending))
		.sort()
		.map((name) => readFileSync(join(folder, name), 'utf8'));
}

/* Tabler switches to dark by the attribute alone. Where it says "dark", the same rules for "auto"
 * count while the reader's system is dark: no script, so no flash of the other theme. */
function autoTheme(css) {
	const dark = '[data-bs-theme=dark]';
	const rules = [];

	for (const [, selectors, body] of css.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
		const mine = selectors
			.split(/,(?![^(\[]*[)\]])/)
			.filter((s) => s.startsWith(dark) || s.startsWith(':root' + dark))
			.map((s) => s.replace(dark, '[data-bs-theme=auto]'));
		if (mine.length && !body.includes('color-scheme:light!important'))
			rules.push(`${mine.join(',')}{${body}}`);
	}
	if (!rules.some((rule) => rule.includes('color-scheme:dark')))
		throw new Error('tabler.min.css has no dark rules of the kind that this script knows');
	return `@media (prefers-color-scheme:dark){${rules.join('\n')}}\n`;
}

/* Names that type files give their types. */
function typeIcons() {
	return texts(join(root, 'src', 'types'), '.ini')
		.flatMap((text) => [...text.matchAll(/^icon\s*=\s*([a-z0-9-]+)\s*$/gm)].map(([, name]) => name));
}

/* These, and those written out in templates. */
function iconNames() {
	const names = new Set(typeIcons());

	for (const text of texts(join(root, 'templates'), '.tpl'))
		for (const [, name] of text.matchAll(/icons\.svg#([a-z0-9-]+)/g))
			names.add(name);
	return [...names].sort();
}

function paths(name) {
	const svg = readFileSync(join(modules, '@tabler/icons/icons/outline', `${name}.svg`), 'utf8');
	const list = [...svg.matchAll(/<path [^>]*\/>/g)]
		.map(([path]) => path)
		.filter((path) => !path.includes('stroke="none"'));

	if (!list.length)
		throw new Error(`icon ${name} has no paths`);
	return list.join('');
}

const STROKE = 'viewBox="0 0 24 24" fill="none" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"';

function symbol(name) {
	return `<symbol id="${name}" stroke="currentColor" ${STROKE}>${paths(name)}</symbol>`;
}

/* For app.css to cut out (a mask): the picture as --i-NAME, and as --i of an element with class="i-NAME".
 * A row of a list is sent often, and says it in a word. */
function iconClass(name) {
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" stroke="#000" ${STROKE}>${paths(name)}</svg>`;

	return `:root{--i-${name}:url("data:image/svg+xml,${encodeURIComponent(svg)}")}.i-${name}{--i:var(--i-${name})}`;
}

mkdirSync(vendor, { recursive: true });

const css = readFileSync(join(modules, '@tabler/core/dist/css/tabler.min.css'), 'utf8');
writeFileSync(join(vendor, 'tabler.min.css'),
	css.replace(/\/\*# sourceMappingURL=[^*]*\*\/\s*$/, '') + '\n' + autoTheme(css) +
	[...new Set([...typeIcons(), 'building', 'pencil', 'plug', 'user'])].sort().map(iconClass).join('\n') + '\n');
copyFileSync(join(modules, 'htmx.org/dist/htmx.min.js'), join(vendor, 'htmx.min.js'));

const names = iconNames();
writeFileSync(join(vendor, 'icons.svg'),
	`<svg xmlns="http://www.w3.org/2000/svg">\n${names.map(symbol).join('\n')}\n</svg>\n`);
console.log(`static/vendor: tabler.min.css, htmx.min.js, icons.svg (${names.length} icons)`);
