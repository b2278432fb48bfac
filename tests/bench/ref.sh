#!/bin/bash
# Speed of signet refs: all files of the corpus (or, without one, our own, forty times) in one call,
# beside libyaml's bare events; memory; and whether ten times the file takes ten times as long.
# Prints "N passed, N failed".
set -u
BUILD=${BUILD:-build}
LC_ALL=C
export LC_ALL
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

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
	for _ in {1..40}; do printf '%s\n' tests/ref/files/*; done >"$work/list"
fi
read -r refs kib bare _ < <("$BUILD/bin/pair" "$work/list" "$BUILD/bin/signet refs" \
	"$work/list" "$BUILD/bin/yaml-events")
echo "$(wc -l <"$work/list") files: signet refs $refs us, bare libyaml $bare us of processor time"
judge "against bare libyaml" "$(awk "BEGIN { printf \"%.2f\", $refs / $bare }")" 1.5 times
judge "memory" "$kib" 20480 KiB

workflow 300 >"$work/one.yml"
workflow 3000 >"$work/ten.yml"
echo "$work/one.yml" >"$work/one"
echo "$work/ten.yml" >"$work/ten"
read -r one _ ten _ < <("$BUILD/bin/pair" "$work/one" "$BUILD/bin/signet refs" \
	"$work/ten" "$BUILD/bin/signet refs")
echo "$(wc -c <"$work/one.yml") bytes $one us, $(wc -c <"$work/ten.yml") bytes $ten us"
judge "ten times the file" "$(awk "BEGIN { printf \"%.2f\", $ten / $one }")" 12 "times the time"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
