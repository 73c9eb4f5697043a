#!/bin/sh
# bench.sh: records per second, from a form that is posted to the reply to a row on disk,
# side by side with what else could stand there, all behind the same nginx on this machine:
# a static file, the endpoint's workers where nothing is recorded (a notice is hidden: the
# same form, guard and reply, and no keeper), and PHP-FPM with PDO as Debian has them.
# wrk asks by 8 and by 64 connections; of ROUNDS rounds the median is printed, with that
# round's latencies.  TEADE names the generator; teade-consent and teade-records stand beside it.

set -u
PATH=$PATH:/usr/sbin:/sbin
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
teade=$(realpath "${TEADE:-build/teade}")
rounds=${ROUNDS:-3}
seconds=${SECONDS_EACH:-2}
tmp=$(mktemp -d /var/tmp/teade.XXXXXX) # /tmp may be memory, where every flush is free
servers=
lowly=

fail() {
    echo "bench.sh: $1" >&2
    exit 69
}

stop() {
    for server in $servers; do
        kill "$server" && wait "$server"
    done 2>/dev/null
    rm -rf "$tmp"
}
trap stop EXIT
trap 'exit 130' INT TERM HUP

await() { # COMMAND...
    tries=200
    until "$@"; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || fail "$(cat "$tmp/log")"
        sleep 0.05
    done
}

# Setting up.

build_site() {
    (cd "$root" && "$teade" build --output "$tmp/site" --base-url "$origin") >"$tmp/log" 2>&1 ||
        fail "$(cat "$tmp/log")"
    nginx=$tmp/site/private/nginx/teade.conf
    sed -i '/^ *limit_\(req zone=\|conn \)/d' "$nginx" # one address for all
    cat >>"$nginx" <<END
location = /baseline {
    fastcgi_pass unix:$tmp/php.sock;
    fastcgi_param SCRIPT_FILENAME $tmp/baseline.php;
    fastcgi_param REQUEST_METHOD \$request_method;
    fastcgi_param CONTENT_TYPE \$content_type;
    fastcgi_param CONTENT_LENGTH \$content_length;
    fastcgi_param HTTP_ORIGIN \$http_origin;
}
END
}

start_ours() {
    "$root/tests/serve.sh" "$tmp/site" "$tmp/run" "${origin##*:}" "$tmp" >"$tmp/addresses" 2>"$tmp/log" &
    servers="$servers $!"
    await test -s "$tmp/addresses"
}

# As many processes as the endpoint has workers, which keep their connections and their
# compiled script.
start_php() {
    cp "$here/baseline.php" "$tmp"
    cat >"$tmp/php.conf" <<END
[global]
error_log = $tmp/php.log
[www]
listen = $tmp/php.sock
listen.mode = 0666
pm = static
pm.max_children = 16
env[DATABASE] = $tmp/php/choices.db
env[ORIGIN] = $origin
END
    # shellcheck disable=SC2016 # PHP's variables
    $lowly php8.2 -r '(new PDO("sqlite:$argv[1]"))->exec("PRAGMA journal_mode = WAL;
        CREATE TABLE choice (id INTEGER PRIMARY KEY, visitor TEXT NOT NULL UNIQUE,
            document TEXT NOT NULL, revision TEXT NOT NULL, digest TEXT NOT NULL,
            answer TEXT NOT NULL, time INTEGER NOT NULL)");' "$tmp/php/choices.db"
    $lowly php-fpm8.2 --nodaemonize --fpm-config "$tmp/php.conf" >"$tmp/log" 2>&1 &
    servers="$servers $!"
    await test -S "$tmp/php.sock"
}

# Measuring.  $tmp/measured: server, connections and post.lua's line, for each round.

measure() { # SERVER CONNECTIONS PATH [BODY ORIGIN [COOKIES]]
    server=$1 connections=$2 path=$3
    shift 3
    wrk --threads 2 --connections "$connections" --duration "${seconds}s" \
        --script "$here/post.lua" "$origin$path" -- "$@" \
        2>&1 >"$tmp/wrk" | sed "s/^/$server $connections /" >>"$tmp/measured"
}

# More than there are answers to a run: each is the first record of a new visitor.
cookies() {
    "$here/../helpers/cookies.pl" $((seconds * 10000)) $(($(date +%s) / 86400)) <"$tmp/run/keys/visitor.key" >"$tmp/cookies"
}

measure_all() { # CONNECTIONS
    measure static "$1" /en/
    measure workers "$1" /en/choices/hide "$text" "$origin"
    cookies
    measure records "$1" /en/choices/record "$text&$choice=given" "$origin" "$tmp/cookies"
    measure php "$1" /baseline "$text&$choice=given" "$origin" "$tmp/cookies"
}

# The process and all that it started.
family() { # PID
    echo "$1"
    tr ' ' '\n' <"/proc/$1/task/$1/children" | while read -r child; do
        family "$child"
    done
}

# PSS counts a page that processes share once, RSS once for each.
memory() { # SERVER PID: MiB
    for pid in $(family "$2"); do
        cat "/proc/$pid/smaps_rollup"
    done | awk -v server="$1" '/^Pss:/ { pss += $2 } /^Rss:/ { rss += $2 }
        END { printf "%s memory %.1f %.1f\n", server, pss / 1024, rss / 1024 }' >>"$tmp/measured"
}

process() { # NAME: the first of that name among ours
    for pid in $(for server in $servers; do family "$server"; done); do
        read -r name <"/proc/$pid/comm"
        case $name in "$1"*) echo "$pid" && return ;; esac
    done
}

# Printing.

# shellcheck disable=SC2016 # Perl's variables
flush_time() {
    $lowly perl -MIO::Handle -MTime::HiRes=time -e '
        open my $file, "+>", shift or die; my ($page, $start) = ("x" x 4096, time);
        for (1 .. 200) { syswrite $file, $page; $file->sync }
        printf "%.2f", (time - $start) * 5' "$tmp/php/flush"
}

rows_of_ours() {
    "$tmp/teade-records" verify --database "$tmp/run/consent.db" | sed -n '$s/ .*//p'
}

# shellcheck disable=SC2016 # PHP's variables
rows_of_php() {
    php8.2 -r 'echo (new PDO("sqlite:$argv[1]"))->query("SELECT count(*) FROM choice")
        ->fetchColumn();' "$tmp/php/choices.db"
}

print_table() {
    awk '
        BEGIN {
            count = split("static workers records php", servers)
            title["static"] = "nginx, a static file"
            title["workers"] = "teade-consent, nothing to record"
            title["records"] = "teade-consent"
            title["php"] = "PHP-FPM + PDO SQLite"
            printf "%-33s%9s%8s%8s%9s%8s%8s%8s%8s\n", "", "c=8", "p50", "p99", "c=64", "p50", "p99", "PSS", "RSS"
            printf "%-33s%9s%8s%8s%9s%8s%8s%8s%8s\n", "", "per s", "ms", "ms", "per s", "ms", "ms", "MiB", "MiB"
        }
        $2 == "memory" { memory[$1] = sprintf("%8.1f%8.1f", $3, $4); next }
        {
            key = $1 " " $2
            n = ++runs[key]
            rate[key, n] = $4 / $3
            shown[key, n] = sprintf("%9d%8.1f%8.1f", $4 / $3, $7 / 1000, $8 / 1000)
            answers[$1] += $4
            faults[$1] += $5 + $6
        }
        function median(key,    i, j, below) {
            for (i = 1; i <= runs[key]; i++) {
                below = 0
                for (j = 1; j <= runs[key]; j++)
                    below += rate[key, j] < rate[key, i] || (rate[key, j] == rate[key, i] && j < i)
                if (below == int((runs[key] - 1) / 2))
                    return shown[key, i]
            }
        }
        END {
            for (i = 1; i <= count; i++) {
                server = servers[i]
                printf "%-33s%s%s%s\n", title[server], median(server " 8"), median(server " 64"), memory[server]
            }
            print ""
            for (i = 1; i <= count; i++)
                if (faults[servers[i]])
                    printf "%s: %d of %d answers were errors\n", title[servers[i]], faults[servers[i]], answers[servers[i]]
            printf "answered and on disk: %d and %d by teade-consent, %d and %d by PHP\n",
                answers["records"], ours, answers["php"], php
        }' ours="$1" php="$2" "$tmp/measured"
}

for command in wrk php8.2 php-fpm8.2 nginx; do
    command -v "$command" >/dev/null || fail "there is no $command"
done
origin=http://127.0.0.1:$(perl -MIO::Socket::INET -e '
    print IO::Socket::INET->new(LocalAddr => "127.0.0.1", Listen => 1)->sockport')
cp "$(dirname "$teade")/teade-consent" "$(dirname "$teade")/teade-records" "$tmp" || exit 69
build_site
mkdir "$tmp/run" "$tmp/php"
chmod -R go+rX "$tmp"
if [ "$(id -u)" = 0 ]; then
    lowly="setpriv --reuid=nobody --regid=$(id -g nobody) --clear-groups --no-new-privs"
    chown nobody "$tmp" "$tmp/run" "$tmp/php"
fi
start_ours
start_php
page=$(curl --silent --noproxy '*' "$origin/en/choices/" | sed '/<\/form>/q')
text=$(echo "$page" | sed -n 's/.*type="hidden" name="\([a-z]*\)" value="\([^"]*\)".*/\1=\2/p' | paste -sd '&')
choice=$(echo "$page" | sed -n 's/.*name="\(choice\.[^"@]*\)[^"]*" value="given".*/\1/p' | head -n 1)

round=0
while [ "$round" -lt "$rounds" ]; do
    for connections in 8 64; do
        [ ! -t 2 ] || printf '\rround %d of %d, %d connections ' $((round + 1)) "$rounds" "$connections" >&2
        measure_all "$connections"
    done
    round=$((round + 1))
done
[ ! -t 2 ] || printf '\r%50s\r' '' >&2
memory records "$(process teade-consent)"
memory workers "$(process teade-consent)"
memory static "$(process nginx)"
memory php "$(process php-fpm)"

echo "$(nproc) processors, shared with wrk; a flushed write of 4 KiB takes $(flush_time) ms;" \
    "$rounds rounds of $seconds s each"
echo
print_table "$(rows_of_ours)" "$(rows_of_php)"
echo
for documents in '100 2' '1000 2' '1000 3' '10000 2'; do
    # shellcheck disable=SC2086 # two words
    "$(dirname "$teade")/tests/bench/translate" $documents || fail 'translate'
done
echo
"$(dirname "$teade")/tests/bench/redline" "$teade" || fail 'redline'
