# records.sh: what bench.sh measures of the endpoint and of its database, behind nginx on loopback.
# The path is a form's post → a row on disk → the reply.  One address makes all posts, so nginx's
# limits of an address are taken out.
# shellcheck shell=sh disable=SC2154 # bench.sh sets the rest

# The site is built for the address that it is served at: a form is taken from there alone.
make_served_site() {
    # shellcheck disable=SC2016 # Perl's variables
    port=$(perl -MIO::Socket::INET -e '
        print IO::Socket::INET->new(LocalAddr => "127.0.0.1", Listen => 1)->sockport')
    origin=http://127.0.0.1:$port
    (cd "$root" && "$teade" build --output "$tmp/site" --base-url "$origin") >"$tmp/log" 2>&1 ||
        fail "$(cat "$tmp/log")"
    nginx=$tmp/site/private/nginx/teade.conf
    sed -i '/^ *limit_\(req zone=\|conn \)/d' "$nginx"
    cat >>"$nginx" <<END
location = /baseline {
    fastcgi_pass unix:$tmp/php/php.sock;
    fastcgi_param SCRIPT_FILENAME $tmp/baseline.php;
    fastcgi_param REQUEST_METHOD \$request_method;
    fastcgi_param CONTENT_TYPE \$content_type;
    fastcgi_param CONTENT_LENGTH \$content_length;
    fastcgi_param HTTP_ORIGIN \$http_origin;
}
END
    cp "$here/baseline.php" "$programs/teade-consent" "$programs/teade-records" "$tmp" || exit 69
    mkdir "$tmp/million"
    lowly=
    [ "$(id -u)" != 0 ] ||
        lowly="setpriv --reuid=nobody --regid=$(id -g nobody) --clear-groups --no-new-privs"
    chmod -R go+rX "$tmp"
}

make_million() {
    database=$tmp/million/consent.db
    "$bench/fill" "$database" $((records / 5)) 5 >"$tmp/log" 2>&1 || fail "$(cat "$tmp/log")"
    rows=$(rows_of_ours)
    note records "$rows"
    note bytes $(($(wc -c <"$database") / rows))
    [ "$(id -u)" != 0 ] || chown -R nobody "$tmp/million"
}

# Serving.

await() { # COMMAND...
    tries=1200
    until "$@"; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || fail "$(cat "$tmp/log")"
        sleep 0.05
    done
}

start_endpoint() { # RUN
    run=$tmp/$1 database=$tmp/$1/consent.db
    rm -f "$tmp/addresses"
    "$root/tests/serve.sh" "$tmp/site" "$run" "$port" "$tmp" >"$tmp/addresses" 2>"$tmp/log" &
    endpoint=$!
    servers="$servers $endpoint"
    await test -s "$tmp/addresses"
    of_ours=0 of_php=0 before=$(rows_of_ours)
    page=$(curl --silent --noproxy '*' "$origin/en/choices/" | sed '/<\/form>/q')
    text=$(echo "$page" |
        sed -n 's/.*type="hidden" name="\([a-z]*\)" value="\([^"]*\)".*/\1=\2/p' | paste -sd '&')
    choice=$(echo "$page" |
        sed -n 's/.*name="\(choice\.[^"@]*\)[^"]*" value="given".*/\1/p' | head -n 1)
}

# As many processes as the endpoint has workers, which keep their connections and their compiled
# script.
start_php() {
    rm -rf "$tmp/php"
    mkdir "$tmp/php"
    [ "$(id -u)" != 0 ] || chown nobody "$tmp/php"
    cat >"$tmp/php.conf" <<END
[global]
error_log = $tmp/php/php.log
[www]
listen = $tmp/php/php.sock
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
            answer TEXT NOT NULL, time INTEGER NOT NULL)");' "$tmp/php/choices.db" || fail 'PHP'
    $lowly php-fpm8.2 --nodaemonize --fpm-config "$tmp/php.conf" >"$tmp/log" 2>&1 &
    servers="$servers $!"
    await test -S "$tmp/php/php.sock"
}

rows_of_ours() {
    "$programs/teade-records" stats --json --database "$database" | jq .records
}

# shellcheck disable=SC2016 # PHP's variables
rows_of_php() {
    php8.2 -r 'echo (new PDO("sqlite:$argv[1]"))->query("SELECT count(*) FROM choice")
        ->fetchColumn();' "$tmp/php/choices.db"
}

# Each answer is a row, and nothing else is.
compare_rows() { # WHOSE ANSWERED ROWS
    [ "$2" = "$3" ] || fail "$1 answered $2 times and has $3 rows"
}

start_empty() {
    rm -rf "$tmp/empty"
    start_endpoint empty
    start_php
}

stop_empty() {
    compare_rows teade-consent "$of_ours" $(($(rows_of_ours) - before))
    compare_rows PHP "$of_php" "$(rows_of_php)"
    stop_servers
}

start_million() {
    start_endpoint million
}

stop_million() {
    compare_rows teade-consent "$of_ours" $(($(rows_of_ours) - before))
    stop_servers
}

# Loads.

# More than there are answers to a run: each is the first record of a new visitor.
make_cookies() {
    "$root/tests/helpers/cookies.pl" $((seconds * 40000)) $(($(date +%s) / 86400)) \
        <"$run/keys/visitor.key" >"$tmp/cookies" || fail 'cookies'
}

# The process and all that it started.
family() { # PID
    echo "$1"
    tr ' ' '\n' <"/proc/$1/task/$1/children" | while read -r child; do
        family "$child"
    done
}

# The memory of all processes of the endpoint in MiB: a page that several share counts once.
endpoint_memory() {
    for pid in $(family "$endpoint"); do
        read -r name <"/proc/$pid/comm"
        case $name in teade-*) cat "/proc/$pid/smaps_rollup" ;; esac
    done | awk '/^Pss:/ { kib += $2 } END { printf "%.1f\n", kib / 1024; exit !kib }'
}

# `workers`: the same form, guard and reply, but a notice is hidden: no keeper, no database.  `act`:
# the post of a stranger, who is sent a cookie, and the post again.
# NAME CONNECTIONS PATH COOKIES ROWS_OF
loads='
workers  64  /en/choices/hide   no  nobody
first    64  /en/choices/record yes ours
php      64  /baseline          yes php
act      64  /en/choices/record no  ours
first256 256 /en/choices/record yes ours
million  64  /en/choices/record yes ours
'

note_load() { # NAME ROWS_OF, reads what load printed
    read -r rate median p99 slowest fewest all
    [ "$2" = php ] || [ "$fewest" -gt 0 ] || fail "$1: a connection was never answered"
    note "$1.rate" "$rate"
    note "$1.p50" "$median"
    note "$1.p99" "$p99"
    note "$1.slowest" "$slowest"
    note "$1.fewest" "$fewest"
    case $2 in
    ours) of_ours=$((of_ours + all)) ;;
    php) of_php=$((of_php + all)) ;;
    esac
}

load() { # NAME
    # shellcheck disable=SC2046 # words
    set -- $(echo "$loads" | grep "^$1 ")
    body=$text
    [ "$5" = nobody ] || body="$text&$choice=given"
    [ "$4" = no ] || make_cookies
    [ "$1" != first ] || { sleep "$seconds" && endpoint_memory >"$tmp/memory"; } &
    sampling=$!
    # shellcheck disable=SC2046 # a word or none
    "$bench/load" "$origin" "$2" "$seconds" "$3" "$body" \
        $([ "$4" = no ] || echo "$tmp/cookies") >"$tmp/load" 2>"$tmp/log" ||
        fail "$1: $(cat "$tmp/log")"
    wait "$sampling" || fail 'the memory of the endpoint cannot be read'
    [ "$1" != first ] || note pss "$(cat "$tmp/memory")"
    note_load "$1" "$5" <"$tmp/load"
}

# The large database.

ask_page() {
    "$bench/page" "$database" >"$tmp/page" 2>"$tmp/log" || fail "$(cat "$tmp/log")"
    note page "$(sed -n 's/^ *1000 records: \([0-9.]*\) ms.*/\1/p' "$tmp/page")"
}

operate() { # verify|backup
    rm -f "$tmp"/backup.db*
    case $1 in
    verify) cost verify "$programs/teade-records" verify --database "$database" ;;
    backup) cost backup "$programs/teade-records" backup --database "$database" \
        --to "$tmp/backup.db" ;;
    esac
    rm -f "$tmp"/backup.db*
}
