#!/bin/sh
# run.sh [OPTION...]: builds the site (the OPTIONs are those of `teade build`), serves it by
# ../serve.sh and has pages.mjs look at its pages in Chromium; where there is a notice to be dealt with,
# habits.mjs then does in Chromium and Firefox what people do to forms.
#
# All that is made stays below $BUILD/browser: the packages, the site, and the pictures in shots/.

set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=${BUILD:-build}
teade=${TEADE:-$build/teade}
work=$build/browser
server=

# shellcheck disable=SC2317 # the trap calls it
stop() {
    if [ -n "$server" ]; then
        kill "$server" 2>/dev/null || :
        wait "$server" || :
    fi
    server=
}
trap stop EXIT
trap 'exit 130' INT TERM HUP

# The packages live beside a copy of the test, which is where it looks for them.
mkdir -p "$work"
cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$here/pages.mjs" "$here/habits.mjs" "$work/"
installed=$work/node_modules/installed-lock.json
if ! cmp -s "$here/package-lock.json" "$installed"; then
    npm ci --prefix "$work" >&2
    cp "$here/package-lock.json" "$installed"
fi

rm -rf "$work/run" # with the records of the last run
"$teade" build --output "$work/site" "$@"

rm -f "$work/address"
"$here/../serve.sh" "$work/site" "$work/run" 0 "$build" >"$work/address" &
server=$!
tries=100
until grep -q '^http:.*/$' "$work/address"; do
    tries=$((tries - 1))
    if [ "$tries" = 0 ] || ! kill -0 "$server" 2>/dev/null; then
        echo "run.sh: the site could not be served" >&2
        exit 69
    fi
    sleep 0.1
done
address=$(sed -n '1s|^\(http://[^/]*/\).*|\1|p' "$work/address")

# Where a copy is served, its records are out of reach, and nobody's data is provided to anybody.
database=$work/run/consent.db
[ -e "$database" ] || database=
status=0
node "$work/pages.mjs" "$address" "$work/site/public" "$work/shots" "$build/teade-records" "$database" || status=$?
if grep -rqs '<aside class="notice"' "$work/site/public"; then
    node "$work/habits.mjs" "$address" "$build/teade-records" "$database" || status=$?
fi
exit "$status"
