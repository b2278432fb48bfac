#!/bin/sh
# Runs a check program and ends with the line "N passed, N failed", which the whole run adds up.
# Usage: run-check.sh PROGRAM [ARGUMENT...]
set -u
out=$(mktemp) || exit 1
trap 'rm -f "$out"' EXIT
"$@" >"$out" 2>&1
status=$?
cat "$out"
# check's own line is: "95%: Checks: 20, Failures: 1, Errors: 0"
awk -v status="$status" '
	/Checks: [0-9]+, Failures: [0-9]+, Errors: [0-9]+/ {
		line = $0
		gsub(/[^0-9 ]/, "", line)
		n = split(line, part, / +/)
		failed += part[n - 1] + part[n]
		total += part[n - 2]
		seen = 1
	}
	END {
		if (!seen) { total++; failed++ }
		printf "%d passed, %d failed\n", total - failed, failed
		exit !(failed == 0 && status == 0)
	}' "$out"
