#!/bin/sh
# seeds.sh: every fuzz target has seeds, and they do what it asserts.  TEADE names the
# generator; the targets were built beside it.  TAP.

. "$(dirname "$0")/../helpers/tap.sh"
built=$(dirname "$teade")/tests/fuzz

for source in "$here"/fuzz/fuzz_*.c; do
    target=$(basename "$source" .c)
    check "seeds of $target" "$built/$target" "$here/fuzz/seeds/${target#fuzz_}"/*
done
echo "1..$number"
