/* guard.mjs: what a scanner that goes its own ways is given instead of Signet: the same pages under a session
 * that it can neither lose nor end. */
import http from 'node:http';

import { BASE } from '../flow/lib/stack.mjs';

const AT = new URL(BASE);
const ENDS = /^\/(logout|account\/sessions)/;

/* {origin, requests(), stop()}: passes all on to Signet with these cookies, but for what would sign out. */
export async function guardStart(cookie) {
	let count = 0;
	const server = http.createServer((request, response) => {
		count++;
		if (ENDS.test(request.url)) {
			response.writeHead(404).end();
			return;
		}
		const headers = { ...request.headers, host: AT.host, ...(cookie ? { cookie } : {}) };
		const onward = http.request({ host: AT.hostname, port: AT.port, method: request.method, path: request.url, headers, agent: false }, (answer) => {
			response.writeHead(answer.statusCode, answer.headers);
			answer.pipe(response);
		});
		onward.on('error', () => response.destroy());
		request.pipe(onward);
	});

	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { origin: `http://127.0.0.1:${server.address().port}`, requests: () => count, stop: () => server.close() };
}
