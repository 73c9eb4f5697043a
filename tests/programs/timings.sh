#!/bin/sh
# timings.sh: --timings prints each step of a build and of a check with its milliseconds, and nothing
# else changes.  TAP.

. "$(dirname "$0")/../helpers/tap.sh"

run() { # COMMAND OPTION...
    command=$1
    shift
    "$teade" "$command" --content "$here/site/content" --locale "$here/site/locale" \
        --templates "$root/templates" --date 2026-09-15 "$@"
}

prints_steps() { # STEP COMMAND OPTION...
    step=$1
    shift
    run "$@" --timings >"$tmp/out" 2>&1 || { cat "$tmp/out" && return 1; }
    grep -qE "^ *[0-9]+\.[0-9] ms  $step\$" "$tmp/out" && grep -qE '^ *[0-9]+\.[0-9] ms  in all$' "$tmp/out"
}

same_otherwise() {
    run check >"$tmp/without" 2>&1
    run check --timings 2>&1 | grep -v ' ms  ' | diff "$tmp/without" -
}

check 'a build' prints_steps 'render the pages of documents' build --output "$tmp/site"
check 'a build of what is there' prints_steps 'check for changes' build --output "$tmp/site"
check 'a check' prints_steps 'translate and check texts' check
check 'nothing else changes' same_otherwise
echo "1..$number"
