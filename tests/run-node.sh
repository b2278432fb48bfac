#!/bin/bash
# run-node.sh: runs tests/KIND/*.test.mjs one file after the other (they share one Signet, and some kill
# its processes), and ends with the line "N passed, N failed". Usage: run-node.sh flow|browser [FILE...]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
kind=$1
shift
files=("$@")
(($#)) || for file in "$kind"/*.test.mjs; do [[ ! -e $file ]] || files+=("$file"); done

# npm's packages, once for each lock file; two may run at a time.
(
	flock 9
	if [[ ! node_modules/.made -nt package-lock.json ]]; then
		npm ci --ignore-scripts --no-audit --no-fund >&2
		touch node_modules/.made
	fi
) 9<.

passed=0 failed=0
tap=$(mktemp)
trap 'rm -f "$tap"' EXIT
count() { sed -n "s/^# $1 \([0-9]*\)$/\1/p" "$tap" | tail -n 1; }
((${#files[@]})) || { echo "no tests in tests/$kind"; failed=1; }
for file in "${files[@]}"; do
	status=0
	echo "$file"
	: >"$tap"
	timeout 900 node --test --test-reporter=spec --test-reporter-destination=stdout \
		--test-reporter=tap --test-reporter-destination="$tap" "$file" || status=$?
	good=$(count pass) bad=$(($(count fail || :) + $(count cancelled || :)))
	# A file that ends badly, or has no test, is a failure even when no test in it says so.
	if ((bad == 0 && (status != 0 || ${good:-0} == 0))); then bad=1; fi
	passed=$((passed + ${good:-0})) failed=$((failed + bad))
done
echo "$passed passed, $failed failed"
((failed == 0))
