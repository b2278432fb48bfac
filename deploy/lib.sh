# shellcheck shell=bash disable=SC2034
# lib.sh: what deploy/run and the tests share: packages, users, folders, the database, one HTTP request.
# Sourced; what is set here is used in the files that source it. ROOT is the clone; VAR the folder of one running instance; SPLIT=1 when every program has a
# Unix user of its own, which only root can arrange.

# Debian's user PATH lacks sbin, where mariadbd, nginx and useradd lie.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8

PACKAGES_BUILD=(gcc g++ libc6-dev make pkg-config libinih-dev libutf8proc-dev liburiparser-dev
	libsodium-dev libmariadb-dev libfcgi-dev libctemplate-dev libjansson-dev libseccomp-dev
	libyaml-dev libcurl4-openssl-dev)
PACKAGES_RUN=(mariadb-server-core mariadb-client-core nginx)
# gdb: the memory test takes a core dump of a web worker (gcore). python3-aiosmtpd: a mail server to send to.
# buildbot: a CI system whose step asks.
PACKAGES_TEST=(buildbot buildbot-worker check chromium curl gdb git openssl procps python3-aiosmtpd shellcheck)
PACKAGES_SCAN=(sqlmap wapiti)

say() { printf 'signet: %s\n' "$*"; }
die() { printf 'signet: %s\n' "$*" >&2; exit 1; }

# --- packages -----------------------------------------------------------------------------------

# Runs a command as root: sudo drops the environment, so variables go in by env.
as_root() {
	if ((EUID == 0)); then
		env "$@"
	elif command -v sudo >/dev/null; then
		sudo -n true 2>/dev/null || say "sudo may ask for your password, to install packages"
		sudo env "$@"
	else
		die "needs root or sudo for: $*"
	fi
}

packages_missing() {
	local have p
	# It fails when it does not know one of them, which is an answer, too.
	have=$'\n'$(dpkg-query -W -f='${db:Status-Abbrev}${Package}\n' "$@" 2>/dev/null || :)$'\n'
	for p in "$@"; do
		[[ $have == *$'\nii '"$p"$'\n'* ]] || echo "$p"
	done
}

# Debian starts a server when its package is installed; ours run privately, so it is told not to.
packages_quietly() {
	# shellcheck disable=SC2016  # the inner shell expands it
	as_root DEBIAN_FRONTEND=noninteractive sh -euc '
		policy=/usr/sbin/policy-rc.d fresh=
		command -v nginx >/dev/null || fresh=nginx
		if [ ! -e $policy ]; then
			trap "rm -f $policy" EXIT
			printf "#!/bin/sh\nexit 101\n" >$policy
			chmod 755 $policy
		fi
		apt-get -o DPkg::Lock::Timeout=120 update -q
		apt-get -o DPkg::Lock::Timeout=120 install -y -q --no-install-recommends "$@"
		if [ "$fresh" ] && [ -d /run/systemd/system ]; then systemctl disable -q nginx; fi
	' sh "$@"
}

# Installs what is missing of the Debian packages; says nothing when all are there.
packages_need() {
	local missing log
	mapfile -t missing < <(packages_missing "$@")
	((${#missing[@]})) || return 0
	say "installing ${#missing[@]} Debian packages: ${missing[*]}"
	log=$(mktemp)
	packages_quietly "${missing[@]}" >"$log" 2>&1 || {
		tail -20 "$log" >&2
		die "the packages could not be installed; the whole log is in $log"
	}
	rm -f "$log"
}

# Node is only needed to copy the front end into static/vendor/ and by tests: any version that is
# there will do, Debian's otherwise.
packages_need_node() {
	if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
		packages_need nodejs npm
	fi
}

# --- build --------------------------------------------------------------------------------------

# Calls the Makefile without what an outer make left in the environment (its job server is not ours).
remake() { env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make -s -C "$ROOT" BUILD="$BUILD" "$@"; }

build_all() {
	remake all -j2 || die "the build failed"
	if ! remake -q static 2>/dev/null; then
		packages_need_node
		remake static || die "static/vendor/ could not be made"
	fi
}

# --- where things lie ---------------------------------------------------------------------------

layout_clone() {
	case $BUILD in /*) BIN=$BUILD/bin ;; *) BIN=$ROOT/$BUILD/bin ;; esac
	TEMPLATES=$ROOT/templates TYPES=$ROOT/src/types SQL=$ROOT/sql STATIC=$ROOT/static
}

layout_installed() {
	local share=$1/usr/share/signet
	BIN=$1/usr/sbin TEMPLATES=$share/templates TYPES=$share/types SQL=$share/sql STATIC=$share/static
}

# --- users --------------------------------------------------------------------------------------

# With SPLIT the Unix user of a program has the name of its database account, since MariaDB 10.11
# lets a socket's peer in under its own name only. Without, all is the caller's.
users_choose() {
	local me
	me=$(id -un)
	if ((EUID == 0)); then
		SPLIT=1 USER_DB=signet_db USER_WEB=signet_web USER_VAULT=signet_vault USER_ADMIN=signet_admin
		USER_MAIL=signet_mail GROUP=signet USER_NGINX=www-data
	else
		SPLIT='' USER_DB=$me USER_WEB=$me USER_VAULT=$me USER_ADMIN=$me USER_MAIL=$me
		GROUP=$(id -gn) USER_NGINX=$me
	fi
}

users_make() {
	local u
	[[ $SPLIT ]] || return 0
	getent group signet >/dev/null || groupadd --system signet
	for u in "$USER_DB" "$USER_WEB" "$USER_VAULT" "$USER_MAIL" "$USER_ADMIN"; do
		id -u "$u" >/dev/null 2>&1 || useradd --system --user-group --no-create-home \
			--home-dir /nonexistent --shell /usr/sbin/nologin "$u"
	done
	for u in "$USER_WEB" "$USER_VAULT" "$USER_ADMIN"; do
		[[ " $(id -Gn "$u") " == *' signet '* ]] || usermod -aG signet "$u"
	done
}

# Sets AS to the words in front of a command that runs as the given user with a clean environment.
as_words() {
	local v
	AS=()
	[[ ! $SPLIT ]] ||
		AS=(setpriv --reuid "$1" --regid "$(id -g "$1")" --init-groups --no-new-privs)
	AS+=(env -i "PATH=$PATH" "LC_ALL=$LC_ALL" TZ=UTC)
	for v in ASAN_OPTIONS LSAN_OPTIONS UBSAN_OPTIONS; do
		[[ ! ${!v-} ]] || AS+=("$v=${!v}")
	done
}

as_user() {
	local AS
	as_words "$1"
	shift
	"${AS[@]}" "$@"
}

# True when the user can read everything under the paths. Not from a folder that the user cannot enter.
user_reads() {
	local u=$1 first
	shift
	first=$(cd / && as_user "$u" find -L "$@" ! -readable -print -quit 2>&1) && [[ ! $first ]]
}

# --- folders ------------------------------------------------------------------------------------

# install -d follows an existing folder, too: mode and owner are set again at every start.
folder() {
	local path=$1 mode=$2 owner=$3 group=$4
	if [[ $SPLIT ]]; then
		install -d -m "$mode" -o "$owner" -g "$group" "$path"
	else
		install -d -m "$mode" "$path"
	fi
}

paths_check() {
	local p
	for p in "$@"; do
		[[ $p =~ ^[A-Za-z0-9_./+@:,=~\ -]+$ ]] ||
			die "the path $p has characters that nginx or MariaDB would misread; use another folder"
	done
}

var_make() {
	local mark=$VAR/users was
	mkdir -p "$VAR" 2>/dev/null || die "cannot make the folder $VAR"
	chmod 755 "$VAR" 2>/dev/null || die "the folder $VAR is not yours; choose another VAR"
	as_user "$USER_DB" test -x "$VAR" ||
		die "the user $USER_DB cannot enter $VAR: choose a VAR in a folder that others may enter"
	was=$(cat "$mark" 2>/dev/null) || was=''
	[[ ! $was || $was == "$USER_DB" ]] ||
		die "$VAR was made for the user $was, not for $USER_DB; run as before, or choose another VAR"
	[[ $was ]] || echo "$USER_DB" >"$mark" || die "cannot write to $VAR"
}

# One instance a folder. The database inherits descriptor 9, so the lock lasts as long as it does.
var_lock() {
	exec 9>>"$VAR/lock" || die "cannot write to $VAR"
	flock -w 3 9 || die "$VAR is used by a running instance (process $(cat "$VAR/pid" 2>/dev/null)); choose another VAR"
	echo $$ >"$VAR/pid"
}

# RUN holds the sockets. A socket's path has at most 107 bytes, so a deep VAR gets a short folder.
run_make() {
	local LC_ALL=C
	run_remove
	RUN=$VAR/run
	if ((${#VAR} + 24 > 107)); then
		RUN=$(mktemp -d "$([[ -w /run ]] && echo /run || echo /tmp)/signet.XXXXXX")
		ln -s "$RUN" "$VAR/run"
	fi
	folder "$RUN" 755 root root
	folder "$RUN/db" 750 "$USER_DB" "$GROUP"
	folder "$RUN/vault" 2750 "$USER_VAULT" "$GROUP"
	folder "$RUN/mail" 2750 "$USER_MAIL" "$GROUP"
	folder "$RUN/web" 2750 "$USER_WEB" "$USER_NGINX"
	folder "$VAR/db-tmp" 700 "$USER_DB" "$USER_DB"
	folder "$VAR/log" 750 root root
	folder "$VAR/nginx" 755 root root
	folder "$VAR/audit" 2750 "$USER_VAULT" "$GROUP"
	folder "$VAR/admin" 700 "$USER_ADMIN" "$GROUP"
	[[ -e $VAR/keys/vault.key ]] || folder "$VAR/keys" 755 "$USER_ADMIN" "$GROUP"
	SOCKET_DB=$RUN/db/mariadb.sock SOCKET_VAULT=$RUN/vault/vault.sock SOCKET_MAIL=$RUN/mail/mail.sock
	SOCKET_WEB=$RUN/web/web.sock SOCKET_LOGIN=$RUN/web/login.sock
}

run_remove() {
	[[ ! -L $VAR/run ]] || rm -rf --one-file-system "$(readlink "$VAR/run")"
	rm -rf --one-file-system "$VAR/run"
}

# render FILE.in KEY=VALUE...: the file with each @KEY@ replaced, on standard output.
render() {
	local text kv
	text=$(<"$1")
	shift
	for kv in "$@"; do
		text=${text//"@${kv%%=*}@"/"${kv#*=}"}
	done
	printf '%s\n' "$text"
}

# --- configuration ------------------------------------------------------------------------------

config_write() {
	local hosts="127.0.0.1:$PORT localhost:$PORT" web='' vault='' admin=''
	if [[ ! $SPLIT ]]; then
		web="password_file = $VAR/keys/web.password" vault="password_file = $VAR/keys/vault.password"
		admin="password_file = $VAR/keys/admin.password"
	fi
	render "$ROOT/deploy/signet.conf.in" "HOSTS=$hosts" SECURE=no "DB_SOCKET=$SOCKET_DB" \
		"WEB_SOCKET=$SOCKET_WEB" "LOGIN_SOCKET=$SOCKET_LOGIN" "VAULT_SOCKET=$SOCKET_VAULT" \
		"WORKERS=${SIGNET_WORKERS:-4}" "RECYCLE=${SIGNET_RECYCLE:-10000}" \
		"TEMPLATES=$TEMPLATES" "TYPES=$TYPES" "SQL=$SQL" \
		"SIGN_INS=$VAR/admin/sign-ins" "PUBLIC_KEY=$VAR/keys/public.key" "SECRET_KEY=$VAR/keys/vault.key" \
		"AUDIT_LOG=$VAR/audit" "SIGN_EVERY=${SIGNET_SIGN_EVERY:-60}" "GUESSES=${SIGNET_GUESSES:-100}" \
		"MAIL_SOCKET=$SOCKET_MAIL" "SMTP_URL=${SIGNET_SMTP_URL-}" "MAIL_FROM=${SIGNET_MAIL_FROM:-signet@localhost}" \
		"SMTP_TLS=${SIGNET_SMTP_TLS:-required}" \
		"WEB_USER=$USER_WEB" "ADMIN_USER=$USER_ADMIN" "GROUP=$GROUP" \
		"WEB_PASSWORD=$web" "VAULT_PASSWORD=$vault" "ADMIN_PASSWORD=$admin" >"$VAR/signet.conf"
	chmod 644 "$VAR/signet.conf"
}

nginx_write() {
	local dir=$VAR/nginx f values
	values=("WEB_SOCKET=$SOCKET_WEB" "LOGIN_SOCKET=$SOCKET_LOGIN" "STATIC=$STATIC" "VAR=$VAR" "PORT=$PORT"
		"LOGIN_RATE=${SIGNET_LOGIN_RATE:-60r/m}" "USER=${SPLIT:+user www-data;}")
	for f in http.conf locations.conf nginx.conf; do
		render "$ROOT/deploy/nginx/$f.in" "${values[@]}" >"$dir/$f"
	done
}

admin() { as_user "$USER_ADMIN" "$BIN/signet-admin" --config "$VAR/signet.conf" "$@"; }

# signet-admin makes the pair, in a folder of its own; then the secret half becomes the vault's and the
# folder nobody's, so that no program can put another key there. A second time it changes nothing.
keys_make() {
	local secret=$VAR/keys/vault.key
	admin keys init
	if [[ $SPLIT ]]; then
		chown root:root "$VAR/keys" "$VAR/keys/public.key"
		chown "$USER_VAULT:$USER_VAULT" "$secret"
	fi
}

# --- the database -------------------------------------------------------------------------------

DB_OPTIONS=(--no-defaults --skip-networking --skip-name-resolve --skip-log-bin --performance-schema=OFF
	--character-set-server=utf8mb4 --collation-server=utf8mb4_bin --default-time-zone=+00:00
	"--sql-mode=STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO" --local-infile=OFF
	--innodb-log-file-size=32M --innodb-adaptive-hash-index=ON --max-connections=100)

# The data folder appears under its name only when it is whole.
db_make() {
	local new=$VAR/db.new
	[[ ! -d $VAR/db ]] || return 0
	rm -rf --one-file-system "$new"
	folder "$new" 700 "$USER_DB" "$USER_DB"
	(cd / && as_user "$USER_DB" mariadb-install-db --no-defaults --datadir="$new" --tmpdir="$VAR/db-tmp" --skip-test-db \
		--auth-root-authentication-method=socket --auth-root-socket-user="$USER_DB" \
		--skip-name-resolve --innodb-log-file-size=32M) >"$VAR/log/mariadb-install.log" 2>&1 || {
		tail -5 "$VAR/log/mariadb-install.log" >&2
		die "the database could not be made"
	}
	mv "$new" "$VAR/db"
}

random_word() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

# How one account signs in: as the Unix user of its name, or where there is only one user, by a
# password of its own; the throwaway database of the tests takes anybody who reaches its socket.
db_account() {
	local name=$1 file=$VAR/keys/$2.password
	if [[ ${TEST_DB-} ]]; then
		echo "ALTER USER $name@localhost IDENTIFIED BY '';"
	elif [[ $SPLIT ]]; then
		echo "ALTER USER $name@localhost IDENTIFIED VIA unix_socket;"
	else
		[[ -s $file ]] || (umask 077 && random_word >"$file")
		echo "ALTER USER $name@localhost IDENTIFIED BY '$(<"$file")';"
	fi
}

# What MariaDB runs at every start, before it lets anybody in.
db_init_write() {
	local file=$VAR/db/init.sql
	(
		umask 077
		{
			cat "$ROOT/deploy/database.sql"
			echo "DROP USER IF EXISTS ''@localhost;"
			echo "DROP USER IF EXISTS ''@'$(uname -n)';"
			db_account signet_web web
			db_account signet_vault vault
			db_account signet_admin admin
			if [[ ${SIGNET_TEST-} ]]; then
				echo "CREATE USER IF NOT EXISTS signet_test@localhost IDENTIFIED BY '';"
				echo "GRANT ALL PRIVILEGES ON *.* TO signet_test@localhost;"
			fi
		} >"$file"
	)
	[[ ! $SPLIT ]] || chown "$USER_DB" "$file"
}

# DB_CLIENT: how the mariadb client signs in as signet_admin; a password stays out of its arguments.
db_client_set() {
	local file=$VAR/keys/admin.cnf
	DB_CLIENT=(--no-defaults)
	[[ $SPLIT || ${TEST_DB-} ]] && return 0
	(umask 077 && printf '[client]\npassword=%s\n' "$(<"$VAR/keys/admin.password")" >"$file")
	DB_CLIENT=("--defaults-file=$file")
}

db_answers() {
	as_user "$USER_ADMIN" mariadb "${DB_CLIENT[@]}" -S "$SOCKET_DB" -u signet_admin -e 'DO 1' signet \
		>/dev/null 2>&1
}

# --- one HTTP request ---------------------------------------------------------------------------

port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# The status of GET path on our port; nothing when nobody answers.
http_status() {
	(
		exec 3<>"/dev/tcp/127.0.0.1/$PORT" || exit 1
		printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1:%s\r\n\r\n' "$1" "$PORT" >&3
		read -r -t 10 _ status _ <&3
		echo "$status"
	) 2>/dev/null
}
