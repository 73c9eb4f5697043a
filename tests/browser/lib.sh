# lib.sh: what the browser tests share; they read it by `.`.  Each of them serves a site with
# records of its own and hands it to node, which prints TAP; they run side by side.  All that is
# made stays below $BUILD/browser, in a folder named as the test: the site, the records, and the
# pictures in shots/.
# shellcheck shell=sh

set -u
exec </dev/null
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$(dirname "$here")")
build=${BUILD:-build}
name=$(basename "$0" .sh)
work=$build/browser
own=$work/$name
server=

# shellcheck disable=SC2317 # the trap calls it
stop() {
    [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null
}
trap stop EXIT
trap 'exit 130' INT TERM HUP

give_up() {
    echo "Bail out! $name: $1"
    exit 1
}

# Serves the site until the test ends: $address, and $database, which is empty where a copy is
# served whose records are out of reach.
serve() { # [OPTION-OF-TEADE-BUILD...]
    rm -rf "$own" && mkdir -p "$own" && "$build/teade" build --output "$own/site" "$@" >"$own/log" 2>&1 ||
        give_up "no site: $(cat "$own/log")"
    : >"$own/address"
    "$here/../serve.sh" "$own/site" "$own/run" 0 "$build" >"$own/address" 2>>"$own/log" &
    server=$!
    until grep -q '^http:.*/$' "$own/address"; do
        kill -0 "$server" 2>/dev/null || give_up "no server: $(cat "$own/log")"
        sleep 0.1
    done
    address=$(sed -n '1s|^\(http://[^/]*/\).*|\1|p' "$own/address")
    database=$own/run/consent.db
    [ -e "$database" ] || database=
}

# The site of tests/site, at noon of DEMO_DAY.
serve_demo() {
    CONSENT_OPTIONS="--now $(date -u -d "${DEMO_DAY}T12:00Z" +%s)"
    export CONSENT_OPTIONS
    serve --content "$root/tests/site/content" --locale "$root/tests/site/locale" --date "$DEMO_DAY"
}

pages() { # [PATTERN]: but for the pages that match it
    node "$work/pages.mjs" "$address" "$own/site/public" "$own/shots" "$build/teade-records" "$database" "${1-}"
}

habits() { # BROWSER
    node "$work/habits.mjs" "$1" "$address" "$build/teade-records" "$database"
}
