#!/bin/sh
# command_line.sh: the programs read, refuse and explain a command line in the same words.

. "$(dirname "$0")/../helpers/tap.sh"
programs=$(dirname "$teade")

# Refused before anything is read or written: one line, which ends with the help that explains it.
refused() { # WORDS PROGRAM [COMMAND] ...
    wanted=$1 program=$2
    shift 2
    mkdir -p "$tmp/empty" && cd "$tmp/empty" || return 1
    timeout 10 "$programs/$program" "$@" >"$tmp/out" 2>"$tmp/err"
    is 'exit status' $? 64 && is stdout "$(cat "$tmp/out")" '' &&
        is stderr "$(cat "$tmp/err")" "$program: $wanted" && is files "$(ls -A)" ''
}

# Help is a result: on stdout, no line longer than a terminal is wide.
helps() { # PROGRAM [COMMAND]
    "$programs/$1" ${2:+"$2"} --help >"$tmp/out" 2>"$tmp/err"
    is 'exit status' $? 0 && is stderr "$(cat "$tmp/err")" '' &&
        is usage "$(head -n 1 "$tmp/out" | grep -c "^Usage: $1${2:+ $2}")" 1 &&
        is 'long lines' "$(grep -nE '.{81}' "$tmp/out")" ''
}

commands_of() { # PROGRAM
    "$programs/$1" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z-]*\) .*/\1/p'
}

version() { # PROGRAM
    "$programs/$1" --version >"$tmp/out" && grep -Eqx "$1 [0-9]+\.[0-9]+" "$tmp/out"
}

unasked_help() { # PROGRAM
    "$programs/$1" >"$tmp/out" 2>"$tmp/err"
    is 'exit status' $? 64 && is stdout "$(cat "$tmp/out")" '' && grep -q "^Usage: $1 COMMAND" "$tmp/err"
}

full_disk() { # PROGRAM
    "$programs/$1" --help >/dev/full 2>"$tmp/err"
    is 'exit status' $? 74 && is stderr "$(cat "$tmp/err")" "$1: cannot write to standard output"
}

# WORDS, without the help that is named behind them | PROGRAM [COMMAND] ... ; the help is that of
# the program and, where the second word is one, of the command.
while IFS='|' read -r wanted line; do
    # shellcheck disable=SC2086 # words
    set -- $line
    help=$1
    case ${2:-} in [a-z]*) commands_of "$1" | grep -qx -- "$2" && help="$1 $2" ;; esac
    check "$line" refused "$wanted; see \`$help --help\`" "$@"
done <<'END'
unknown command "bild"|teade bild
unknown command "--output"|teade --output x
unknown option "--verbose"|teade build --verbose
unknown option "--out"|teade build --out x
unknown option "-o"|teade build -o
unknown option "--output"|teade check --output x
unknown option "--json"|teade build --json
unknown option "--json"|teade extract --json
unknown option "--json"|teade render --json
unknown option "--json"|teade new --json
unknown option "--endpoint"|teade publish --to x --endpoint y
--json takes no value|teade check --json=1
--allow-untranslated takes no value|teade build --allow-untranslated=1
--date needs a value: YYYY-MM-DD|teade build --date
--output needs a value: DIR|teade build --output=
--date: "2026-02-30" is not a day; write YYYY-MM-DD|teade build --date 2026-02-30
--date: "1.3.2026" is not a day; write YYYY-MM-DD|teade check --date=1.3.2026
--base-url: "http://example.org" is not usable; write https:// and the host without a path, or http:// on a loopback address|teade build --base-url http://example.org
missing option: --to|teade publish
missing argument: LANG|teade new
missing argument: FILE.md|teade render
missing argument: NEW.md|teade diff a.md
unexpected argument "de"|teade new fr de
unexpected argument "site"|teade build site
unexpected argument "c.md"|teade diff a.md b.md c.md
klingon is not a language; write a BCP 47 tag such as et or ja|teade new klingon
xx is not a language; write a BCP 47 tag such as et or ja|teade render x.md --lang xx
unknown option "--verbose"|teade-consent --verbose
missing option: --site|teade-consent
missing option: --database|teade-consent --site x --keys y
missing option: --keys|teade-consent --site x --database y
unexpected argument "x"|teade-consent x
--site needs a value: DIR|teade-consent --site
--now: "rubbish" is not a time in seconds since 1970 (UTC)|teade-consent --now rubbish
--now: "-1" is not a time in seconds since 1970 (UTC)|teade-consent --now=-1
--now: "4294967296" is not a time in seconds since 1970 (UTC)|teade-consent --now 4294967296
--workers: "x" is not a number from 1 to 256|teade-consent --workers x
--workers: "0" is not a number from 1 to 256|teade-consent --workers 0
--workers: "257" is not a number from 1 to 256|teade-consent --workers 257
--workers: "4k" is not a number from 1 to 256|teade-consent --workers 4k
--interval: "604801" is not a number of seconds up to 604800|teade-consent --interval 604801
--interval: "1h" is not a number of seconds up to 604800|teade-consent --interval 1h
unknown command "--database"|teade-records --database x
unknown option "--verbose"|teade-records list --database x --verbose
unknown option "--head"|teade-records verify --database x --head y
unknown option "--json"|teade-records export --database x --json
unknown option "--by"|teade-records stats --database x --by week
unexpected argument "extra"|teade-records stats --database x extra
unexpected argument "b"|teade-records show --database x a b
--csv takes no value|teade-records export --database x --csv=yes
--database needs a value: PATH|teade-records list --database
--document needs a value: ID|teade-records report --database x --document=
missing option: --database|teade-records list
missing option: --database|teade-records export
missing option: --to|teade-records backup --database x
missing option: --from|teade-records restore --database x
missing option: --keys or --database|teade-records init
missing option: --manifest or --site|teade-records wait --database x
--manifest and --site exclude each other|teade-records wait --database x --site y --manifest 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
--manifest: "x" is not 64 hex digits|teade-records wait --database x --manifest x
--timeout: "soon" is not a number of seconds up to 3600|teade-records wait --database x --timeout soon
missing argument: ID|teade-records erase --database x
missing argument: RECORD|teade-records show --database x
missing argument: FILE|teade-records verify-receipt
"x" is neither a record ID (32 lower-case hex digits) nor a handle (64)|teade-records dossier x --database y
"x" is not a record ID (32 lower-case hex digits)|teade-records show x --database y
"0123456789012345678901234567890123456789012345678901234567890123" is not a record ID (32 lower-case hex digits)|teade-records show 0123456789012345678901234567890123456789012345678901234567890123 --database y
--now: "rubbish" is not a time in seconds since 1970 (UTC)|teade-records verify --database x --now rubbish
--by: "day" is not purpose, version, language or week, or several, comma-separated|teade-records report --database x --by day
--by: "week," is not purpose, version, language or week, or several, comma-separated|teade-records report --database x --by week,
--from: "2026-02-30" is not a day; write YYYY-MM-DD|teade-records report --database x --from 2026-02-30
--to: "2026-3-1" is not a day; write YYYY-MM-DD|teade-records report --database x --to 2026-3-1
--from is later than --to|teade-records report --database x --from 2026-03-16 --to 2026-03-15
--key and --key-file cannot be used together|teade-records verify-receipt x --key a --key-file b
standard input is not a terminal; use --yes|teade-records erase 01234567890123456789012345678901 --database x
standard input is not a terminal; use --yes|teade-records restore --database x --from y
END
for program in teade teade-consent teade-records; do
    check "$program --help" helps "$program"
    check "$program --version" version "$program"
    check "$program --help on a full disk" full_disk "$program"
    for command in $(commands_of "$program"); do
        check "$program $command --help" helps "$program" "$command"
    done
done
check 'teade without a command' unasked_help teade
check 'teade-records without a command' unasked_help teade-records
echo "1..$number"
