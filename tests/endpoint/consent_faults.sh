#!/bin/sh
# consent_faults.sh: the database cannot be had, at the start or in the middle of work.
# Nobody is told that an answer is saved, the reason stands in the log and in health, and
# the service is back by itself once the cause is gone.  TAP.

# shellcheck source=tests/helpers/lib.sh
. "$(dirname "$0")/../helpers/lib.sh"
languages='et ja en'
revision=2026-11-22
now=$((20780 * 86400))
mounted=
lowly= # what precedes a command of the account that serves
[ "$(id -u)" != 0 ] ||
    lowly="setpriv --reuid=nobody --regid=$(id -g nobody) --clear-groups --no-new-privs"

as_server() { # COMMAND... in $run
    # shellcheck disable=SC2086 # a list of words
    (cd "$run" && $lowly "$@")
}

on_exit() {
    [ -z "$mounted" ] || umount "$mounted"
    chmod -R u+rwX "$tmp"
}

answer() { # LANGUAGE
    post "/$1/choices/record" "$(offer privacy-policy "$revision" "$1")&choice.notices=given"
}

# A visitor who answered before things went wrong.
make_known() {
    jar=$tmp/known
    rm -f "$jar"
    answer et
    jar=
    is status "$status" 303
}

known_is_told() { # STATUS
    jar=$tmp/known
    for path in /et/choices/ /ja/choices/; do
        ask "$path"
        is "$path" "$status" "$1" && secured || return 1
    done
    ask /choices/status.json
    is status.json "$status" "$1" && secured && header Content-Type application/json
}

# The answer is a page that says that nothing was saved.
unsaved() { # LANGUAGE
    answer "$1"
    is status "$status" 503 && in_language "$1" && secured && header Set-Cookie '' &&
        header Location '' && has "$tmp/body" "$(words "$1" '#not_saved')"
}

# Nor is anything erased, nor withdrawn by a code.
unerased() { # LANGUAGE
    for method in GET POST; do
        post "/$1/choices/erase" confirm=1 --cookie "$tmp/known" --request $method
        is status "$status" 503 && in_language "$1" && secured && header Set-Cookie '' && header Location '' &&
            has "$tmp/body" "$(words "$1" '#not_erased')" || return 1
    done
    post "/$1/choices/withdraw" code=00000-00000-00000-00000
    is status "$status" 503 && has "$tmp/body" "$(words "$1" '#not_saved')"
}

# What needs no database goes on.
goes_on() { # LANGUAGE
    post "/$1/choices/hide" "$(offer privacy-policy "$revision" "$1")"
    is status "$status" 303 && ask "/$1/choices/" && is status "$status" 200 && in_language "$1"
}

unhealthy() { # REASON: without its folder, which strangers are not told
    ask /choices/health
    is status "$status" 503 && secured && has "$tmp/body" '"status": "unavailable"' &&
        has "$tmp/body" "${1##*/}" && is 'folders told' "$(jq -r .reason "$tmp/body" | grep -c /)" 0
}

logged() { # REASON TIMES
    is "'$1' in the log" "$(sed "1,${lines}d" "$log" | grep -cF "$1")" "$2"
}

healthy() {
    ask /choices/health
    has "$tmp/body" '"status": "ok"' && has "$tmp/body" '"reason": ""' && is status "$status" 200 &&
        secured
}

saved() { # LANGUAGE
    before=$(rows)
    answer "$1"
    is status "$status" 303 && made teade && is records "$(rows)" $((before + 1))
}

# All that is true while the database cannot be had.
outage() { # NAME REASON [STATUS-FOR-WHO-IS-KNOWN]
    check "$1: health" eventually unhealthy "$2"
    for language in $languages; do
        check "$1: an answer in $language" unsaved "$language"
        [ "${3-}" ] || check "$1: erasing in $language" unerased "$language"
        check "$1: what needs no database in $language" goes_on "$language"
    done
    check "$1: who is known" known_is_told "${3-503}"
    check "$1: health is not deceived by them" unhealthy "$2"
    check "$1: the log says it once" logged "$2" 1
}

recovery() { # NAME
    check "$1: it is back" eventually healthy
    for language in $languages; do
        check "$1: and saves in $language" saved "$language"
    done
    check "$1: the database is sound" records verify
    check "$1: no trace of the visitors" nothing_kept
}

# Serves with the database elsewhere in $run.
serve_with() { # DATABASE
    lines=$(find "$tmp/run.log" -exec cat {} + 2>/dev/null | wc -l)
    serve run "$tmp/site" --now "$now" --database "$1"
    database=$run/$1
}

copy_programs
origin=http://127.0.0.1:$(free_port)
build "$tmp/site" 2026-11-23
serve_with consent.db
make_known
check 'a second keeper is refused' is 'exit status' "$(
    "$programs/teade-records" init --database "$database" 2>/dev/null
    echo $?
)" 73
stop

# From the start.  WHAT|DATABASE|FAULT|REASON|REPAIR, done as who serves, in $run.

while IFS='|' read -r what file fault reason repair; do
    as_server sh -c "$fault"
    serve_with "$file"
    outage "$what" "$reason"
    as_server sh -c "$repair"
    recovery "$what"
    stop
done <<'END'
no folder|a/consent.db|true|a/consent.db.lock: cannot be opened: No such file or directory|mkdir a
a closed folder|b/consent.db|mkdir -m 500 b|b/consent.db.lock: cannot be opened: Permission denied|chmod 700 b
a closed file|consent.db|chmod 400 consent.db|consent.db: cannot be opened: Permission denied|chmod 600 consent.db
another database|c.db|echo "this is no database, but as long as one has to be, so long is it, and no longer, for sure: 100" >c.db|c.db: file is not a database|rm c.db
END

# Another keeper.

# shellcheck disable=SC2086 # a list of words
$lowly flock --no-fork "$run/consent.db.lock" sleep 60 &
holder=$!
servers=$holder
serve_with consent.db
outage 'another keeper' 'consent.db.lock: the database is in use by another teade-consent'
kill "$holder"
wait "$holder" 2>/dev/null
recovery 'another keeper'
check 'who was known is known' known_is_told 200
stop

# In the middle of work.

as_server mkdir d
serve_with d/consent.db
make_known
check 'a folder taken away' as_server mv --no-target-directory d e
outage 'a folder taken away' 'd/consent.db: was moved or removed'
check 'a folder put back' as_server mv --no-target-directory e d
recovery 'a folder taken away'
check 'who was known is known' known_is_told 200
stop

# A keeper that hangs, as on a disk that does not answer.

not_answered() {
    jar=$tmp/known
    post /et/choices/erase confirm=1
    is status "$status" 503 && in_language et && header Set-Cookie '' && header Location '' &&
        has "$tmp/body" "$(words et '#maybe_erased')" || return 1
    jar=$tmp/jar.hang
    post /ja/choices/record "$(offer privacy-policy "$revision" ja)&all=given"
    is status "$status" 503 && in_language ja && header Set-Cookie '' && header Location '' &&
        has "$tmp/body" "$(words ja '#maybe_saved')"
}

ends_all_the_same() {
    parent=$(supervisor)
    kill "$parent"
    tries=200
    while [ -e "/proc/$parent/fd/0" ] || [ -e "/proc/$hanging/fd/0" ]; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || { echo 'still there after 20 s' && return 1; }
        sleep 0.1
    done
}

# Meanwhile a worker that ended is replaced, and afterwards the site is taken by that keeper.
busy_keeper_is_left_alone() {
    parent=$(supervisor) busy=$(keeper)
    lines=$(wc -l <"$log")
    kill -STOP "$busy" && kill -HUP "$parent" && sleep 0.2 || return 1
    worker=$(children_of "$parent" | grep -vx "$busy" | head -n 1)
    kill -KILL "$worker"
    eventually [ ! -e "/proc/$worker" ]
    result=$?
    kill -CONT "$busy"
    eventually site_is_taken && is keeper "$(keeper)" "$busy" && return $result
}

site_is_taken() {
    sed "1,${lines}d" "$log" | grep '^teade-consent: site '
}

all_work() { # the keeper and its workers, of $parent
    is children "$(children_of "$parent" | wc -l)" 257
}

# Of what a keeper does not take, only so much waits for it: less than twice all workers.  Those
# beyond that are tried again in ever longer intervals: some hundred lines of the log in a second are
# those of 256.
workers_are_not_stormed() {
    parent=$(supervisor) busy=$(keeper)
    eventually all_work && kill -STOP "$busy" || return 1
    for _ in 1 2; do
        for child in $(children_of "$parent"); do
            [ "$child" = "$busy" ] || kill -KILL "$child"
        done
        eventually all_work
        sleep 2.5
    done
    before=$(wc -l <"$log") && sleep 1
    grown=$(($(wc -l <"$log") - before))
    kill -CONT "$busy"
    [ "$grown" -lt 700 ] || { echo "$grown lines" && tail -n 3 "$log" && return 1; }
}

serve run "$tmp/site" --now "$now" --workers 256
check 'workers that a busy keeper has no room for do not keep us busy' workers_are_not_stormed
stop
serve_with consent.db
check 'a keeper that is busy for long is not ended by a new site' busy_keeper_is_left_alone
before=$(rows)
hanging=$(keeper)
kill -STOP "$hanging"
check 'a keeper that hangs: nobody is told that anything is saved' not_answered
check 'a keeper that hangs does not keep us from ending' ends_all_the_same
stop
serve_with consent.db
check 'a keeper that hung: the database is sound' records verify
check 'a keeper that hung: what was refused was not saved' is records "$(rows)" "$before"
stop

if [ "$(id -u)" = 0 ] && mkdir "$run/f" && mount -t tmpfs -o size=2m,mode=777 tmpfs "$run/f"; then
    mounted=$run/f
    serve_with f/consent.db
    make_known
    as_server sh -c 'cat /dev/zero >f/ballast' 2>/dev/null
    outage 'a full disk' 'database or disk is full' 200
    rm "$run/f/ballast"
    recovery 'a full disk'
    as_server sh -c 'cat /dev/zero >f/ballast' 2>/dev/null
    check 'a full disk again' eventually unhealthy 'database or disk is full'
    check 'a full disk again: the log says it again' logged 'database or disk is full' 2
    stop
    rm "$run"/f/consent.db*
    as_server sh -c 'cat /dev/zero >f/ballast' 2>/dev/null
    serve_with f/consent.db
    outage 'a disk full from the start' 'f/consent.db: database or disk is full'
    rm "$run/f/ballast"
    recovery 'a disk full from the start'
    stop
else
    skip 'a full disk' 'only root can mount a small one'
fi
echo "1..$number"
