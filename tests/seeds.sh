#!/bin/sh
# seeds.sh: every fuzz target has seeds, and they do what it asserts.  TEADE names the
# generator; the targets were built beside it.  TAP.

set -u
here=$(cd "$(dirname "$0")" && pwd)
built=$(dirname "${TEADE:-build/teade}")/tests/fuzz
number=0

for source in "$here"/fuzz/fuzz_*.c; do
    target=$(basename "$source" .c)
    number=$((number + 1))
    if why=$("$built/$target" "$here/fuzz/seeds/${target#fuzz_}"/* 2>&1); then
        echo "ok $number - seeds of $target"
    else
        echo "not ok $number - seeds of $target"
        echo "$why" | sed 's/^/# /'
    fi
done
echo "1..$number"
