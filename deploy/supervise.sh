# shellcheck shell=bash
# supervise.sh: starts Signet's processes, restarts one that dies, stops them in order. Sourced by run.
# Each child has a session of its own, so Ctrl-C reaches this script alone and the order of the end is
# ours; and it is told to end when this script dies (pdeathsig), so nothing survives a kill -9 either.

ORDER_STOP=(nginx web mail vault mariadb)
declare -A CHILD=() STARTED=() DELAY=() DUE=()
RUNNING=''  # set when all is up: from then on a child that dies is restarted, before it is a failure

# Sets COMMAND and OWNER of a child.
command_of() {
	case $1 in
	mariadb)
		OWNER=$USER_DB
		# A tmpdir of its own: a server that starts removes what it finds there of temporary tables.
		COMMAND=(mariadbd "${DB_OPTIONS[@]}" --datadir="$VAR/db" --tmpdir="$VAR/db-tmp" --socket="$SOCKET_DB"
			--pid-file="$VAR/db/mariadb.pid" --init-file="$VAR/db/init.sql"
			--innodb-buffer-pool-size="${SIGNET_DB_POOL:-128M}")
		# Tests may lose their data: no wait for the disk.
		[[ ! ${SIGNET_TEST-}${TEST_DB-} ]] || COMMAND+=(--innodb-flush-log-at-trx-commit=0)
		;;
	vault) OWNER=$USER_VAULT COMMAND=("$BIN/signet-vault" --config "$VAR/signet.conf") ;;
	mail) OWNER=$USER_MAIL COMMAND=("$BIN/signet-mail" --config "$VAR/signet.conf") ;;
	web) OWNER=$USER_WEB COMMAND=("$BIN/signet-web" --config "$VAR/signet.conf") ;;
	nginx) OWNER='' COMMAND=(nginx -p "$VAR/nginx" -e "$VAR/log/nginx.log" -c "$VAR/nginx/nginx.conf") ;;
	esac
}

spawn() {
	local name=$1 log=$VAR/log/$1.log AS=() COMMAND OWNER keep=9
	command_of "$name"
	[[ ! $OWNER ]] || as_words "$OWNER"
	[[ ! -e $log || $(stat -c %s "$log") -lt 10000000 ]] || mv "$log" "$log.1"
	# Only the database holds the lock on VAR: it may still be writing when this script is gone.
	[[ $name == mariadb ]] || keep=''
	(
		[[ $keep ]] || exec 9>&-
		umask 027
		trap - EXIT INT TERM HUP
		exec setsid "${AS[@]}" setpriv --pdeathsig TERM "${COMMAND[@]}"
	) >>"$log" 2>&1 </dev/null &
	CHILD[$name]=$!
	disown "$!"  # or bash would print its own lines about a child's death
	STARTED[$name]=$SECONDS
	echo "$!" >"$VAR/run/$name.pid"
}

alive() { [[ ${CHILD[$1]-} ]] && kill -0 "${CHILD[$1]}" 2>/dev/null; }

# failed MESSAGE [LOG]: shows the end of a log and gives up; the EXIT trap stops what runs.
failed() {
	local log=$VAR/log/${2:-none}.log
	if [[ -s $log ]]; then
		printf 'signet: %s ends with\n' "$log" >&2
		tail -n 10 "$log" | sed 's/^/    /' >&2
	fi
	die "$1"
}

# await SECONDS CHILD MESSAGE COMMAND...: until COMMAND succeeds; CHILD's log tells why not. A child that dies meanwhile is the reason.
await() {
	local end=$((SECONDS + $1)) child=$2 message=$3 name
	shift 3
	until "$@"; do
		for name in "${!CHILD[@]}"; do
			alive "$name" || failed "$name ended" "$name"
		done
		((SECONDS < end)) || failed "$message in time" "$child"
		sleep .05
	done
}

# Restarts a child that died: at once when it had lived for a minute, else after 1, 2, 4 ... 30 s.
revive() {
	local name=$1
	if [[ ! ${DUE[$name]-} ]]; then
		kill -KILL -- "-${CHILD[$name]}" 2>/dev/null || :  # what it left of its own
		if ((SECONDS - STARTED[$name] >= 60)); then DELAY[$name]=0; fi
		DUE[$name]=$((SECONDS + ${DELAY[$name]:-0}))
		say "$name died; it is started again in ${DELAY[$name]:-0} s (log: $VAR/log/$name.log)" >&2
	fi
	((SECONDS >= DUE[$name])) || return 0
	DELAY[$name]=$((${DELAY[$name]:-0} * 2))
	((DELAY[$name] > 0)) || DELAY[$name]=1
	((DELAY[$name] <= 30)) || DELAY[$name]=30
	DUE[$name]=''
	spawn "$name"
}

supervise() {
	local name
	while :; do
		for name in "${!CHILD[@]}"; do
			alive "$name" || revive "$name"
		done
		sleep .5 9>&- &
		wait "$!" || :  # not `sleep` in the foreground, which a signal to us would have to wait for
	done
}

# TERM, then KILL after 10 s; whatever the child left in its session goes, too.
stop_one() {
	local pid=${CHILD[$1]-} end=$((SECONDS + 10))
	[[ $pid ]] || return 0
	kill -TERM "$pid" 2>/dev/null || :
	while kill -0 "$pid" 2>/dev/null; do
		if ((SECONDS >= end)); then
			say "$1 did not end in time and is killed" >&2
			break
		fi
		sleep .05
	done
	kill -KILL -- "-$pid" 2>/dev/null || :
	unset "CHILD[$1]"
}

stop_all() {
	local name
	trap '' INT TERM HUP
	trap - EXIT
	[[ ! $RUNNING ]] || say "stopping"
	for name in "${ORDER_STOP[@]}"; do
		stop_one "$name"
	done
	run_remove
	rm -f "$VAR/ready" "$VAR/pid"
}
