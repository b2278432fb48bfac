/* routes.mjs: the route table, as the program prints it and as routes.md has it. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { BIN, ROOT } from './stack.mjs';

/* [{method, pattern, permission, fields: [[name, kind]...], members: what a program may send}...] of the program under test. */
export function routesOfProgram() {
	const text = execFileSync(path.join(BIN, 'signet-web'), ['--routes'], { encoding: 'utf8' });

	return text.replace(/\n$/, '').split('\n').map((line) => {
		const [method, pattern, permission, fields, members] = line.split('\t');

		return { method, pattern, permission,
			fields: fields.split(' ').filter(Boolean).map((field) => field.split(':')),
			members: members.split(' ').filter(Boolean) };
	});
}

/* The page's table whose first column is `first`: {columns, rows}, its cells as text. */
function tableOf(text, first) {
	const lines = text.split('\n');
	const at = lines.findIndex((line) => line.startsWith(`| ${first} |`));
	const cells = (line) => line.split('|').slice(1, -1).map((cell) => cell.trim());
	const rest = lines.slice(at + 2);

	return { columns: cells(lines[at]),
		rows: rest.slice(0, rest.findIndex((line) => !line.startsWith('|'))).map(cells) };
}

/* {visitors, answers, rows: [{method, pattern, about, sent, expect: {visitor: answer}}...]} of routes.md. */
export function routesOfPage() {
	const text = readFileSync(path.join(ROOT, 'tests/flow/routes.md'), 'utf8');
	const { columns, rows } = tableOf(text, 'method');
	const visitors = columns.slice(4);

	return { visitors, answers: tableOf(text, 'answer').rows.map(([answer]) => answer),
		rows: rows.map(([method, pattern, about, sent, ...expect]) => ({ method, pattern, about, sent,
			expect: Object.fromEntries(visitors.map((who, k) => [who, expect[k]])) })) };
}

export const keyOf = ({ method, pattern }) => `${method} ${pattern}`;
