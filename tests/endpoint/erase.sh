#!/bin/sh
# erase.sh: the operator erases, with the endpoint and without, and what the keeper does about the
# bytes; see lib.sh.

. "$(dirname "$0")/../helpers/lib.sh"

crowd=$(dirname "$teade")/tests/helpers/crowd
[ -x "$crowd" ] || give_up 'there is no tests/helpers/crowd; make unit-tests'
revision=2026-03-01
port=$(free_port)
origin=http://127.0.0.1:$port

answered_by() { # JAR: a new visitor says yes
    jar=$tmp/$1
    rm -f "$jar"
    post /en/choices/record "$(offer privacy-policy $revision en)&choice.newsletter=given" &&
        is status "$status" 303
}

salt_of() { # RECORD
    records show "$1" | sed -n 's/^Salt *//p'
}

health() {
    ask /choices/health
    sed -n 's/.*"erasures": "\(.*\)",*/\1/p' "$tmp/body"
}

overwritten() {
    is erasures "$(health)" done
}

# Bytes given in hexadecimal digits.
# shellcheck disable=SC2016 # Perl's variables
lies_about() { # HEX
    cat "$database" "$database"-wal 2>/dev/null | perl -0777 -e '
        my $bytes = pack "H*", shift;
        exit(index(<STDIN>, $bytes) < 0)' "$1"
}

by_the_keeper() {
    answered_by one && one=$(newest_id) && salt=$(salt_of "$one") && answered_by two &&
        lies_about "$salt" || return 1
    records erase "$one" --yes 2>"$tmp/said" || { cat "$tmp/said" && return 1; }
    has "$tmp/said" '1 record deleted' && is left "$(rows)" 1 && eventually overwritten &&
        ! lies_about "$salt" && is noted "$(wc -l <"$database.erased")" 2 &&
        records verify >"$tmp/verify" && has "$tmp/verify" '4 entries, 1 record, 2 removed'
}

stale_cookie_is_a_strangers() {
    jar=$tmp/one
    ask /choices/status.json
    has "$tmp/body" '"known": false' && answered_by one && is left "$(rows)" 2
}

asks_first() {
    one=$(newest_id)
    records erase "$one" </dev/null 2>"$tmp/said"
    is status $? 64 && has "$tmp/said" 'use --yes' && is left "$(rows)" 2 || return 1
    echo n | script -qec "$programs/teade-records erase $one --database $database" /dev/null \
        >"$tmp/said"
    has "$tmp/said" '1 record, from' && has "$tmp/said" 'nothing was deleted' && is left "$(rows)" 2
}

unknown_record() {
    records erase 00000000000000000000000000000000 --yes 2>"$tmp/said"
    is status $? 1 && has "$tmp/said" 'no record or disclosure has this ID'
}

# Who connects and says nothing takes only so many descriptors.
# shellcheck disable=SC2016 # Perl's variables
crowded() {
    keeper=$(keeper)
    eventually settled && before=$(descriptors)
    perl -MSocket -e 'my @all;
        for (1 .. 18) {
            socket my $one, AF_UNIX, SOCK_SEQPACKET, 0 or die;
            connect $one, pack_sockaddr_un($ARGV[0]) or die;
            push @all, $one;
        }
        syswrite STDOUT, "connected\n";
        <STDIN>' "$database.socket" <"$tmp/hold" >"$tmp/crowd" &
    exec 9>"$tmp/hold"
    eventually is_crowded && ask /choices/health && is status "$status" 200 &&
        is descriptors "$(descriptors)" $((before + 16))
    result=$?
    exec 9>&-
    wait $!
    return $result
}

descriptors() { # of the keeper
    find "/proc/$keeper/fd" -type l | wc -l
}

# Whoever was answered last has hung up.
settled() {
    once=$(descriptors) && sleep 0.2 && is descriptors "$(descriptors)" "$once"
}

is_crowded() {
    [ -s "$tmp/crowd" ] && [ "$(descriptors)" -ge $((before + 16)) ]
}

# Killed between the answer and the rewriting, which waits for whoever reads: the next one finishes.
killed_in_between() {
    answered_by three && three=$(newest_id) && salt=$(salt_of "$three") || return 1
    "$crowd" hold "$database" <"$tmp/hold" >"$tmp/held" &
    reader=$!
    exec 9>"$tmp/hold"
    eventually test -s "$tmp/held" || return 1
    family=$(children_of "$(supervisor)")
    records erase "$three" --yes 2>"$tmp/said" &
    eraser=$!
    eventually gone "$three" || return 1
    # shellcheck disable=SC2086 # a list
    kill -STOP "$(supervisor)" && kill -KILL $family || return 1
    exec 9>&-
    wait $reader
    lies_about "$salt"
    lies=$?
    kill -CONT "$(supervisor)"
    wait $eraser
    is 'the bytes are there' "$lies" 0 && eventually overwritten && ! lies_about "$salt"
}

gone() { # RECORD
    ! records show "$1" >/dev/null 2>&1
}

socket_is_the_owners() {
    is mode "$(stat -c %a "$database.socket")" 600
}

without_the_endpoint() {
    [ ! -e "$database.socket" ] || { echo 'the socket is still there' && return 1; }
    records erase "$one" --yes 2>"$tmp/said" || { cat "$tmp/said" && return 1; }
    ! lies_about "$salt" && is noted "$(sort -u "$database.erased" | wc -l)" 6 && is left "$(rows)" 1 &&
        records verify >/dev/null
}

# An answer is needed for 24 months, and kept for 36 more.
kept_still() {
    eventually overwritten && sleep 0.3 && is left "$(rows)" 1
}

pruned() {
    eventually is_left 0 && eventually overwritten &&
        records verify >"$tmp/verify" && has "$tmp/verify" ' 0 records, ' &&
        answered_by four && is left "$(rows)" 1
}

is_left() {
    is left "$(rows)" "$1"
}

build "$tmp/site" 2026-04-01 --content "$here/site/content" --locale "$here/site/locale"
copy_programs
serve run "$tmp/site" --now "$(noon 2026-04-01)"
check 'the keeper erases, notes it outside, and overwrites the bytes' by_the_keeper
check 'a stale cookie is a stranger'"'"'s' stale_cookie_is_a_strangers
check 'without --yes it asks, and does nothing on a no' asks_first
check 'a record that is not there' unknown_record
check 'the socket for changes is its owner'"'"'s alone' socket_is_the_owners
mkfifo "$tmp/hold"
check 'many who connect and say nothing' crowded
check 'a keeper killed before the bytes were overwritten: the next one does it' killed_in_between
one=$(newest_id) && salt=$(salt_of "$one")
stop
check 'without the endpoint it erases as well' without_the_endpoint
serve run "$tmp/site" --now "$(noon 2031-03-30)"
check 'what is needed still stays: five years have not passed' kept_still
stop
serve run "$tmp/site" --now "$(noon 2031-04-02)"
check 'what was needed no longer for long enough goes' pruned
stop
echo "1..$number"
