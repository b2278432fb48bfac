/* acts_workflow.mjs: removing the workflow files of projects. See acts.mjs. */
import { sql } from './stack.mjs';
import { as } from './client.mjs';
import { newName, projectId } from './integration.mjs';

const TEXT = 'jobs:\n  - {name: build, type: runSh, integrations: [docker hub, flow none]}\n';

async function sent() {
	const name = newName('project '), admin = await as('admin');

	await admin.post('/s/acme/projects/new', { name });
	const id = projectId('acme', name);
	await admin.post(`/s/acme/projects/${id}/workflow`, { path: 'a.yml', text: TEXT });
	return { id, name };
}
const said = ({ id }, files, references) => ({ fields: { project: id, files, references }, body: { projects: [Number(id)], files, references } });

export const WORKFLOW_ACTS = [{
	page: 'POST /s/:sub/workflow/remove', api: 'POST /api/v1/s/:sub/workflow/remove',
	thing: sent,
	good: (thing) => said(thing, 1, 2),
	bad: [
		(thing) => said(thing, 1, 3),
		(thing) => said(thing, 2, 2),
		() => said({ id: 999999999 }, 0, 0),
		() => ({ fields: { files: 0, references: 0 }, body: { files: 0, references: 0 } }),
		() => ({ fields: { project: 'x', files: 0, references: 0 }, body: { projects: ['x'], files: 0, references: 0 } }),
	],
	state: ({ id }) => [sql(`SELECT path FROM workflow_file WHERE project_id = ${id}`), sql(`SELECT name FROM reference WHERE project_id = ${id}`)],
}];
