#!/bin/sh
# backup_kill.sh: `teade-records backup` and `restore` killed at random moments, KILLS
# times each: nothing is lost, what bears a database's name is one, whole, and the next run completes
# the work and leaves nothing else.  What was met stands in comments.  TAP.

# shellcheck source=tests/helpers/lib.sh
. "$(dirname "$0")/../helpers/lib.sh"
kills=${KILLS:-5}
crowd=$(dirname "$teade")/tests/helpers/crowd
[ -x "$crowd" ] || give_up 'there is no tests/helpers/crowd; make unit-tests'

dump() { # DATABASE FILE
    "$crowd" dump "$1" >"$2" || give_up "$1 cannot be read"
}

# Whether a database holds the rows of a dump.
holds() { # DATABASE FILE
    "$crowd" dump "$1" >"$tmp/dump" && cmp -s "$tmp/dump" "$2"
}

verified() { # DATABASE
    "$programs/teade-records" verify --database "$1" >"$tmp/verified" 2>&1 || { cat "$tmp/verified" && false; }
}

# A fresh copy of the files, as they are at the beginning.
start_over() {
    rm -rf "$tmp/case" && cp -a "$tmp/$subject" "$tmp/case"
}

run() {
    records "$subject" "$@" >"$tmp/out" 2>&1 </dev/null
}

# Every third time the moment lies where a file gets the name that decides, and every sixth right there.
wait_for_the_moment() { # NUMBER
    pause=$(perl -e "printf '%.4f', rand($span)")
    if [ $(($1 % 3)) = 0 ]; then
        pause=0.00$(($1 % 6))
        until [ -e "$sign" ] || ! kill -0 "$killed" 2>/dev/null; do :; done
    fi
    [ "$pause" = 0.000 ] || sleep "$pause"
}

one_kill() { # NUMBER OPTION...
    n=$1
    shift
    start_over
    # shellcheck disable=SC2094 # not read
    "$programs/teade-records" "$subject" --database "$database" "$@" >"$tmp/out" 2>&1 </dev/null &
    killed=$!
    wait_for_the_moment "$n"
    kill -KILL "$killed" 2>/dev/null && end=killed || end='done before'
    wait "$killed" 2>/dev/null
    "judge_$subject" >"$tmp/judged" || { cat "$tmp/judged" && return 1; }
    echo "$end, $(cat "$tmp/judged")" >>"$tmp/met"
    "again_$subject" "$@" || { cat "$tmp/out" && return 1; }
    is left "$(cd "$tmp/case" && echo *)" "$left"
}

all_kills() { # OPTION...
    for number in $(seq "$kills"); do
        one_kill "$number" "$@" || { echo "kill $number" && return 1; }
    done
}

killed_often() { # SUBJECT SIGN OPTION...
    subject=$1 sign=$2
    shift 2
    : >"$tmp/met"
    start_over
    began=$(date +%s%N)
    run "$@" || give_up "$subject: $(cat "$tmp/out")"
    span=$(perl -e "print(($(date +%s%N) - $began) / 1e9)") # seconds that it takes unharmed
    check "$subject killed $kills times" all_kills "$@"
    sort "$tmp/met" | uniq -c | sed "s/^ */# $subject: /"
}

# Backing up: a whole backup or none.

judge_backup() {
    if ! holds "$database" "$tmp/rows" || ! verified "$database"; then
        echo 'the database is harmed' && return 1
    fi
    if [ -e "$tmp/case/backup" ]; then
        verified "$tmp/case/backup" && holds "$tmp/case/backup" "$tmp/rows" && echo 'a backup'
    else
        echo 'no backup'
    fi
}

again_backup() {
    if [ -e "$tmp/case/backup" ]; then
        rm "$tmp/case/backup"
    fi
    run "$@" && verified "$tmp/case/backup" && holds "$tmp/case/backup" "$tmp/rows" &&
        rm -f "$database-wal" "$database-shm"
}

# Restoring: the database as it was, with its WAL, or as it is to be: the backup without the erased.

judge_restore() {
    if holds "$database" "$tmp/after"; then
        echo 'the backup'
    elif holds "$database" "$tmp/rows"; then
        if [ -e "$database.before-restore" ]; then echo 'the old one by two names'; else echo 'the old one'; fi
    else
        echo 'neither' && return 1
    fi && verified "$database"
}

again_restore() {
    run "$@" && holds "$database" "$tmp/after" && verified "$database" &&
        holds "$database.before-restore" "$tmp/rows" &&
        rm -f "$database-wal" "$database-shm" "$database.before-restore-2" "$database.before-restore"-[ws]*
}

copy_programs
database=$tmp/case/consent.db
mkdir "$tmp/backup" "$tmp/restore"

"$crowd" make "$tmp/restore/consent.db" "$tmp/keys" 2000 || give_up crowd
"$programs/teade-records" backup --database "$tmp/restore/consent.db" --to "$tmp/restore/old" >"$tmp/out" ||
    give_up backup
rm -f "$tmp"/restore/*-wal "$tmp"/restore/*-shm
"$crowd" erase "$tmp/restore/consent.db" "$tmp/keys" 50 || give_up crowd
"$crowd" more "$tmp/restore/consent.db" "$tmp/keys" 500 || give_up crowd
[ -s "$tmp/restore/consent.db-wal" ] || give_up 'the WAL is empty'
cp -a "$tmp/restore/consent.db"* "$tmp/backup"
rm -rf "$tmp/case" && cp -a "$tmp/restore" "$tmp/case"
dump "$database" "$tmp/rows"
left='consent.db consent.db.erased consent.db.lock'
left="backup $left"
killed_often backup "$tmp/case/backup" --to "$tmp/case/backup"
subject=restore
start_over
run --from "$tmp/case/old" --yes || give_up "restore: $(cat "$tmp/out")"
dump "$database" "$tmp/after"
left='consent.db consent.db.before-restore consent.db.erased consent.db.lock old'
killed_often restore "$database.before-restore" --from "$tmp/case/old" --yes
echo "1..$number"
