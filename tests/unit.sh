#!/bin/sh
# unit.sh PROGRAM: runs a cmocka test for prove.  cmocka calls a skipped test "not ok" and gives no
# reason: the last line "# skipped: REASON" before it is the reason.  Why a test failed goes to
# stderr, where prove shows it.

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
