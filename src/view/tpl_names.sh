#!/bin/sh
# Makes tpl_names.h: the templates' files and the names in them as two X-macros, from which tpl.h makes
# C constants. Fails when a template's syntax is bad or auto-escaping cannot follow it.
# Usage: tpl_names.sh OUT TEMPLATE...
set -eu
out=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for tpl in "$@"; do
	# The tool takes a relative name from the template folder it is told.
	if ! ctemplate-make_tpl_varnames_h -q -t"$(dirname "$tpl")" -o"$work" "$(basename "$tpl")" \
		>"$work/log" 2>&1; then
		echo "$tpl: bad template" >&2
		cat "$work/log" >&2
		exit 1
	fi
done

{
	echo '/* Made by tpl_names.sh from the templates. */'
	printf '#define TPL_FILES(X)'
	for tpl in "$@"; do
		basename "$tpl" .tpl
	done | LC_ALL=C sort | while read -r name; do
		printf ' \\\n\tX(%s, "%s.tpl")' "$(echo "$name" | tr a-z A-Z)" "$name"
	done
	printf '\n#define TPL_NAMES(X)'
	sed -n 's/.*STS_INIT_WITH_HASH([^,]*, "\([A-Z0-9_]*\)".*/\1/p' "$work"/*.varnames.h |
		LC_ALL=C sort -u | while read -r name; do
			printf ' \\\n\tX(%s)' "$name"
		done
	printf '\n'
} >"$work/tpl_names.h"
mv "$work/tpl_names.h" "$out"
