#!/bin/sh
# consent_revision.sh: the site is replaced while visitors answer, and its policy revised: who
# still has the old form is heard for a while, and then shown the new text.  TAP.

# shellcheck source=tests/helpers/lib.sh
. "$(dirname "$0")/../helpers/lib.sh"
languages='en et ja'
first=2026-03-01 second=2026-04-01
effective=$(date -u -d 2026-04-14T21:00Z +%s) # 15 April begins in Tallinn
grace=$((24 * 60 * 60))

# A site is replaced.

health() { # STATUS NAME-OF-SITE
    ask /choices/health
    is status "$status" "$1" && secured && has "$tmp/body" "\"manifest\": \"$2\""
}

name_of() { # SITE
    sha256sum "$1/private/manifest.json" | cut -c -64
}

# Posts by a browser each until $tmp/enough is there; each status is a row of $tmp/posts.
posting=
on_exit() {
    [ -z "$posting" ] || kill "$posting"
}

start_posting() { # FIELDS
    rm -f "$tmp/enough" "$tmp/posts"
    "$here/helpers/cookies.pl" 10000 "$(($(date +%s) / 86400))" <"$run/keys/visitor.key" | while read -r cookie &&
        [ ! -e "$tmp/enough" ]; do
        curl --silent --noproxy '*' --output "$tmp/posted" --write-out '%{http_code}\n' --cookie "$cookie" \
            --header "Origin: $origin" --data-raw "$1" "$origin/en/choices/record" >>"$tmp/posts"
    done &
    posting=$!
    eventually test -s "$tmp/posts"
}

stop_posting() {
    touch "$tmp/enough"
    wait "$posting"
    posting=
}

# Every post before, while and after the site was replaced got its record.
none_lost() { # RECORDS-BEFORE
    is answers "$(sort -u "$tmp/posts")" 303 && is records "$(rows)" $(($1 + $(wc -l <"$tmp/posts")))
}

# The folder of the site is spoilt; what was read before stays.
bad_site() { # FILE WORDS
    name=$(name_of "$site")
    lines=$(wc -l <"$log")
    mv "$site/private/$1" "$tmp/good"
    [ "$2" = missing ] || echo "$2" >"$site/private/$1"
    kill -HUP "$(supervisor)"
    eventually says_bad && health 200 "$name" && accepted en "$first"
    result=$?
    mv "$tmp/good" "$site/private/$1"
    return $result
}

says_bad() {
    sed "1,${lines}d" "$log" | grep '^teade-consent: the new site is rejected: .'
}

# A text is replaced.

answer_to() { # LANGUAGE REVISION [REVISION-OF-DIGEST]
    jar=$tmp/jar.answer
    rm -f "$jar"
    post "/$1/choices/record" "document=privacy-policy&revision=$2&digest=$(
        digest privacy-policy "${3-$2}" "$1")&choice.newsletter=given"
}

accepted() { # LANGUAGE REVISION
    answer_to "$1" "$2"
    is status "$status" 303 && newest "answers privacy-policy $2 $1 newsletter=given" &&
        is standing "$(standing privacy-policy)" newsletter=given &&
        has "$tmp/body" "\"revision\": \"$2\""
}

changed() { # LANGUAGE REVISION [REVISION-OF-DIGEST]
    before=$(rows)
    answer_to "$@"
    refused 409 "$1" "$before" && has "$tmp/body" \
        "<a href=\"/$1/privacy-policy/\">$(sed -n 's/<h1[^>]*>\(.*\)<\/h1>/\1/p' \
            "$site/public/$1/privacy-policy/index.html" | sed 's/<wbr>//g')</a>" ||
        return 1
    ask "/$1/privacy-policy/" && is status "$status" 200
}

# The policy of tests/site, and what will become of it.

cp -RL "$root/tests/site/content" "$root/tests/site/locale" "$tmp"
rm "$tmp"/content/*/2026-0[5-9]-*.md
sed 's/^published: .*/published: 2026-04-01/; s/^effective: .*/effective: 2026-04-15\nsummary: Your rights/
    s/^We do not buy data about anyone, and .*/We do not buy data about anyone./' \
    "$tmp/content/privacy-policy/$first.md" >"$tmp/content/privacy-policy/$second.md"
while IFS='|' read -r language words; do
    printf '\nmsgid "We do not buy data about anyone."\nmsgstr "%s"\n' "$words" \
        >>"$tmp/locale/$language/LC_MESSAGES/privacy-policy.po"
done <<'END'
et|Me ei osta andmeid kellegi kohta.
ja|当社は、誰のデータも購入しません。
END
build_company() { # DATE
    build "$tmp/company" "$1" --content "$tmp/content" --locale "$tmp/locale"
}

# The site is replaced.

copy_programs
revision=$first
origin=http://127.0.0.1:$(free_port)
build_company 2026-03-15
serve run "$tmp/company" --now "$(noon 2026-03-15)"
before=$(rows)
old_name=$(name_of "$site")
start_posting "$(offer privacy-policy "$first" en)&choice.newsletter=given"
build_company 2026-04-20
check 'the old site is named until the signal' health 200 "$old_name"
kill -HUP "$(supervisor)"
check 'the new site is taken' eventually health 200 "$(name_of "$site")"
stop_posting
check 'no post was lost' none_lost "$before"
while IFS='|' read -r file words; do
    check "a bad new site: $file: $words" bad_site "$file" "$words"
done <<END
manifest.json|missing
manifest.json|{
manifest.json|{"version": 4}
manifest.json|{"version": 5}
manifest.json|{"version": 6}
pages/ja/problem.html|missing
pages/et/choices.html|{{#saved}}
texts/$(digest privacy-policy "$second" ja).md|missing
texts/$(digest privacy-policy "$second" en).md|other words
END
stop

# The policy is revised: announced, in force, and the old one past its grace.

serve run "$tmp/company" --now $((effective - 1))
revision="$first $second"
for language in $languages; do
    check "$language: a text announced" accepted "$language" "$second"
    check "$language: the text in force" accepted "$language" "$first"
    check "$language: the forms of the text in force and of the one announced" form_is_whole "/$language/choices/" \
        "$language"
done
stop
serve run "$tmp/company" --now $((effective + grace - 1))
revision=$second
for language in $languages; do
    check "$language: the old text within its grace" accepted "$language" "$first"
    check "$language: the new text" accepted "$language" "$second"
    check "$language: the form of the new text" form_is_whole "/$language/choices/" "$language"
done
stop
serve run "$tmp/company" --now $((effective + grace))
for language in $languages; do
    check "$language: the old text past its grace" changed "$language" "$first"
    check "$language: other words under this version" changed "$language" "$second" "$first"
    check "$language: the new text and nothing else" accepted "$language" "$second"
done
check 'each record still shows the text it was made on' shows_texts

# A purpose is dropped from the site: the answer that stands can be taken back all the same.

withdrawn_though_dropped() {
    jar=$tmp/jar.answer
    is before "$(standing privacy-policy)" newsletter=given || return 1
    post /en/choices/withdraw purpose=newsletter
    is status "$status" 303 && newest "withdrawal privacy-policy $second en newsletter=withdrawn" &&
        is after "$(standing privacy-policy)" newsletter=withdrawn
}

strange_to_others() {
    jar=$tmp/jar.stranger
    before=$(rows)
    post /en/choices/withdraw purpose=newsletter
    refused 400 en "$before"
}

answer_to en "$second"
stop
sed -i -e '/<!-- purpose: newsletter -->/d' -e '/^  newsletter:/,/basis/d' "$tmp"/content/privacy-policy/*.md
build_company 2026-04-20
serve run "$tmp/company" --now $((effective + grace))
check 'what stands for a dropped purpose is withdrawn' withdrawn_though_dropped
check 'a dropped purpose is unknown to everybody else' strange_to_others
check 'the database of two texts is sound' verified
stop
check 'nothing of the visitors is in the logs' nothing_kept
echo "1..$number"
