#!/bin/sh
# kill.sh: the endpoint under 100 visitors at once while its processes are killed one after
# the other: what was answered "saved" is saved, and the service comes back by itself.
# Then a thousand posts by 256 connections to one that lives.  What was measured stands in
# comments.  TAP.

. "$(dirname "$0")/../helpers/lib.sh"

# What kill_client.pl met, for each name a number, goes to $tmp/met.
visitors() { # MODE...
    (cd "$run" && timeout 100 perl "$here/helpers/kill_client.pl" "$origin" "$@") >"$tmp/met" 2>>"$log" ||
        give_up "kill_client.pl: $(tail -n 1 "$log")"
    sed 's/^/# /' "$tmp/met"
}

met() { # NAME
    sed -n "s/^$1 //p" "$tmp/met"
}

none() { # NAME...
    for name; do
        is "$name" "$(met "$name")" 0 || { cat "$tmp/met" && tail -n 20 "$log" && return 1; }
    done
}

within() { # NAME MILLISECONDS
    [ "$(met "$1")" -le "$2" ] || { echo "$1: $(met "$1") ms" && false; }
}

verified() {
    records verify >"$tmp/verified" || { cat "$tmp/verified" && false; }
}

# A post that was refused may have been saved; none can have been saved twice.
once_each() {
    entries=$(sed -n 's/ .*//p' "$tmp/verified")
    if [ "$entries" -lt "$(met saved)" ] || [ "$entries" -gt "$(met posts)" ]; then
        echo "$entries entries" && false
    fi
}

# No sanitizer and no library speaks.
only_we_talk() {
    ! grep -Ev '^teade-(consent|records): ' "$tmp"/*.log
}

# Serves without the endpoint, whose socket is looked for all the same.
serve_pages() {
    run=$tmp/killed log=$tmp/killed.log database=$tmp/killed/consent.db
    mkdir "$run"
    if [ "$(id -u)" = 0 ]; then
        lowly="setpriv --reuid=nobody --regid=$(id -g nobody) --clear-groups --no-new-privs"
        chown nobody "$run"
    fi
    $lowly "$programs/teade-records" init --keys "$run/keys" 2>"$log" || give_up "$(cat "$log")"
    "$here/serve.sh" "$tmp/site" "$run" "${origin##*:}" >"$tmp/serve.out" 2>>"$log" &
    server=$! servers=$server
    until [ -s "$tmp/serve.out" ]; do
        kill -0 "$server" || give_up "serve.sh: $(cat "$log")"
        sleep 0.02
    done
}

lowly=
origin=http://127.0.0.1:$(free_port)
now=$(date -d '2026-11-23 12:00 UTC' +%s)
soon=1000
copy_programs
! grep -q __asan_init "$programs/teade-consent" || soon=5000 # sanitizers are slow to start
build "$tmp/site" 2026-11-23
sed -i '/^ *limit_\(req zone=\|conn \)/d' "$tmp/site/private/nginx/teade.conf" # one address for all

serve_pages
# shellcheck disable=SC2086 # a list of words
set -- $lowly setpriv --pdeathsig TERM "$programs/teade-consent" --site "$tmp/site" \
    --database consent.db --keys keys --listen teade-consent.sock --now "$now"
visitors kill 50 100 consent.db.lock "$@"
check 'fifty processes are killed' is killed "$(met killed)" 50
check 'every post that was told so is saved' none lost
check 'any other is told that it may be' none wrong
check 'and only at a kill' none unprovoked
check 'nobody waits ten seconds' within slowest 10000
for kind in keeper worker supervisor; do
    check "soon after a $kind's end all is well" within "back-$kind" "$soon"
done
check 'a supervisor that is killed leaves no process' none orphans
check 'nor does one that is told to end; its status is 0' none left exit
check 'the next one starts at the first attempt' is starts "$(met starts)" 18
check 'the records match their entries' verified
check 'no post became two records' once_each

visitors reload 20 100 consent.db.lock "$@"
check 'twenty times the site is taken again, and no post is refused' none refused wrong lost
check 'a worker that is told to end answers the connection that it has' none hung-up
check 'the old workers are gone' is children "$(met children-after)" "$(met children)"
check 'and all end when they are told' none left exit
stop

serve alive "$tmp/site" --now "$now"
visitors posts 1000 256
check 'a thousand posts by 256 connections: all are saved' is saved "$(met saved)" 1000
check 'none is refused' none refused wrong
check 'nobody waits long' within slowest "$soon"
check 'a record each' is rows "$(rows)" 1000
check 'the records match their entries' verified
stop
check 'nothing strange is said' only_we_talk
echo "1..$number"
