/* statements.mjs: which statements signet-web sends to the database while something is done: answers that
 * take the same statements take the same time, whatever the machine does meanwhile. */
import { config, sql } from './stack.mjs';

/* A connection's own words, and what is due once a minute, depend on when one asks; the navigation's
 * subscriptions, which each worker keeps until somebody's roles change, on which worker answers. */
const BESIDE = /^(SET SESSION|UPDATE (session|access_token) SET seen_at|SELECT sr\.account_id)/;

/* Literals are left out: two ids are one kind of statement. */
const kindOf = (text) => text.replace(/'(?:[^'\\]|\\.|'')*'/gs, '?').replace(/\b\d+\b/g, '?').replace(/\s+/g, ' ');

/* [what `act` answered, the statements it took]. Nothing else may ask meanwhile. */
export async function statementsOf(act) {
	sql(`SET GLOBAL log_output = 'TABLE'; TRUNCATE mysql.general_log; SET GLOBAL general_log = 1`);
	try {
		const answer = await act();
		sql('SET GLOBAL general_log = 0');
		return [answer, sql(`SELECT HEX(argument) FROM mysql.general_log WHERE command_type IN ('Query', 'Execute')
			AND user_host LIKE '${config.web.user}[%'`)
			.map(([hex]) => Buffer.from(hex, 'hex').toString('latin1'))
			.filter((text) => !BESIDE.test(text)).map(kindOf)];
	} finally {
		sql(`SET GLOBAL general_log = 0; TRUNCATE mysql.general_log; SET GLOBAL log_output = 'FILE'`);
	}
}
