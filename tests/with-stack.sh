#!/bin/bash
# with-stack.sh: runs a command against a Signet of its own in a temporary folder, then removes it.
# Usage: with-stack.sh [--only-db] COMMAND...
# The command finds SIGNET_URL, SIGNET_VAR, SIGNET_BIN, SIGNET_CONFIG, SIGNET_DB_USER, SIGNET_TEST_SOCKET,
# SIGNET_TEST_DB. With --only-db there is MariaDB with the schema alone, and its accounts have no password.
# SIGNET_KEEP=1 keeps the folder.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
only=()
if [[ $1 == --only-db ]]; then
	only=(--only-db)
	shift
fi

free_port() {
	local port
	while port=$((20000 + RANDOM % 12000)); (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
	echo "$port"
}

dir=$(mktemp -d /tmp/signet-test.XXXXXX)
finish() {
	local status=$?
	trap '' INT TERM
	trap - EXIT
	if ! "$HERE/stack.sh" down "$dir"; then
		echo "a program crashed, or a sanitizer complained (above)"
		echo "0 passed, 1 failed"
		status=1
	fi
	if [[ ${SIGNET_KEEP-} ]]; then
		echo "kept: $dir"
	else
		rm -rf --one-file-system "$dir"
	fi
	exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

port=$(free_port)
# Nobody listens there until a test does.
SIGNET_SMTP_URL=smtp://127.0.0.1:$(free_port)
export SIGNET_SMTP_URL SIGNET_SMTP_TLS=none
"$HERE/stack.sh" up "$dir" "$port" "${only[@]}" || { echo "0 passed, 1 failed"; exit 1; }
export SIGNET_URL=http://127.0.0.1:$port SIGNET_VAR=$dir SIGNET_BIN=$dir/bin SIGNET_CONFIG=$dir/signet.conf
export SIGNET_DB_USER=signet_test SIGNET_TEST_SOCKET=$dir/run/db/mariadb.sock SIGNET_TEST_DB=signet
"$@"
