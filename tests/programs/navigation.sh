#!/bin/sh
# navigation.sh: the navigation of each page lists up to seven documents; of more it links to the
# start page, which lists them all.  TAP.

. "$(dirname "$0")/../helpers/tap.sh"

# Copies of one document of tests/site, which is also the one about records.
make_site() { # COUNT
    content=$tmp/$1/content locale=$tmp/$1/locale
    mkdir -p "$content" && cp -RL "$here/site/locale" "$locale" && list=cookies
    mkdir "$content/cookies" && cp "$here/site/content/cookies/2026-03-01.md" "$content/cookies"
    for n in $(seq 2 "$1"); do
        cp -R "$content/cookies" "$content/copy-$n" && list="$list, copy-$n"
        for language in et ja; do
            cp "$locale/$language/LC_MESSAGES/cookies.po" "$locale/$language/LC_MESSAGES/copy-$n.po"
        done
    done
    sed "s/^documents:.*/documents: [$list]/" "$here/site/content/site.yaml" >"$content/site.yaml"
    "$teade" build --content "$content" --locale "$locale" --templates "$root/templates" \
        --output "$tmp/$1/site" --date 2026-09-15 >"$tmp/log" 2>&1 || give_up "$(cat "$tmp/log")"
}

navigation() { # COUNT PAGE: its links, one a line
    sed -n '/<nav class="pages"/,/<\/nav>/s,.*<li><a href="\([^"]*\)".*,\1,p' "$tmp/$1/site/public/$2"
}

current() { # COUNT PAGE: where the navigation says that the reader is
    sed -n 's,.*<li><a href="\([^"]*\)"[^>]* aria-current="page">.*,\1,p' "$tmp/$1/site/public/$2"
}

lists_all() { # COUNT PAGE
    navigation "$1" "$2" >"$tmp/links"
    is links "$(grep -cE '^/en/(cookies|copy-[0-9]+)/$' "$tmp/links")" "$1" &&
        ! grep -qx /en/ "$tmp/links"
}

lists_none() { # COUNT PAGE
    is links "$(navigation "$1" "$2" | tr '\n' ' ')" '/en/ /en/choices/ '
}

start_page_lists_all() { # COUNT
    is documents "$(sed -n '/<ul class="cards">/,/<\/ul>/p' "$tmp/$1/site/public/en/index.html" |
        grep -cE '^<a href="/en/(cookies|copy-[0-9]+)/">')" "$1"
}

for count in 7 8; do
    make_site "$count"
    check "of $count documents the start page lists all" start_page_lists_all "$count"
done
for page in en/index.html en/cookies/index.html en/cookies/history/index.html; do
    check "$page lists seven documents" lists_all 7 "$page"
    check "$page lists none of eight" lists_none 8 "$page"
done
check 'a page of seven is marked' is current "$(current 7 en/copy-3/index.html)" /en/copy-3/
check 'no other is' is current "$(current 7 en/copy-3/history/index.html)" ''
check 'of eight, the start page is' is current "$(current 8 en/index.html)" /en/
check 'and no document' is current "$(current 8 en/copy-3/index.html)" ''
echo "1..$number"
