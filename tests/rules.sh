#!/bin/bash
# rules.sh: what templates, SQL and C may not contain, by grep. Ends with "N passed, N failed".
# Each rule is tried on a line that breaks it first, so that a rule which sees nothing is a failure.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
passed=0 failed=0

ok() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); printf 'rules: %s\n' "$*"; }

# rule WHY PATTERN BROKEN FILE...: no file may hold the (Perl) pattern, which may span lines; BROKEN is a
# text that does. Comments are the caller's business.
rule() {
	local why=$1 pattern=$2 broken=$3 found
	shift 3
	printf '%s' "$broken" | grep -qPzi "$pattern" || { bad "the rule \"$why\" does not see: $broken"; return; }
	found=$(grep -lPzi "$pattern" "$@" 2>/dev/null | tr '\n' ' ')
	if [[ $found ]]; then bad "$why: $found"; else ok; fi
}

templates_check() {
	local files=(templates/*.tpl) file first raw=''
	[[ -e ${files[0]} ]] || { bad "there are no templates"; return; }
	for file in "${files[@]}"; do
		read -r first <"$file"
		[[ $first == '{{%AUTOESCAPE context="HTML"}}'* ]] || raw+=" $file"
	done
	if [[ $raw ]]; then bad "does not start with {{%AUTOESCAPE context=\"HTML\"}}:$raw"; else ok; fi
	rule "escaping switched off" '\{\{[^}]*:(none|raw)\b' '{{NAME:none}}' "${files[@]}"
	# shellcheck disable=SC2016
	rule "a variable where no escaping helps" \
		'[\s"](formaction|xlink:href|srcset|style|on[a-z]+)\s*=\s*("[^"]*\{\{|'\''[^'\'']*\{\{|\{\{)' \
		$'<button class="b"\n formaction="/x/{{ID}}">' "${files[@]}"
	rule "inline script or style, which the content security policy refuses" \
		'<style\b|<script(?![^>]*\bsrc=)[^>]*>|[\s"](style|on[a-z]+)\s*=\s*["'\'']' \
		'<p style="color:red">' "${files[@]}" static/*.html
}

# The subset that MySQL 8 has, too. Comments are taken out first.
sql_check() {
	local tmp=$1 file
	for file in src/store/*.c sql/*.sql; do
		perl -0pe 's{/\*.*?\*/}{}gs; s{^\s*--.*$}{}gm if $ARGV =~ /sql$/' "$file" >"$tmp/${file//\//_}"
	done
	rule "RETURNING" '\breturning\b' 'INSERT INTO t VALUES (1) RETURNING id' "$tmp"/*
	rule "ON DUPLICATE KEY, for which web has no right" 'on\s+duplicate\s+key' \
		'ON DUPLICATE  KEY UPDATE' "$tmp"/*
	rule "REPLACE INTO, which deletes" '\breplace\s+into\b' 'REPLACE INTO t' "$tmp"/*
	rule "IF [NOT] EXISTS on a column or index" \
		'(add|drop|modify|change)\s+(column|index|key|constraint)\s+if\s' \
		'ADD COLUMN IF NOT EXISTS' "$tmp"/*
	rule "a sequence or a system-versioned table" '\b(nextval\s*\(|create\s+sequence|system\s+versioning)' \
		'CREATE SEQUENCE s' "$tmp"/*
	if grep -lE '"(SELECT|INSERT|UPDATE|DELETE) ' src/{base,core,types,seal,http,view,page,proto,vault,mail}/*.c; then
		bad "SQL outside src/store"
	else
		ok
	fi
}

# Functions begin with { at column 0 and end with } there.
c_check() {
	local found
	found=$(awk '
		FNR == 1 { start = 0 }
		/^\{/ { start = FNR }
		/^\}/ { if (start && FNR - start - 1 > 60) print FILENAME ":" start " (" FNR - start - 1 " lines)"; start = 0 }
	' src/*/*.c src/*/*.cc)
	if [[ $found ]]; then bad "functions of more than 60 lines:" "$found"; else ok; fi
}

top_level_check() {
	local allowed=' Makefile src templates static sql tests deploy README.md LICENSE build var ' name found=''
	for name in *; do
		[[ $allowed == *" $name "* ]] || found+=" $name"
	done
	if [[ $found ]]; then bad "not wanted at the top level:$found"; else ok; fi
	for name in Makefile README.md LICENSE; do
		if [[ -e $name ]]; then ok; else bad "$name is missing"; fi
	done
}

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
templates_check
sql_check "$tmp"
c_check
top_level_check
echo "$passed passed, $failed failed"
((failed == 0))
