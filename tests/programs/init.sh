#!/bin/sh
# init.sh: `teade init` makes a site that can be built and published at once, states only what it was
# given, and touches no directory that has something in it; `teade po` needs no clone.

. "$(dirname "$0")/../helpers/tap.sh"
cd "$root" || exit 1
programs=$tmp/usr/bin
mkdir -p "$programs" "$tmp/usr/share/teade/content" && cp "$teade" "$programs/" &&
    cp -R templates locale "$tmp/usr/share/teade/" &&
    cp -R content/record-of-choices "$tmp/usr/share/teade/content/" || give_up 'cannot copy teade'
installed=$programs/teade
[ "$(cat "$(dirname "$teade")/data_path.inc")" = '"../share/teade",' ] || skip_all 'data are elsewhere'
cd "$tmp" || exit 1

begin() { # DIR LANGUAGES [OPTION...]
    directory=$1 languages=$2
    shift 2
    "$installed" init "$directory" --name 'Kuu & "OÜ"' --languages "$languages" \
        --time-zone Europe/Tallinn --date 2026-12-01 "$@" >"$tmp/out" 2>"$tmp/err" || { cat "$tmp/err" && false; }
}

# Built, published, and its catalogues as `teade po` has them; twelve sections of the GDPR's thirteenth
# article, and a reminder in eleven of them.
works() { # LANGUAGES
    begin "works-$1" "$1" --email info@example.com --address 'Kuu 1, Tallinn' && cd "works-$1" || return 1
    is stderr "$(cat "$tmp/err")" '' &&
        is reminders "$(grep -c 'TODO' content/privacy-policy/2026-12-01.md)" 11 &&
        is sections "$(grep -c '^## ' content/privacy-policy/2026-12-01.md)" 12 || return 1
    "$installed" check --date 2026-12-01 >"$tmp/check" 2>&1 || { cat "$tmp/check" && return 1; }
    is warnings "$(grep -c warning: "$tmp/check")" 11 || { cat "$tmp/check" && return 1; }
    "$installed" build --date 2026-12-01 2>"$tmp/err" && "$installed" publish --date 2026-12-01 --to online 2>"$tmp/err" ||
        { cat "$tmp/err" && return 1; }
    for language in $(echo "$1" | tr , ' '); do
        for document in privacy-policy record-of-choices; do
            [ -f "online/public/$language/$document/index.html" ] || { echo "no $language/$document" && return 1; }
        done
        has "online/public/$language/privacy-policy/index.html" 'mailto:info@example.com' || return 1
        has "online/public/$language/privacy-policy/index.html" 'Kuu &amp; &quot;OÜ&quot;' ||
            has "online/public/$language/privacy-policy/index.html" 'Kuu &amp; "OÜ"' || return 1
    done
    "$installed" po >"$tmp/out" 2>"$tmp/err" || { cat "$tmp/err" && return 1; }
    ! grep -q 'fuzzy\|untranslated' "$tmp/err" && "$installed" check --date 2026-12-01 >"$tmp/check" 2>&1
}

# What was not given is shown as missing, on every page.
missing_is_shown() {
    begin bare et,en && cd bare && "$installed" build --date 2026-12-01 2>"$tmp/err" &&
        has build/site/public/en/privacy-policy/index.html 'Contact: not stated' &&
        is 'what is not stated' "$(grep -o 'Not stated yet' build/site/public/en/privacy-policy/index.html | wc -l)" 11 &&
        has content/site.yaml '# email:'
}

# A language that Teade has no words in is to be translated.
other_languages() {
    begin other en,fr && cd other || return 1
    "$installed" status --date 2026-12-01 >"$tmp/out" && grep -q '^privacy-policy .* fr  *0 of ' "$tmp/out" &&
        "$installed" build --date 2026-12-01 2>"$tmp/err" && [ ! -e build/site/public/fr ] || { cat "$tmp/out" "$tmp/err" && return 1; }
    "$installed" init first --name X --languages fr,en --time-zone UTC >"$tmp/out" 2>"$tmp/err"
    is 'exit status' $? 64 && has "$tmp/err" 'no words in fr' && [ ! -e first ]
}

stays_untouched() {
    mkdir full && echo mine >full/.mine && "$installed" init full --name X --languages en --time-zone UTC >"$tmp/out" 2>"$tmp/err"
    is 'exit status' $? 73 && has "$tmp/err" 'not an empty directory' && is files "$(ls -A full)" .mine || return 1
    mkdir empty && begin empty en && [ -f empty/content/site.yaml ]
}

# A directory that cannot be written has nothing half-made.
fails_whole() {
    begin unwritable et,en --templates "$tmp/no-templates" 2>/dev/null && return 1
    [ ! -e unwritable ]
}

# As of a variable that is not set: it is not the root of the file system.
empty_is_refused() {
    begin '' et,en 2>"$tmp/err" && return 1
    has "$tmp/err" 'an argument is empty'
}

# On a terminal it asks for what no option says, until the answer can be used.
asks() {
    command -v script >/dev/null || return 0
    printf 'Kuu\nxx\net\nMars/Base\nUTC\nftp://x\nhttps://kuu.example\n\ninfo@kuu.example\n\n' >"$tmp/answers"
    (sleep 1 && cat "$tmp/answers" && sleep 1) | timeout 20 script -qec "$installed init asked" /dev/null >"$tmp/out" 2>&1
    has asked/content/site.yaml 'base_url: https://kuu.example' && has asked/content/site.yaml 'time_zone: UTC' &&
        has asked/content/site.yaml 'email: "info@kuu.example"' && has asked/content/site.yaml '# phone:' &&
        has "$tmp/out" 'Mars/Base" is not a time zone' || { cat "$tmp/out" && false; }
}

# What was refused is not kept, also where the next answer is empty.
refused_is_left_out() {
    command -v script >/dev/null || return 0
    printf 'Kuu\net\nUTC\nPikk 1\n\n\nnonsense\n\n\n' >"$tmp/answers"
    (sleep 1 && cat "$tmp/answers" && sleep 1) | timeout 20 script -qec "$installed init refused" /dev/null >"$tmp/out" 2>&1
    has refused/content/site.yaml '# email:' && has "$tmp/out" '"Pikk 1" is not usable' &&
        has "$tmp/out" '"nonsense" is not an e-mail address' || { cat "$tmp/out" && false; }
}

for languages in en et ja et,ja ja,et,en en,ja; do
    check "a site in $languages is published at once" works "$languages"
done
check 'what is missing is shown as missing' missing_is_shown
check 'a language to be translated' other_languages
check 'a directory with something in it stays untouched' stays_untouched
check 'what fails leaves nothing' fails_whole
check 'an empty name is refused' empty_is_refused
check 'on a terminal it asks' asks
check 'an answer that was refused is left out' refused_is_left_out
echo "1..$number"
