#!/bin/sh
# jobs.sh: with any number of threads a build gives the same site, and a check the same findings in
# the same order.  TAP.

. "$(dirname "$0")/../helpers/tap.sh"

sources() { # COMMAND OPTION...
    command=$1
    shift
    "$teade" "$command" --content "$tmp/content" --locale "$tmp/locale" --templates "$tmp/templates" \
        --date 2026-09-15 "$@"
}

build_with() { # JOBS
    sources build --output "$tmp/site$1" --jobs "$1" >"$tmp/log" 2>&1 || { cat "$tmp/log" && return 1; }
}

check_with() { # JOBS OPTION...
    jobs=$1
    shift
    sources check --jobs "$jobs" "$@" >"$tmp/found$jobs" 2>&1
    echo "exit status $?" >>"$tmp/found$jobs"
}

same_site() { # JOBS
    build_with "$1" && diff -r "$tmp/site1" "$tmp/site$1"
}

same_findings() { # JOBS OPTION...
    check_with "$@" && diff "$tmp/found1" "$tmp/found$1"
}

# Faults in texts, catalogues and templates, many of each.
spoil() {
    for file in "$tmp/content"/*/*.md; do
        printf '\nA \\*star*, ==marked==, ~~struck~~ and [^1].\n\n<b>raw</b>\n' >>"$file"
    done
    sed -i '/^msgstr "./s/"$/ 4711"/' "$tmp/locale"/*/LC_MESSAGES/*.po
    echo '{{unknown}} {{> nothing}}' >>"$tmp/templates/document.html"
    echo '{{unknown}}' >>"$tmp/templates/history.html"
}

cp -RL "$here/site/content" "$here/site/locale" "$root/templates" "$tmp"
build_with 1 || give_up 'it cannot be built'
for jobs in 2 3 16 256; do
    check "the site by $jobs" same_site "$jobs"
done
echo '{{unknown}}' >>"$tmp/templates/document.html" # every page of a text finds it
check_with 1
check 'there are findings of pages' grep -q unknown "$tmp/found1"
for jobs in 2 7; do
    check "findings of pages by $jobs" same_findings "$jobs"
done
spoil
for options in '' --json --draft --gaps; do
    check_with 1 $options
    check "there are findings $options" test "$(wc -l <"$tmp/found1")" -gt 100
    for jobs in 2 7; do
        check "findings $options by $jobs" same_findings "$jobs" $options
    done
done
echo "1..$number"
