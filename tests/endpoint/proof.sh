#!/bin/sh
# proof.sh: the commands on the page about receipts, entered as they stand there.  TAP.

# shellcheck source=tests/helpers/lib.sh
. "$(dirname "$0")/../helpers/lib.sh"

revision=2026-03-01
port=$(free_port)
origin=http://127.0.0.1:$port

# The commands of a page, each step behind a line that names it.
commands() { # LANGUAGE
    perl -0 -ne '
        while (/<pre class="commands"[^>]* aria-labelledby="check-(\d)"[^>]*><code>(.*?)<\/code>/gs) {
            my ($step, $lines) = ($1, $2);
            $lines =~ s/&lt;/</g; $lines =~ s/&gt;/>/g; $lines =~ s/&#39;|&apos;/\x27/g;
            $lines =~ s/&quot;/"/g; $lines =~ s/&amp;/&/g;
            print "echo step $step\n$lines\n";
        }' "$tmp/site/public/$1/proof/index.html"
}

same_in_every_language() {
    commands en >"$tmp/commands" && has "$tmp/commands" 'echo step 6' || return 1
    for language in et ja; do
        commands "$language" | diff "$tmp/commands" - || return 1
    done
}

# New visitors, by one curl: each is a number in the log.
visitors() { # COUNT
    "$here/helpers/cookies.pl" "$1" "$(($(date +%s) / 86400))" <"$run/keys/visitor.key" | while read -r cookie; do
        printf 'url = "%s/en/choices/record"\ndata = "%s&choice.newsletter=given"\nheader = "Origin: %s"\ncookie = "%s"\noutput = /dev/null\nnext\n' \
            "$origin" "$(offer privacy-policy $revision en)" "$origin" "$cookie"
    done | sed '$d' | curl --silent --noproxy '*' --config -
}

# A receipt of one's own, in a folder where nothing else is.
take() { # FOLDER LANGUAGE
    jar=$tmp/$1.jar
    post "/$2/choices/record" "$(offer privacy-policy $revision "$2")&choice.newsletter=given"
    is status "$status" 303 || return 1
    newest=$(records list --json | tail -n 1 | jq -r .record.record_id)
    ask "/$2/choices/receipts/$newest.json"
    is status "$status" 200 && mkdir "$tmp/$1" && cp "$tmp/body" "$tmp/$1/receipt.json"
}

enter() { # FOLDER: $tmp/steps has a line for each step, with what it said behind its name
    (cd "$tmp/$1" && sh "$tmp/commands") >"$tmp/said" 2>&1
    perl -0 -pe 's/\n(?=.)(?!step)/ /g' "$tmp/said" >"$tmp/steps"
}

# NUMBER yes|no: it said what the page wants, two equal numbers or that a signature is one, and no more.
step() {
    signed=' Signature Verified Successfully' equal=' ([0-9a-f]{64}) \1'
    case $1 in
    1) wanted= ;;
    5) wanted=$signed ;;
    6) wanted=$signed$equal ;;
    *) wanted=$equal ;;
    esac
    if grep -Eqx "step $1$wanted" "$tmp/steps"; then found=yes; else found=no; fi
    is "step $1" "$found" "$2" || { cat "$tmp/said" && false; }
}

holds() { # FOLDER
    enter "$1"
    for number in 1 2 3 4 5 6; do
        step $number yes || return 1
    done
}

# FOLDER STEP CHANGE: a receipt that was changed fails at that step.
fails() {
    rm -rf "$tmp/changed" && mkdir "$tmp/changed" &&
        jq "$3" "$tmp/$1/receipt.json" >"$tmp/changed/receipt.json" &&
        ! cmp -s "$tmp/$1/receipt.json" "$tmp/changed/receipt.json" && enter changed && step "$2" no
}

in_every_language() {
    for language in en et ja; do
        take "$language" "$language" && eventually holds "$language" || return 1
    done
}

changed() {
    fails ja 2 '.text |= sub("。"; "．")' &&
        fails ja 3 '.canonical |= sub("Given"; "Refused")' &&
        fails ja 3 '.salt |= (.[2:] + .[:2])' &&
        fails ja 4 '.canonical |= sub("Given"; "Refused")' &&
        fails ja 4 '.proof |= sub("index 2"; "index 1")' &&
        fails ja 4 '.proof |= sub("\n[^\n]{44}\n\n"; "\n\n")' &&
        fails ja 5 '.proof |= sub("\n3\n"; "\n4\n")' &&
        fails ja 5 '.verifier_key |= sub(".{8}$"; "AAAAAAAA")'
}

# One tile is full then, and what comes behind it is in the next.
large() {
    visitors 260 && take large en && eventually holds large && eventually holds en
}

erased() {
    records erase "$(jq -r .canonical "$tmp/en/receipt.json" | jq -r .record_id)" --yes 2>/dev/null &&
        eventually holds en
}

build "$tmp/site" 2026-04-01 --content "$here/site/content" --locale "$here/site/locale"
check 'the commands are the same in every language' same_in_every_language
copy_programs
serve run "$tmp/site" --now "$(noon 2026-04-01)" --interval 0
check 'a receipt in every language holds' in_every_language
check 'one that was changed does not' changed
check 'more entries than a tile has' large
check 'it holds when its record is erased' erased
stop
echo "1..$number"
