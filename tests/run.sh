#!/bin/sh
# run.sh TEST: runs one test for prove.  A shell test prints TAP itself; of a cmocka program this
# makes TAP that prove understands.  cmocka calls a skipped test "not ok" and gives no reason: the
# last line "# skipped: REASON" before it is the reason.  Why a test failed goes to stderr, where
# prove shows it.

# A publish flushes its file system, and a record its file: in memory, where programs may run there
# and there is enough of it, nobody waits for that.
if [ -z "${TMPDIR-}" ] && ! grep -q ' /dev/shm tmpfs [^ ]*noexec' /proc/mounts &&
    [ "$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')0" -gt 20000000 ]; then
    export TMPDIR=/dev/shm
fi
case $1 in *.sh) exec "$1" </dev/null ;; esac
{
    CMOCKA_MESSAGE_OUTPUT=TAP "$1" </dev/null
    printf '\nexit %d\n' $?
} | awk -v program="${1##*/}" '
    /^exit [0-9]+$/ { status = $2; next }
    /^# skipped: / { why = substr($0, 12); next }
    /^not ok [0-9]+ # SKIP / { print "ok " $3 " - " $6 " # SKIP " why; next }
    /^not ok - / { next } # the whole program once more
    /^not ok / { print "# " program ": " $0 >"/dev/stderr"; failed = 1; print; next }
    /^#/ && failed { print "#     " substr($0, 3) >"/dev/stderr"; next }
    { failed = 0; print }
    END { exit status }'
