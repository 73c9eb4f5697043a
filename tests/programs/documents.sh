#!/bin/sh
# documents.sh: README is short, and what the READMEs name exists: files, make targets, commands and
# their options.  TAP.

. "$(dirname "$0")/../helpers/tap.sh"
cd "$root" || exit 1
records=$(dirname "$teade")/teade-records
documents='README.md content/README.md locale/README.md cgi/README.md src/README.md tests/README.md
    tests/bench/README.md'

is_short() {
    size=$(wc -c <README.md)
    [ "$size" -le 6144 ] || { echo "README.md has $size bytes, and 6144 are its limit" && false; }
}

# A link without a scheme names a file beside the document; a path of ours in `code` one of the tree.
links_lead_somewhere() { # DOCUMENT
    failed=0
    for link in $(sed 's,`[^`]*`,,g' "$1" | grep -o '](\([^):]*\))' | sed 's/^](//; s/)$//; s/#.*//'); do
        [ -e "$(dirname "$1")/$link" ] || { echo "$1: $link does not exist" && failed=1; }
    done
    for path in $(grep -o '`\(src\|cgi\|tests\|templates\|locale\|content\)/[a-zA-Z0-9_./-]*`' "$1" | tr -d '`'); do
        [ -e "$path" ] || { case $path in *NAME* | *LANG* | *DOC*) continue ;; esac; echo "$1: $path does not exist" && failed=1; }
    done
    return $failed
}

targets_exist() { # DOCUMENT
    failed=0
    for target in $(grep -oE '(`|^    )make [a-z][a-z-]*' "$1" | sed 's/.*make //' | sort -u); do
        grep -qhE "^$target:" Makefile cgi/system/install.mk || { echo "$1: make $target does not exist" && failed=1; }
    done
    return $failed
}

# Commands on lines of their own, with all their options, and commands in `code`.
commands_exist() { # DOCUMENT PROGRAM NAME
    failed=0
    grep -oE "(\`|^    )(build/)?$3 [a-z][^\`#]*" "$1" | sed "s/.*$3 //" >"$tmp/commands"
    while read -r command words; do
        "$2" "$command" --help >"$tmp/help" 2>&1 || { echo "$1: $3 $command does not exist" && failed=1 && continue; }
        for word in $words; do
            case $word in
            --*) grep -qE "^ *$word( |\$)" "$tmp/help" ||
                { echo "$1: $3 $command has no $word" && failed=1; } ;;
            esac
        done
    done <"$tmp/commands"
    return $failed
}

check 'README.md is short' is_short
for document in $documents; do
    check "$document leads somewhere" links_lead_somewhere "$document"
    check "$document names targets of the Makefile" targets_exist "$document"
    check "$document names commands of teade" commands_exist "$document" "$teade" teade
    check "$document names commands of teade-records" commands_exist "$document" "$records" teade-records
done
echo "1..$number"
