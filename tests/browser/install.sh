#!/bin/sh
# install.sh: the packages that the browser tests need, below $BUILD/browser.  They lie beside a copy
# of the tests' programs, which is where node looks for them.

set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=${BUILD:-build}/browser
mkdir -p "$work"
cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$here"/*.mjs "$work/"
installed=$work/node_modules/installed-lock.json
if ! cmp -s "$here/package-lock.json" "$installed"; then
    npm ci --prefix "$work" >&2
    cp "$here/package-lock.json" "$installed"
fi
