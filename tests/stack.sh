#!/bin/bash
# stack.sh: a whole Signet for tests, by the same script that `make run` uses.
#   stack.sh up DIR PORT [--only-db]   starts it in the background and waits until it serves
#   stack.sh down DIR                  stops it; fails when a sanitizer or a crash left its mark in the logs
# BUILD chooses the programs, which must be built. DIR is its VAR: logs in DIR/log, sign-ins in DIR/sign-in,
# programs in DIR/bin. signet_test may do everything in its database, without a password.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)

up() {
	local dir=$1 port=$2 pid end
	shift 2
	mkdir -p "$dir"
	rm -f "$dir/ready"
	SIGNET_TEST=1 SIGNET_SIGN_EVERY=1 SIGNET_GUESSES=${SIGNET_GUESSES:-1000000} SIGNET_LOGIN_RATE=${SIGNET_LOGIN_RATE:-6000r/m} PORT=$port VAR=$dir \
		setsid "$HERE/../deploy/run" --built "$@" >"$dir/run.log" 2>&1 </dev/null &
	pid=$!
	end=$((SECONDS + 120))
	until [[ -e $dir/ready ]]; do
		kill -0 "$pid" 2>/dev/null || { cat "$dir/run.log" >&2; return 1; }
		((SECONDS < end)) || { kill "$pid"; cat "$dir/run.log" >&2; return 1; }
		sleep .1
	done
	# The name under which the flow tests look for the passwords.
	[[ ! -e $dir/sign-in ]] || ln -sfn sign-in "$dir/demo-sign-ins"
}

down() {
	local dir=$1 pid
	pid=$(cat "$dir/pid" 2>/dev/null) || return 0
	kill -TERM "$pid" 2>/dev/null || :
	while kill -0 "$pid" 2>/dev/null; do sleep .05; done
	if grep -HE 'ERROR: (Address|Leak|Undefined)[A-Za-z]*Sanitizer|runtime error:|ended by signal (4|6|7|8|11|31)$' \
		"$dir"/log/*.log; then
		return 1
	fi
}

case ${1-} in
up | down) "$@" ;;
*) sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
esac
