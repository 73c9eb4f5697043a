#!/bin/sh
# rebuild.sh: a build into a site that is there gives what a build into an empty folder gives, byte
# for byte, after any change: of content, settings, translations, templates, the day, the program,
# the site's own files, and what builds leave beside it.  Where nothing changed, nothing is done.
# TAP.

. "$(dirname "$0")/../helpers/tap.sh"
day=2026-09-15

build() { # OUTPUT OPTION...
    output=$1
    shift
    "$teade" build --content "$tmp/content" --locale "$tmp/locale" --templates "$tmp/templates" \
        --output "$output" --date "$day" "$@"
}

# Builds again, and beside it from nothing.
is_as_new() { # OPTION...
    rm -rf "$tmp/clean" "$tmp/clean.cache"
    build "$tmp/site" "$@" >"$tmp/log" 2>&1 || { cat "$tmp/log" && return 1; }
    build "$tmp/clean" "$@" >"$tmp/log" 2>&1 || { cat "$tmp/log" && return 1; }
    diff -r "$tmp/clean" "$tmp/site" && [ ! -e "$tmp/site.stage" ]
}

after() { # COMMAND...
    "$@" && is_as_new
}

edit() { # FILE SED-SCRIPT: the file must change
    cp "$1" "$tmp/before" && sed -i "$2" "$1" && ! cmp -s "$tmp/before" "$1"
}

reword() { # WORD OTHER: in a text, and in the messages of its catalogues
    for file in "$tmp/content/cookies"/*.md "$tmp/locale"/*/LC_MESSAGES/cookies.po; do
        edit "$file" "s/A cookie is a $1 piece/A cookie is a $2 piece/" || return 1
    done
}

# Another byte in a file that keeps its length and the time it was written.
spoil() { # FILE
    cp -p "$1" "$tmp/times" && printf '\001' | dd of="$1" bs=1 seek=20 conv=notrunc 2>"$tmp/dd" &&
        touch -r "$tmp/times" "$1"
}

# What it leads to may change: it does not stay.
linked() {
    cp "$page" "$tmp/words" && ln -sf "$tmp/words" "$page" && is_as_new && [ ! -L "$page" ]
}

# The words of the pages as they come with templates elsewhere.
interface_elsewhere() {
    mkdir "$tmp/elsewhere" && cp -R "$tmp/templates" "$tmp/locale" "$tmp/elsewhere" &&
        rm "$tmp/locale"/*/LC_MESSAGES/site.po && is_as_new --templates "$tmp/elsewhere/templates" &&
        edit "$tmp/elsewhere/locale/et/LC_MESSAGES/site.po" 's/^msgstr "Kehtiv"/msgstr "Praegu kehtiv"/' &&
        is_as_new --templates "$tmp/elsewhere/templates" && grep -rq 'Praegu kehtiv' "$tmp/site/public/et"
}

replace_program() {
    teade=$tmp/teade2 && cp "$tmp/teade" "$teade" && is_as_new
}

# Rules of another place under the zone's name.
other_zone() {
    mkdir -p "$tmp/zones/Europe" && cp /usr/share/zoneinfo/Asia/Tokyo "$tmp/zones/Europe/Tallinn" &&
        TZDIR=$tmp/zones is_as_new
}

build_and_list() { # LIST: each file of the site, and when it was changed last
    build "$tmp/site" >"$tmp/log" 2>&1 && find "$tmp/site" -printf '%p %i %C@\n' | sort >"$1"
}

unchanged_is_left_alone() {
    build_and_list "$tmp/was" && build_and_list "$tmp/is" && diff "$tmp/was" "$tmp/is" &&
        grep -q ', 0 of them new$' "$tmp/log"
}

# Warnings are repeated each time.
warns_again() {
    echo '<!-- TODO: more -->' >>"$tmp/content/cookies/2026-03-01.md"
    build "$tmp/site" >"$tmp/first" 2>&1
    build "$tmp/site" >"$tmp/second" 2>&1
    grep -v '^teade: /' "$tmp/first" >"$tmp/wanted"
    grep -q warning "$tmp/wanted" && grep -v '^teade: /' "$tmp/second" | diff "$tmp/wanted" - &&
        edit "$tmp/content/cookies/2026-03-01.md" '/TODO/d'
}

keeps_foreign_files() { # OPTION...
    echo token >"$tmp/site/public/token.txt" && build "$tmp/site" "$@" >"$tmp/log" 2>&1 &&
        build "$tmp/site" "$@" >"$tmp/log" 2>&1 &&
        grep -q ' 1 file .*: token.txt$' "$tmp/log" &&
        [ "$(cat "$tmp/site/public/token.txt")" = token ] && rm "$tmp/site/public/token.txt"
}

cp "$teade" "$tmp/teade" && teade=$tmp/teade # so that it can be replaced
cp -RL "$here/site/content" "$here/site/locale" "$root/templates" "$tmp"
build "$tmp/site" >"$tmp/log" 2>&1 || give_up "$(cat "$tmp/log")"
po=$tmp/locale/et/LC_MESSAGES
page=$tmp/site/public/en/cookies/index.html
record=$tmp/site.cache/record

check 'unchanged, it is left alone' unchanged_is_left_alone
check 'a setting' after edit "$tmp/content/site.yaml" 's/^consent_validity: 24/consent_validity: 12/'
check 'the name' after edit "$tmp/content/site.yaml" 's/^name: .*/name: Other/'
check 'content' after reword small short
check 'content as it was' after reword short small
check 'a translation' after edit "$po/cookies.po" 's/Küpsis on väike tekst/Küpsis on väga väike tekst/'
check 'a translation of the templates' after edit "$po/site.po" 's/^msgstr "Keel"/msgstr "Keele valik"/'
check 'a template' after edit "$tmp/templates/start.html" 's/<h1>/<h1 class="start">/'
check 'a style sheet' after edit "$tmp/templates/assets/style.css" '1s/^/\/* changed *\/ /'
check 'another address' is_as_new --base-url https://other.example
check 'the address as it was' is_as_new
for day in 2026-09-16 2026-08-31 2026-09-15; do
    check "the day $day" is_as_new
done
check 'another program' replace_program
if [ -e /usr/share/zoneinfo/Asia/Tokyo ]; then
    check "other rules of the site's time zone" other_zone
else
    skip "other rules of the site's time zone" 'there is no tzdata'
fi
build "$tmp/site" >"$tmp/log" 2>&1
check 'a page that was changed' after edit "$page" 's/Cookies/Biscuits/'
check 'a page that was changed, of the same size and time' after spoil "$page"
for ending in gz br; do
    check "a packed copy that was changed: $ending" after spoil "$page.$ending"
done
check 'the manifest that was changed' after spoil "$tmp/site/private/manifest.json"
check 'a page that was removed' after rm "$page"
check 'a folder that was removed' after rm -r "$tmp/site/public/ja/cookies"
check 'a file of others in private/' after touch "$tmp/site/private/texts/other.md"
check 'a link in place of a page' after ln -sf /dev/null "$page.gz"
check 'a link to the very words of a page' linked
check 'what a killed build left' after mkdir -p "$tmp/site.stage"
check 'foreign files stay and are reported each time' keeps_foreign_files
check 'a damaged record' after spoil "$record"
check 'a record that was cut off' after truncate -s 100 "$record"
check 'no record' after rm "$record"
check 'a record of another site' after cp "$tmp/clean.cache/record" "$record"
check 'no cache' after rm -r "$tmp/site.cache"
check 'without packed copies' is_as_new --no-compression
check 'foreign files stay where pages have no packed copies' keeps_foreign_files --no-compression
day=2026-08-31
check 'without packed copies, and another day' is_as_new --no-compression
day=2026-09-15
check 'with packed copies again' is_as_new
check 'warnings are repeated each time' warns_again
check 'unchanged again, it is left alone' unchanged_is_left_alone
check 'the interface beside templates elsewhere' interface_elsewhere
echo "1..$number"
