#!/bin/bash
# layers.sh: the walls of the house, checked by nm on what was built and by what the files include.
# Usage: layers.sh [BUILD]; ends with "N passed, N failed".
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
BUILD=${1:-build}
passed=0 failed=0

ok() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); printf 'layers: %s\n' "$*"; }

# --- libraries: symbols | archives that may need them; everybody else may not ---------------------
# A rule also fails when none of its archives needs the symbols: then it would check nothing.

LIBRARIES='
^(crypto_|sodium_|randombytes)      | seal seal_open seal_sign seal_pwhash seal_keygen
^crypto_box_seal_open               | seal_open
^crypto_pwhash                      | seal_pwhash
^crypto_kdf_                        | seal_open
^crypto_sign_(detached|seed_keypair|keypair) | seal_sign
^crypto_sign_verify_detached        | seal
^crypto_box_(seed_)?keypair         | seal_keygen
^mysql_                             | store
^FCGX_|^OS_                         | http
^_ZN.*9ctemplate                    | view
^ini_parse                          | base types
^seccomp_                           | vault
^utf8proc_                          | core
^uri[A-Z].*A$                       | core
^yaml_                              | ref
^json_                              | client view http
^curl_                              | mail
^dlopen$                            | client
'

# --- what must not be in a program at all: neither its own nor asked of a library ------------------

PROGRAMS='
signet-web   | ^crypto_sign_(detached|seed)|^sign_key_|^open_key_|^crypto_kdf                         | signs or derives keys
signet-web   | ^crypto_box_seal_open|^seal_open|^crypto_pwhash|^pwhash_|^crypto_box_(seed_)?keypair|^keygen_ | opens, hashes or makes keys
signet-web   | ^seccomp_|^vault_(master|worker|serve)                                                      | holds parts of the vault
signet-web   | ^curl_|^ssh_|^getaddrinfo|^gethostby                                                        | speaks to the network
signet-web   | ^exec[lv]|^system$|^popen$|^posix_spawn                                                     | starts programs
signet-vault | ^FCGX_|^fcgi_|^form_|^route_|^dispatch                                                      | speaks HTTP
signet-vault | 9ctemplate|^tpl_|^view_|^page_|^json_                                                       | makes pages
signet-vault | ^curl_|^ssh_|^getaddrinfo|^gethostby                                                        | speaks to the network
signet-vault | ^exec[lv]|^system$|^popen$|^posix_spawn                                                     | starts programs
signet-vault | ^types_read|^keygen_                                                                        | reads types or makes keys
signet-mail  | ^mysql_|^store_|^db_                                                                        | knows the database
signet-mail  | ^crypto_|^sodium_|^seal_|^open_key_|^sign_key_|^pwhash_|^vault_                             | holds keys or parts of the vault
signet-mail  | ^FCGX_|^fcgi_|^form_|^route_|^dispatch|9ctemplate|^tpl_|^view_|^page_|^json_                | speaks HTTP or makes pages
signet-mail  | ^ssh_|^exec[lv]|^system$|^popen$|^posix_spawn                                               | starts programs
signet-admin | ^crypto_box_seal_open|^seal_open|^crypto_pwhash|^pwhash_                                    | opens or hashes
signet-admin | ^crypto_sign_(detached|seed)|^sign_key_|^open_key_|^crypto_kdf                         | signs or derives keys
signet-admin | ^FCGX_|9ctemplate|^seccomp_|^curl_|^ssh_                                                    | holds parts of other programs
signet       | ^curl_|^ssh_|^getaddrinfo|^gethostby                                                        | loads at each start what only lint needs
signet       | ^mysql_|^FCGX_|9ctemplate|^seccomp_|^crypto_box_seal_open|^store_|^vault_(master|worker|serve)      | holds parts of other programs
'

# Proof that nm sees something in each program: symbols that must be there.
PRESENT='
signet-web   | ^crypto_box_seal$
signet-web   | ^FCGX_Accept_r
signet-vault | ^crypto_box_seal_open
signet-vault | ^crypto_pwhash
signet-vault | ^seccomp_load
signet-vault | ^crypto_sign_detached
signet-mail  | ^curl_easy_perform
signet-admin | ^crypto_sign_verify_detached
signet-admin | ^crypto_box_(seed_)?keypair
signet-admin | ^mysql_
signet       | ^yaml_parser_parse
signet       | ^dlopen
'

# --- includes: folder | folders whose headers it may include ---------------------------------------

INCLUDES='
base  |
core  | base
types | base core
ref   | base
client | base ref proto
seal  | base
store | base core
http  | base
view  | base core
proto | base
vault | base core store seal proto
mail  | base proto
page  | base core types ref store http view seal proto
'

archive_symbols() { nm -u "$BUILD/lib$1.a" 2>/dev/null | sed -n 's/^ *U //p' | sed 's/@.*//' | sort -u; }
program_symbols() { nm "$BUILD/bin/$1" | sed 's/^[0-9a-f]* *[A-Za-z] //; s/^ *[UwW] //; s/@.*//' | sort -u; }

# rows TABLE: its lines with the blanks around | taken away.
rows() { sed -e '/^ *$/d' -e 's/ *| */|/g' -e 's/ *$//' <<<"$1"; }

libraries_check() {
	local archive pattern may used found tmp=$1
	for archive in "$BUILD"/lib*.a; do
		archive=${archive##*/lib}
		archive_symbols "${archive%.a}" >"$tmp/${archive%.a}"
	done
	while read -r line; do
		# the pattern itself may hold a |, the names after the last one may not
		pattern=${line%|*} may=" ${line##*|} " used=''
		for archive in "$tmp"/*; do
			found=$(grep -E -m 3 "$pattern" "$archive" | tr '\n' ' ')
			archive=${archive##*/}
			[[ $found ]] || continue
			if [[ $may == *" $archive "* ]]; then used=1; else
				bad "lib$archive.a needs $found; only$may may"
				continue
			fi
		done
		if [[ $used ]]; then ok; else bad "no archive needs $pattern: the rule checks nothing"; fi
	done < <(rows "$LIBRARIES")
}

# FastCGI's library, the template library and libcurl have one file each that knows them.
one_file_check() {
	local found
	found=$(nm -A -u "$BUILD/libhttp.a" | grep ' U FCGX_' | cut -d: -f2 | sort -u | tr '\n' ' ')
	if [[ $found == 'fcgi.o ' ]]; then ok; else bad "FCGX_ is known to more than fcgi.o: $found"; fi
	found=$(nm -A -u "$BUILD/libview.a" | grep '9ctemplate' | cut -d: -f2 | sort -u | tr '\n' ' ')
	if [[ $found == 'tpl.o ' ]]; then ok; else bad "ctemplate is known to more than tpl.o: $found"; fi
	found=$(nm -A -u "$BUILD/libmail.a" | grep ' U curl_' | cut -d: -f2 | sort -u | tr '\n' ' ')
	if [[ $found == 'smtp.o ' ]]; then ok; else bad "libcurl is known to more than smtp.o: $found"; fi
	found=$(grep -l '#include <curl/' src/*/*.[ch] | tr '\n' ' ')
	if [[ $found == 'src/client/ask.c src/mail/smtp.c ' ]]; then ok; else bad "curl.h is known to: $found"; fi
}

programs_check() {
	local line program pattern why found
	while read -r line; do
		program=${line%%|*} why=${line##*|}
		pattern=${line#*|} pattern=${pattern%|*}
		found=$(program_symbols "$program" | grep -E -m 5 "$pattern" | tr '\n' ' ')
		if [[ $found ]]; then bad "$program $why: $found"; else ok; fi
	done < <(rows "$PROGRAMS")
	while read -r line; do
		# not grep -q: it would end before nm has written all, which then fails the pipe
		if program_symbols "${line%%|*}" | grep -E "${line#*|}" >/dev/null; then ok; else
			bad "${line%%|*} has no ${line#*|}: nm does not see what it should"
		fi
	done < <(rows "$PRESENT")
}

includes_check() {
	local folder may found
	while IFS='|' read -r folder may; do
		[[ -d src/$folder ]] || { bad "no folder src/$folder"; continue; }
		found=$(grep -HoE '^#include "[a-z_]+/' "src/$folder"/*.{c,cc,h} 2>/dev/null |
			sed 's/^\(.*\):#include "\(.*\)\/$/\2 \1/' |
			while read -r other file; do
				[[ " $folder $may " == *" $other "* ]] || echo "$file includes $other/;"
			done | sort -u | tr '\n' ' ')
		if [[ $found ]]; then bad "$found"; else ok; fi
	done < <(rows "$INCLUDES")
	for folder in src/*/; do
		folder=${folder#src/} folder=${folder%/}
		[[ $folder == bin ]] || rows "$INCLUDES" | grep "^$folder|" >/dev/null || bad "src/$folder is in no row of INCLUDES"
	done
}

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
libraries_check "$tmp"
one_file_check
programs_check
includes_check
echo "$passed passed, $failed failed"
((failed == 0))
