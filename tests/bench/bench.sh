#!/bin/sh
# bench.sh MEASURED: measures, and writes it to the file MEASURED: a name and a value on a line, for
# each round.  report.pl makes tables of it.  README.md says what is measured.
#
# TEADE names the generator; the other programs are beside it.  ROUNDS (3), SECONDS_EACH (3, of each
# load) and BENCH_RECORDS (1000000, of the large database) shorten it; ONLY="records builds texts"
# are the parts.

# shellcheck disable=SC2034 # the parts use what is set here
set -u
PATH=$PATH:/usr/sbin:/sbin
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
teade=$(realpath "${TEADE:-build/teade}")
programs=$(dirname "$teade")
bench=$programs/tests/bench
measured=$(realpath -m "${1:?MEASURED}")
rounds=${ROUNDS:-3}
seconds=${SECONDS_EACH:-3}
records=${BENCH_RECORDS:-1000000}
parts=${ONLY:-records builds texts}
tmp=$(mktemp -d /var/tmp/teade.XXXXXX) # records: /tmp may be memory, where every flush is free
memory=$(mktemp -d /dev/shm/teade.XXXXXX 2>/dev/null || mktemp -d) # builds: no peer flushes
servers=

# shellcheck disable=SC2317 # the trap calls it
clean_up() {
    stop_servers
    rm -rf "$tmp" "$memory"
}

stop_servers() {
    for server in $servers; do
        kill "$server" && wait "$server"
    done 2>/dev/null
    servers=
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

fail() {
    echo "bench.sh: $*" >&2
    exit 69
}

note() { # NAME VALUE
    echo "$1 $2" >>"$measured"
}

# Runs a command; notes its seconds and its peak memory as NAME.s and NAME.MiB.
cost() { # NAME COMMAND...
    cost_name=$1
    shift
    "$bench/cost" "$@" >"$tmp/cost" 2>"$tmp/log" </dev/null || fail "$cost_name: $(cat "$tmp/log")"
    read -r cost_seconds cost_memory <"$tmp/cost"
    note "$cost_name.s" "$cost_seconds"
    note "$cost_name.MiB" "$cost_memory"
}

for part in records builds texts; do
    # shellcheck source=/dev/null
    . "$here/$part.sh"
done

say() {
    [ ! -t 2 ] || printf '\r%-60s\r%s' '' "$1" >&2
}

# The functions of a table that belong to the parts asked for: PART FUNCTION ARGUMENTS.
run() { # TITLE < TABLE
    while read -r part function arguments; do
        case " $parts " in *" $part "*) ;; *) continue ;; esac
        say "$1: $function $arguments"
        # shellcheck disable=SC2086 # words
        "$function" $arguments </dev/null
    done
}

# What a record waits for at least: milliseconds until 4 KiB are on the disk.
# shellcheck disable=SC2016 # Perl's variables
flush_time() {
    perl -MIO::Handle -MTime::HiRes=time -e '
        open my $file, "+>", shift or die; my ($page, $start) = ("x" x 4096, time);
        for (1 .. 200) { syswrite $file, $page; $file->sync }
        printf "%.2f", (time - $start) * 5' "$tmp/flush"
}

describe_machine() {
    note processor "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1 | tr -s ' ')"
    note processors "$(nproc)"
    note memory "$(awk '/^MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo)"
    note system "$(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release), Linux $(uname -r)"
    note commit "$(git -C "$root" describe --always --dirty 2>/dev/null || echo unknown)"
    note flush "$(flush_time)"
    note rounds "$rounds"
    note seconds "$seconds"
}

for command in jq nginx php8.2 php-fpm8.2 hugo po4a cmark git; do
    command -v "$command" >/dev/null || fail "there is no $command"
done
{ mkdir -p "$(dirname "$measured")" && : >"$measured"; } || fail "cannot write $measured"
describe_machine
run 'before the rounds' <<END
records make_served_site
records make_million
builds  make_source real
builds  make_source hundred
builds  make_source versions
builds  make_source thousand
builds  make_peers hundred
builds  make_peers versions
texts   make_pairs
END
round=1
while [ "$round" -le "$rounds" ]; do
    run "round $round of $rounds" <<END
builds  build_whole hundred
builds  build_hugo hundred
builds  build_po4a hundred
builds  build_again hundred
builds  build_entry hundred
builds  build_whole versions
builds  build_hugo versions
builds  build_po4a versions
builds  build_whole thousand
builds  build_real
records start_empty
records load workers
records load first
records load php
records load act
records load first256
records stop_empty
records start_million
records load million
records stop_million
records ask_page
records operate verify
records operate backup
texts   translate
texts   diff_pair word
texts   diff_pair paragraphs
END
    round=$((round + 1))
done
say ''
