#!/bin/sh
# system.sh: the units for systemd, and what the endpoint tells it; titles of processes; keys that
# somebody else could read; backups.

. "$(dirname "$0")/../helpers/tap.sh"
build=$(dirname "$teade")
prefix=$tmp/usr
units=$prefix/lib/systemd/system
started=
make -s -C "$root" install BUILD="$build" prefix="$prefix" sysconfdir="$tmp/etc" localstatedir="$tmp/var" \
    >"$tmp/make" 2>&1 || { cat "$tmp/make" >&2 && give_up 'make install'; }
(cd "$root" && "$teade" build --date 2026-12-01 --base-url http://127.0.0.1:8080 --output "$tmp/site") >"$tmp/build" 2>&1 ||
    give_up 'teade build'

finish() {
    for process in $started; do
        kill "$process" 2>/dev/null && wait "$process"
    done
}

# Nothing but what the file system of the test lacks.
verified() {
    for unit in "$units"/*; do
        systemd-analyze verify --man=no "$unit" 2>&1
    done | grep -F "$units" | grep -v 'Unit .* not found' >"$tmp/faults"
    is faults "$(cat "$tmp/faults")" ''
}

exposed() { # UNIT TENTHS
    systemd-analyze security --offline=true --threshold="$2" "$units/$1" >"$tmp/out" 2>&1 || { tail -n 3 "$tmp/out" && false; }
}

# The account and the directories in a tree of their own.
account_and_directories() {
    mkdir -p "$tmp/tree/etc" && systemd-sysusers --root="$tmp/tree" "$prefix/lib/sysusers.d/teade.conf" 2>"$tmp/err" &&
        grep -q '^teade:' "$tmp/tree/etc/passwd" || { cat "$tmp/err" && return 1; }
    sed "s,$tmp,," "$prefix/lib/tmpfiles.d/teade.conf" >"$tmp/tmpfiles.conf"
    systemd-tmpfiles --root="$tmp/tree" --create "$tmp/tmpfiles.conf" 2>"$tmp/err" || { cat "$tmp/err" && return 1; }
    is 'mode of records' "$(stat -c %a "$tmp/tree/var/lib/teade/records")" 700 &&
        is 'mode of keys' "$(stat -c %a "$tmp/tree/etc/teade/keys")" 700
}

begin() { # starts the endpoint of $tmp/site
    "$build/teade-records" init --keys "$tmp/keys" --database "$tmp/consent.db" 2>"$tmp/init" &&
        perl "$here/helpers/notified.pl" "$tmp/notify" "$tmp/said" &
    eventually [ -S "$tmp/notify" ] || return 1
    started="$started $!"
    NOTIFY_SOCKET=$tmp/notify "$build/teade-consent" --site "$tmp/site" --database "$tmp/consent.db" \
        --keys "$tmp/keys" --listen "$tmp/socket" --workers 2 2>"$tmp/log" &
    consent=$!
    started="$consent $started"
    eventually grep -q READY=1 "$tmp/said"
}

digest() {
    sha256sum "$tmp/site/private/manifest.json" | cut -c 1-12
}

waits() { # STATUS
    "$build/teade-records" wait --database "$tmp/consent.db" --site "$tmp/site" --timeout "$2" 2>"$tmp/err"
    is 'exit status of wait' $? "$1"
}

says_ready() {
    has "$tmp/log" "listens on $tmp/socket (mode 660, user $(id -un), group $(id -gn))" || return 1
    is said "$(cat "$tmp/said")" "READY=1
STATUS=site $(digest)" && waits 0 5
}

# A site that is taken, and one that is not: then the reload fails.
says_reloading() {
    : >"$tmp/said"
    (cd "$root" && "$teade" build --date 2026-12-02 --base-url http://127.0.0.1:8081 --output "$tmp/site") >"$tmp/build" 2>&1 &&
        kill -HUP "$consent" && eventually grep -q READY=1 "$tmp/said" && waits 0 5 &&
        is said "$(grep -v MONOTONIC "$tmp/said")" "RELOADING=1
STATUS=reading the new site
READY=1
STATUS=site $(digest)" || return 1
    : >"$tmp/said"
    cp "$tmp/site/private/manifest.json" "$tmp/manifest" && echo '{}' >"$tmp/site/private/manifest.json" &&
        kill -HUP "$consent" && eventually grep -q 'a new one is rejected: ' "$tmp/said" && waits 75 1 || return 1
    cp "$tmp/manifest" "$tmp/site/private/manifest.json"
}

# The command lines of the supervisor's children, a line each.
titled() {
    tr ' ' '\n' <"/proc/$consent/task/$consent/children" | while read -r child; do
        tr -d '\0' <"/proc/$child/cmdline" && echo
    done | sort | uniq -c | sed 's/^ *//'
}

has_titles() {
    is children "$(titled)" '1 teade-consent: keeper
2 teade-consent: worker'
}

titles() {
    is supervisor "$(tr -d '\0' <"/proc/$consent/cmdline")" 'teade-consent: supervisor' && eventually has_titles
}

says_stopping() {
    : >"$tmp/said"
    kill "$consent" && eventually grep -q STOPPING=1 "$tmp/said" && eventually [ ! -e "$tmp/socket" ]
}

# Keys that others could read or replace are not used, as ssh does not.
refuses_keys() { # MESSAGE COMMAND...
    message=$1
    shift
    rm -rf "$tmp/shared" && "$build/teade-records" init --keys "$tmp/shared" 2>"$tmp/init" && "$@" || return 1
    timeout 10 "$build/teade-consent" --site "$tmp/site" --database "$tmp/other.db" --keys "$tmp/shared" \
        --listen "$tmp/other" 2>"$tmp/err"
    is 'exit status' $? 78 && has "$tmp/err" "$message"
}

# Three backups of which two are kept, and the list of what was erased beside them.
backs_up() {
    mkdir "$tmp/backups" && echo erased >"$tmp/consent.db.erased" || return 1
    for _ in 1 2 3; do
        TEADE_DATABASE=$tmp/consent.db TEADE_BACKUPS=$tmp/backups TEADE_KEEP=2 "$prefix/libexec/teade/backup" >"$tmp/out" 2>&1 ||
            { cat "$tmp/out" && return 1; }
        sleep 1.1
    done
    is copies "$(find "$tmp/backups" -name 'consent-*.db' | wc -l)" 2 &&
        is erased "$(cat "$tmp/backups/consent.db.erased")" erased &&
        is modes "$(find "$tmp/backups" -type f -perm /077)" '' || return 1
    TEADE_KEEP=0 "$prefix/libexec/teade/backup" 2>"$tmp/err"
    is 'exit status without a number' $? 78
}

if command -v systemd-analyze >/dev/null; then
    check 'the units are sound' verified
    check 'the endpoint is hardly exposed' exposed teade-consent.service 4
    for job in publish backup verify; do
        check "teade-$job.service is little exposed" exposed "teade-$job.service" 25
    done
    check 'an account, and directories' account_and_directories
else
    skip 'the units' 'no systemd'
fi
begin || { cat "$tmp/log" "$tmp/said" >&2 && give_up 'the endpoint does not start'; }
check 'it is ready when the keeper has the site' says_ready
check 'processes have titles' titles
check 'a reload succeeds or fails as a whole' says_reloading
check 'it says that it stops' says_stopping
check 'keys that others can read' refuses_keys 'other accounts can read it' chmod 644 "$tmp/shared/visitor.key"
check 'keys that others can replace' refuses_keys 'other accounts can replace it' chmod 770 "$tmp/shared"
[ "$(id -u)" != 0 ] || check 'keys of another account' refuses_keys 'belongs to another account' \
    chown nobody "$tmp/shared/visitor.key"
check 'backups are pruned' backs_up
echo "1..$number"
