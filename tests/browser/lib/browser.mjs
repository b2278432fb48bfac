/* browser.mjs: Debian's Chromium, and what every page must keep to: no errors in the console, no violation
 * of the policy, nothing that axe-core finds serious, no scrolling sideways. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { chromium } from 'playwright-core';

import { BASE, IS_ROOT } from '../../flow/lib/stack.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ARGS = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
	'--disable-component-update', '--disable-sync'];

export const WIDE = { width: 1280, height: 900 }, NARROW = { width: 390, height: 844 };

/* Chromium's own sandbox cannot start as root, nor where the system allows no user namespaces. */
export async function launch() {
	const options = { executablePath: process.env.SIGNET_CHROMIUM ?? '/usr/bin/chromium' };

	if (!IS_ROOT) {
		try {
			return await chromium.launch({ ...options, args: ARGS, chromiumSandbox: true });
		} catch (error) {
			if (!/sandbox|namespace/i.test(error.message))
				throw error;
		}
	}
	return chromium.launch({ ...options, args: [...ARGS, '--no-sandbox'] });
}

/* A window. `visitor`: whose session (see flow/lib/client.mjs). page.faults collects what must not be. */
export async function open(browser, { visitor, size = WIDE, scheme = 'light', scripts = true, expect = [] } = {}) {
	const context = await browser.newContext({ baseURL: BASE, viewport: size, colorScheme: scheme, javaScriptEnabled: scripts,
		reducedMotion: 'reduce' });
	const faults = [];

	if (visitor)
		await context.addCookies([...visitor.cookies].map(([name, value]) => ({ name, value, url: BASE })));
	const page = await context.newPage();
	page.setDefaultTimeout(15000);
	page.on('console', (message) => {
		if (['error', 'warning'].includes(message.type()))
			faults.push(`console: ${message.text()}`);
	});
	page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
	page.on('requestfailed', (request) => {
		/* aborted: the visitor went on before the page was whole */
		if (request.failure().errorText !== 'net::ERR_ABORTED')
			faults.push(`failed: ${request.url()} ${request.failure().errorText}`);
	});
	page.on('response', (response) => {
		const url = response.url();
		if (response.status() >= 400 && !expect.includes(response.status()))
			faults.push(`${response.status()}: ${url}`);
		if (!url.startsWith(BASE) && !url.startsWith('data:'))
			faults.push(`from elsewhere: ${url}`);
	});
	page.faults = faults;
	page.expect = expect;
	return page;
}

/* Chromium writes a line into the console for each answer of 400 and more, also those that are meant. */
export function isFlawless(page, what) {
	const faults = page.faults.filter((fault) => !(/^console: Failed to load resource.* status of (\d+)/.test(fault) &&
		page.expect.includes(Number(/status of (\d+)/.exec(fault)[1]))));

	assert.ok(faults.length === 0, `${what}: ${faults.join('\n')}`);
}

export async function fitsWidth(page, what) {
	const { inner, whole, wide } = await page.evaluate(() => ({ inner: document.documentElement.clientWidth,
		whole: document.documentElement.scrollWidth, wide: [...document.querySelectorAll('body *')].filter((e) =>
			e.getBoundingClientRect().right > document.documentElement.clientWidth + 1).slice(0, 3).map((e) => e.outerHTML.slice(0, 80)) }));

	assert.ok(whole <= inner, `${what} scrolls sideways: ${whole} > ${inner}: ${wide.join(' ')}`);
}

/* axe-core's verdict: nothing serious or critical. It runs beside the page's policy, not through it. */
export async function isAccessible(page, what) {
	await page.evaluate(AXE);
	/* colours that are still on their way from one theme to the other are nobody's */
	await page.evaluate(() => Promise.all(document.getAnimations().map((a) => a.finished.catch(() => {}))));
	const found = await page.evaluate(async () => {
		const { violations, passes } = await globalThis.axe.run(document, { resultTypes: ['violations'] });
		return { passes: passes.length, bad: violations.filter((v) => ['serious', 'critical'].includes(v.impact)).map((v) =>
			`${v.id} (${v.impact}): ${v.nodes.slice(0, 3).map((n) => `${n.target.join(' ')}: ${n.any.map((a) => a.message)[0] ?? ''}`).join('; ')}`) };
	});

	assert.ok(found.passes > 5, `${what}: axe looked at it`);
	assert.ok(found.bad.length === 0, `${what}: ${found.bad.join('\n')}`);
}

/* By the colour that is painted: it may be written in any of CSS's ways. */
export const isDark = (page) => page.evaluate(() => {
	const canvas = document.createElement('canvas').getContext('2d');
	canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
	canvas.fillRect(0, 0, 1, 1);
	const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data;
	return r + g + b < 300;
});

/* A picture of the whole page, for people to look at: into the folder SIGNET_SHOTS, if that is set. */
export async function shot(page, name) {
	if (process.env.SIGNET_SHOTS)
		await page.screenshot({ path: `${process.env.SIGNET_SHOTS}/${name.replace(/[^a-z0-9]+/gi, '-')}.png`, fullPage: true });
}
