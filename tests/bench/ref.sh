#!/bin/sh
# Speed of signet refs: all files of the corpus (or, without one, our own, six times) in one call,
# beside libyaml's bare events; memory; and whether ten times the file takes ten times as long.
# Prints "N passed, N failed".
set -u
BUILD=${BUILD:-build}
LC_ALL=C
export LC_ALL
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

# pair LIST PROGRAM LIST PROGRAM: the shortest time of each over the files of its list, in
# microseconds. They take turns, since others may share the machine.
pair() {
	node -e '
		const { spawnSync } = require("node:child_process")
		const { readFileSync } = require("node:fs")
		const argv = process.argv.slice(1)
		const calls = [0, 2].map((k) => [...argv[k + 1].split(" "),
			...readFileSync(argv[k], "utf8").trimEnd().split("\n")])
		const best = [Infinity, Infinity]
		for (let k = 0; k < 60; k++) {
			const start = process.hrtime.bigint()
			spawnSync(calls[k % 2][0], calls[k % 2].slice(1), { stdio: "ignore" })
			best[k % 2] = Math.min(best[k % 2], Number(process.hrtime.bigint() - start) / 1000)
		}
		console.log(best.map(Math.round).join(" "))' "$@"
}

# judge NAME VALUE LIMIT UNIT
judge() {
	if awk "BEGIN { exit !($2 <= $3) }"; then
		passed=$((passed + 1)) word=ok
	else
		failed=$((failed + 1)) word=TOO-MUCH
	fi
	echo "$1: $2 $4 (at most $3): $word"
}

# a workflow of N resources and N jobs, a tenth of them with an alias
workflow() {
	awk -v n="$1" 'BEGIN {
		print "x: &name team-docker\nresources:"
		for (k = 0; k < n; k++)
			printf "  - name: r%d\n    type: image\n    integration: %s\n" \
				"    versionTemplate: {sourceName: \"acme/app\", branch: master}\n",
				k, k % 10 ? "docker-" k : "*name"
		print "jobs:"
		for (k = 0; k < n; k++)
			printf "  - name: j%d\n    type: runSh\n    integrations: [a, b%d]\n    steps:\n" \
				"      - IN: r%d\n      - TASK:\n        - script: |\n" \
				"            echo one\n            echo two\n", k, k, k
	}'
}

if [ -d ../shared/corpus ]; then
	find ../shared/corpus -name '*.y*ml' | sort >"$work/list"
else
	for k in 1 2 3 4 5 6; do ls tests/ref/files/*; done >"$work/list"
fi
set -- $(pair "$work/list" "$BUILD/bin/signet refs" "$work/list" "$BUILD/bin/yaml-events")
echo "$(wc -l <"$work/list") files: signet refs $1 us, bare libyaml $2 us"
judge "against bare libyaml" "$(awk "BEGIN { printf \"%.2f\", $1 / $2 }")" 1.5 times

# the kernel's own count of the process, asked for by its parent
kib=$(xargs /usr/bin/time -f 'KiB %M' "$BUILD/bin/signet" refs <"$work/list" 2>&1 >/dev/null |
	awk '/^KiB/ { print $2 }')
judge "memory" "$kib" 20480 KiB

workflow 300 >"$work/one.yml"
workflow 3000 >"$work/ten.yml"
echo "$work/one.yml" >"$work/one"
echo "$work/ten.yml" >"$work/ten"
set -- $(pair "$work/one" "$BUILD/bin/signet refs" "$work/ten" "$BUILD/bin/signet refs")
echo "$(wc -c <"$work/one.yml") bytes $1 us, $(wc -c <"$work/ten.yml") bytes $2 us"
judge "ten times the file" "$(awk "BEGIN { printf \"%.2f\", $2 / $1 }")" 12 "times the time"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
