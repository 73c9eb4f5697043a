#!/bin/sh
# keys.sh: visitor.key is stolen, exchanged, retired.  TAP.

# shellcheck source=tests/helpers/lib.sh
. "$(dirname "$0")/../helpers/lib.sh"
revision=2026-11-22

# A yes in a browser of its own; its receipt's code is in $tmp/code.JAR.
says_yes() { # JAR
    jar=$tmp/jar.$1
    post /en/choices/record "$(offer privacy-policy $revision en)&choice.notices=given"
    is status "$status" 303 && read_code "$1"
}

# The code as the visitor's newest receipt has it now.
read_code() { # JAR
    jar=$tmp/jar.$1
    ask /en/choices/
    receipt=$(grep -o '/en/choices/receipts/[0-9a-f]*' "$tmp/body" | head -n 1)
    ask "$receipt.json" && jq -r .withdraw_code "$tmp/body" >"$tmp/code.$1" && grep -q '.-.' "$tmp/code.$1"
}

answer_of_code() { # WANTED CODE
    jar= before=$(rows)
    post /en/choices/withdraw "code=$2"
    is status "$status" "$1" && is records "$(rows)" $((before + ($1 == 303)))
}

# Codes as whoever has the key makes them from the public log, without any record's salt.
stolen() {
    jar=
    ask /choices/log/checkpoint
    size=$(sed -n 2p "$tmp/body") && [ "$size" -gt 0 ] && ask "/choices/log/tile/entries/000.p/$size" &&
        perl "$here/helpers/stolen_codes.pl" "$run/keys/visitor.key" "$tmp/body" >"$tmp/codes" &&
        is codes "$(wc -l <"$tmp/codes")" $((4 * size)) || return 1
    while read -r code; do
        answer_of_code 422 "$code" || return 1
    done <"$tmp/codes"
}

known() { # JAR yes|no
    jar=$tmp/jar.$1
    ask /choices/status.json
    is known "$(jq -r .known "$tmp/body")" "$2"
}

edit() { # SED-COMMAND
    sed "$1" "$run/keys/visitor.key" >"$tmp/edited" && cat "$tmp/edited" >"$run/keys/visitor.key"
}

retire() { # SED-COMMAND
    stop
    edit "$1"
    again
}

again() {
    serve run "$tmp/site" --now "$(noon 2026-11-23)" --interval 0
}

newest_key_signs() {
    is 'id in the cookie' "$(sed -n 's/.*\tteade\tv1\.\([0-9]*\)\..*/\1/p' "$tmp/jar.new")" \
        "$(tail -n 1 "$run/keys/visitor.key" | cut -d ' ' -f 1)"
}

refuses_to_start() { # WORDS
    "$programs/teade-consent" --site "$site" --database "$database" --keys "$run/keys" \
        --listen "$run/none.sock" 2>"$tmp/said"
    is status $? 78 && has "$tmp/said" "$1"
}

exposed() { # MODE
    chmod "$1" "$run/keys/visitor.key"
    refuses_to_start 'keys/visitor.key: other accounts can read it; chmod 600 it and consider a new key'
}

copy_programs
origin=http://127.0.0.1:$(free_port)
build "$tmp/site" 2026-11-23
again
for visitor in one two three; do
    check "a yes, and its code: $visitor" says_yes $visitor
done
stop
again # shows the log as it is
check 'the key makes no code out of the public log' eventually stolen
stop
first=$(cut -d ' ' -f 1 "$run/keys/visitor.key")
echo "999999 $(head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n')" >>"$run/keys/visitor.key"
again
check 'another key signs new cookies' says_yes new
check 'and they say so' newest_key_signs
check "the old key's cookies go on" known one true
check "and its codes" answer_of_code 303 "$(cat "$tmp/code.one")"
retire "/^$first /s/\$/ cookies-only/"
check 'for cookies only: its codes do not work' answer_of_code 422 "$(cat "$tmp/code.two")"
check 'its cookies go on' known two true
check 'and the receipt has another code' read_code two
check 'which works' answer_of_code 303 "$(cat "$tmp/code.two")"
retire "/^$first /d"
check 'without its line its visitors are strangers' known three false
check 'and its codes are those of nobody' answer_of_code 422 "$(cat "$tmp/code.three")"
check 'all others go on' known new true
stop
chown -R "$(id -u)" "$run/keys" # these start it as the account that runs the test
edit 's/$/ cookies-only/'
check 'a key for cookies only is not the last' refuses_to_start 'the last key cannot be "cookies-only"'
edit 's/ cookies-only$//'
for mode in 644 640 604 620 601; do
    check "a key of mode $mode" exposed $mode
done
mv "$run/keys/visitor.key" "$tmp/kept"
check 'no key' refuses_to_start 'visitor.key: No such file or directory; `teade-records init` creates it'
echo "1..$number"
