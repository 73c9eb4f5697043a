#!/bin/sh
# life.sh: the life of tests/site, day by day: which version every page calls announced, in
# force, superseded or retracted, which notice stands on all pages, what feed and notice.json
# say.  A row is a day before something changes and the day it does.

. "$(dirname "$0")/../helpers/tap.sh"

build() { # DAY
    "$teade" build --content "$here/site/content" --locale "$here/site/locale" \
        --templates "$root/templates" --output "$tmp/site" --date "$1" 2>"$tmp/log"
}

# A letter for each revision's own page, oldest first, and - where it has none yet.
states() { # LANGUAGE DOCUMENT
    for source in "$here/site/content/$2"/*.md; do
        page=$tmp/site/public/$1/$2/$(basename "$source" .md)/index.html
        if [ -e "$page" ]; then
            sed -n 's/.*<strong class="state \(.\)[a-z-]*">.*/\1/p' "$page" | tr -d '\n'
        else
            printf -- -
        fi
    done
}

# The version that the document's own address shows.
shown() { # LANGUAGE DOCUMENT
    sed -n 's|.*href="/[a-z]*/'"$2"'/\([0-9.-]*\)/about.jsonld".*|\1|p' \
        "$tmp/site/public/$1/$2/index.html"
}

# DOCUMENT REVISION of the notices of a page; below what was done they stand at its end.
notices() { # PAGE
    perl -0ne 's/\{\{#done\}\}.*?\{\{\/done\}\}//sg; while (m!<aside class="notice" id="notice-([a-z-]+)".*?name="revision" value="(.*?)"!sg) {
        print "$1 $2;" }' "$1"
}

# The same of notice.json.
told() { # LANGUAGE
    perl -MJSON::PP -0ne 'print "$_->{document} $_->{revision};" for @{decode_json($_)->{notices}}' \
        "$tmp/site/public/$1/notice.json"
}

# On one day, in every language alike.
day() { # POLICY-STATES COOKIES-STATES SHOWN NOTICES FEED-UPDATED ENTRIES
    for language in en et ja; do
        is "$language policy" "$(states $language privacy-policy)" "$1" &&
            is "$language cookies" "$(states $language cookies)" "$2" &&
            is "$language shown" "$(shown $language privacy-policy)" "$3" &&
            is "$language notice.json" "$(told $language)" "$4" || return 1
        find "$tmp/site/public/$language" "$tmp/site/private/pages/$language" -name '*.html' >"$tmp/pages"
        while read -r page; do
            is "$page" "$(notices "$page")" "$4" || return 1
        done <"$tmp/pages"
        feed=$tmp/site/public/$language/feed.xml
        is "$language updated" "$(sed -n 's|<updated>\(.*\)T.*</updated>|\1|p' "$feed" | head -n 1)" "$5" &&
            is "$language entries" "$(grep -c '<entry>' "$feed")" "$6" || return 1
    done
}

on() { # DAY ...
    date=$1
    shift
    build "$date" || { cat "$tmp/log" && return 1; }
    day "$@"
}

nothing_yet() {
    build 2026-02-28 &&
        has "$tmp/log" 'document "privacy-policy" is left out until its first version is published on 2026-03-01' &&
        [ ! -e "$tmp/site/public/en/privacy-policy" ]
}

check 'nothing is there before the first version' nothing_yet
# A day in the zone of the site (Europe/Tallinn) begins the evening before in UTC.
while IFS='|' read -r day policy cookies shown notices updated entries; do
    check "on $day" on "$day" "$policy" "$cookies" "$shown" "$notices" "$updated" "$entries"
done <<'END'
2026-03-01|i---|i-|2026-03-01||2026-02-28|2
2026-05-03|i---|i-|2026-03-01||2026-02-28|2
2026-05-04|si--|i-|2026-05-04||2026-05-03|3
2026-05-31|si--|i-|2026-05-04||2026-05-03|3
2026-06-01|si--|ia|2026-05-04|cookies 2026-06-01;|2026-05-31|4
2026-06-19|si--|ia|2026-05-04|cookies 2026-06-01;|2026-05-31|4
2026-06-20|si--|ir|2026-05-04||2026-06-19|4
2026-06-30|si--|ir|2026-05-04||2026-06-19|4
2026-07-01|sia-|ir|2026-05-04|privacy-policy 2026-07-01;|2026-06-30|5
2026-07-15|sia-|ir|2026-05-04|privacy-policy 2026-07-01;|2026-06-30|5
2026-07-31|sia-|ir|2026-05-04|privacy-policy 2026-07-01;|2026-06-30|5
2026-08-01|ssi-|ir|2026-07-01|privacy-policy 2026-07-01;|2026-06-30|5
2026-08-30|ssi-|ir|2026-07-01|privacy-policy 2026-07-01;|2026-06-30|5
2026-08-31|ssi-|ir|2026-07-01||2026-06-30|5
2026-09-01|ssia|ir|2026-07-01|privacy-policy 2026-09-01;|2026-08-31|6
2026-10-14|ssia|ir|2026-07-01|privacy-policy 2026-09-01;|2026-08-31|6
2026-10-15|sssi|ir|2026-09-01|privacy-policy 2026-09-01;|2026-08-31|6
2026-11-13|sssi|ir|2026-09-01|privacy-policy 2026-09-01;|2026-08-31|6
2026-11-14|sssi|ir|2026-09-01||2026-08-31|6
END

# Variations: a copy with other versions behind 2026-07-01.

vary() { # ID SETTINGS: a version like the one of July
    sed "s/^published: .*/published: $(echo "$1" | cut -c -10)/; $2; s/^summary: .*/summary: Your rights/" \
        "$tmp/varied/privacy-policy/2026-07-01.md" >"$tmp/varied/privacy-policy/$1.md"
}

varied() { # DAY NOTICES
    "$teade" build --content "$tmp/varied" --locale "$here/site/locale" --templates "$root/templates" \
        --output "$tmp/site" --date "$1" 2>"$tmp/log" || { cat "$tmp/log" && return 1; }
    page=$tmp/site/public/en/index.html
    is notices "$(notices "$page")" "$2"
}

start_varying() {
    rm -rf "$tmp/varied" && cp -R "$here/site/content" "$tmp/varied" && rm "$tmp/varied"/privacy-policy/2026-09-01.md
}

# Wording does not end a notice, on another day or the same.
reworded() {
    start_varying && vary 2026-08-10 's/^effective: .*/effective: 2026-08-10/; s/^class: .*/class: editorial/' &&
        varied 2026-08-10 'privacy-policy 2026-07-01;' && varied 2026-08-30 'privacy-policy 2026-07-01;' &&
        varied 2026-08-31 '' || return 1
    start_varying && vary 2026-07-01.1 's/^class: .*/class: editorial/' &&
        varied 2026-07-02 'privacy-policy 2026-07-01;' &&
        varied 2026-08-02 'privacy-policy 2026-07-01;' &&
        has "$tmp/site/public/en/privacy-policy/history/index.html" 'Version of 1 July 2026 (2)</a>'
}

# Whoever has not seen the first is told of it beside the second.
told_together() {
    start_varying && vary 2026-08-10 's/^effective: .*/effective: 2026-08-20/' &&
        varied 2026-08-15 'privacy-policy 2026-08-10;' &&
        has "$page" 'A new version takes effect on 20 August 2026.' &&
        has "$page" 'A new version has been in force since 1 August 2026.' &&
        is notices "$(grep -c '<aside' "$page")" 1
}

check 'a change of wording ends no notice' reworded
check 'two changes in one notice' told_together
echo "1..$number"
