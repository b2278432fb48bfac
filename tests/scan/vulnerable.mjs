/* vulnerable.mjs: a tiny web program with two holes, so that the scanners can prove that they see one: /item
 * puts its id into a statement, /hello its name into the page. Loopback only, and no table is in reach. */
import http from 'node:http';
import { execFile } from 'node:child_process';

import { config } from '../flow/lib/stack.mjs';

const PAGE = (body) => `<!DOCTYPE html><html><head><title>hole</title></head><body>${body}</body></html>`;

function ask(statement) {
	return new Promise((resolve) => execFile('mariadb', ['--no-defaults', '-N', '-B', '-S', config.database.socket, '-u', 'signet_test',
		'-e', statement], (error, out, words) => resolve(error ? { error: words } : { rows: out })));
}

async function answer(url) {
	const id = url.searchParams.get('id'), name = url.searchParams.get('name');

	if (url.pathname === '/item' && id !== null) {
		const { error, rows } = await ask(`SELECT name FROM (SELECT 1 AS id, 'one' AS name UNION SELECT 2, 'two') t WHERE id = '${id.replaceAll('\0', '')}'`);
		return [error ? 500 : 200, PAGE(error ? `<pre>${error}</pre>` : `<p>item: ${rows}</p>`)];
	}
	if (url.pathname === '/hello' && name !== null)
		return [200, PAGE(`<p>Hello ${name}</p>`)];
	return [200, PAGE('<a href="/item?id=1">item</a> <form action="/hello"><input name="name" value="you"></form>')];
}

/* {origin, stop()} */
export async function vulnerableStart() {
	const server = http.createServer(async (request, response) => {
		const [status, page] = await answer(new URL(request.url, 'http://x'));

		response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8' });
		response.end(page);
	});

	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { origin: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}
