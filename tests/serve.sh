#!/bin/sh
# serve.sh SITE RUN PORT [PROGRAMS [COMMAND...]]: serves the built SITE on http://127.0.0.1:PORT
# until it is stopped (Ctrl-C, TERM).  PORT 0 takes a free one.  RUN is the directory for what is
# needed meanwhile, with PROGRAMS also for the database and its keys: PROGRAMS is the directory of
# teade-consent and teade-records, and without it choices are not recorded.  COMMAND builds SITE
# first, once it is known that nobody serves from RUN and that the port is free.
# CONSENT_OPTIONS are more options for teade-consent.
#
# The addresses go to stdout, once they answer; all messages to stderr.  Whatever is started
# here ends with this script.  Root is given up for an unprivileged account; where that
# account cannot read SITE or write RUN (a clone below /root), a copy is served.

set -u
PATH=$PATH:/usr/sbin:/sbin
account=nobody
template=$(dirname "$0")/../templates/nginx/nginx.conf.in
lowly= # what precedes the commands run by whoever serves
children=
copy=

fail() { # STATUS MESSAGE
    echo "serve.sh: $2" >&2
    exit "$1"
}

# In a session of its own: the terminal's Ctrl-C is for this script alone, which ends them in order.
start() { # COMMAND...
    $lowly setsid setpriv --pdeathsig TERM "$@" </dev/null 9<&- &
    children="$! $children"
}

# shellcheck disable=SC2317 # the trap calls it
stop() {
    trap '' INT TERM HUP
    for child in $children; do
        kill "$child" 2>/dev/null
        wait "$child" 2>/dev/null
    done
    [ -z "$copy" ] || rm -rf "$copy"
}

# Prints the port if it is free, or a free one for 0.
# shellcheck disable=SC2016 # Perl's variables
free_port() {
    $lowly perl -MIO::Socket::INET -e '
        my $socket = IO::Socket::INET->new(LocalAddr => "127.0.0.1", LocalPort => $ARGV[0],
                                           Listen => 1, ReuseAddr => 1)
            or die "serve.sh: port $ARGV[0]: $!; name another by PORT=\n";
        print $socket->sockport' "$1"
}

# Whether whoever serves can read all of SITE and write RUN.
within_reach() {
    [ -z "$($lowly find "$site/." ${programs:+"$programs/teade-consent"} ! -readable -print -quit 2>&1)" ] &&
        $lowly test -w "$run" -a -x "$run"
}

serve_copy() {
    copy=$(mktemp -d /tmp/teade.XXXXXX) || exit 73
    { mkdir "$copy/run" && cp -R "$site" "$copy/site" && chmod -R u=rwX "$copy" &&
        chown -R "$account" "$copy"; } || fail 73 "cannot copy $site to $copy"
    echo "serve.sh: $account, who serves, has no access to $site or $run;" \
        "serving a copy as of now, whose records end with it, in $copy" >&2
    [ -z "$programs" ] || { cp "$programs/teade-consent" "$programs/teade-records" "$copy" &&
        programs=$copy; } || fail 73 "cannot copy $programs"
    site=$copy/site
    run=$copy/run
}

[ $# -ge 3 ] || fail 64 "usage: serve.sh SITE RUN PORT [PROGRAMS [COMMAND...]]"
case $3 in '' | *[!0-9]*) fail 64 "not a port: '$3'" ;; esac
mkdir -p "$2" && run=$(cd "$2" && pwd) || exit 73
exec 9<"$run" && flock --nonblock 9 ||
    fail 75 "another serve.sh uses $2 (its site and its records); stop it first"
site=$1 port=$3
programs=${4:+$(cd "$4" && pwd)} || exit 66
shift $(($# < 4 ? $# : 4))

trap stop EXIT
trap 'exit 0' INT TERM HUP

[ "$port" = 0 ] || free_port "$port" >/dev/null || exit 69
[ $# = 0 ] || "$@" 9<&- || exit
[ -f "$site/private/nginx/teade.conf" ] || fail 66 "no site in $site; build it first"
site=$(cd "$site" && pwd) || exit 66

if [ "$(id -u)" = 0 ]; then
    lowly="setpriv --reuid=$account --regid=$(id -g "$account") --clear-groups --no-new-privs"
    chown "$account" "$run"
    within_reach || serve_copy
elif ! within_reach; then
    fail 77 "cannot read $site or write $run (made by another user?)"
fi
port=$(free_port "$port") || exit 69

# From here on all names are short: that of a socket must not exceed 107 bytes.
# shellcheck disable=SC2016 # the inner shell's variables
{
    $lowly sh -c 'cd "$1" && mkdir -p tmp && rm -f nginx.pid && ln -sfn "$2" site &&
        sed "s/@PORT@/$3/" >nginx.conf' sh "$run" "$site" "$port" <"$template" && cd "$run"
} || fail 73 "cannot write $run"

if [ -n "$programs" ]; then
    [ -e keys ] || $lowly "$programs/teade-records" init --keys keys --database consent.db >&2 ||
        fail 73 "cannot make keys in $run"
    # shellcheck disable=SC2086 # a list of options
    start "$programs/teade-consent" --site "$site" --database consent.db --keys keys \
        --listen teade-consent.sock ${CONSENT_OPTIONS-}
    consent=${children%% *}
    until [ -S teade-consent.sock ]; do
        kill -0 "$consent" 2>/dev/null || fail 70 "teade-consent did not start"
        sleep 0.02
    done
fi
start nginx -p "$run" -c "$run/nginx.conf" -e stderr
nginx=$!
until [ -s nginx.pid ]; do # written once the port is open
    kill -0 "$nginx" 2>/dev/null || fail 69 "nginx did not start"
    sleep 0.02
done
for page in site/public/*/index.html; do
    language=${page#site/public/}
    echo "http://127.0.0.1:$port/${language%index.html}"
done
wait "$nginx"
fail 70 "nginx ended by itself"
