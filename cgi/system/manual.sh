#!/bin/sh
# manual.sh PROGRAM PAGE: prints the manual page with the commands and options that --help of the
# program lists.
set -eu
help=$(mktemp -d)
trap 'rm -rf "$help"' EXIT
"$1" --help >"$help/0"
count=0
for command in $(sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z-]*\) .*/\1/p' "$help/0"); do
    count=$((count + 1))
    "$1" "$command" --help >"$help/$(printf %03d $count)"
done
awk -v page="$2" -f "$(dirname "$0")/mdoc.awk" "$help"/*
