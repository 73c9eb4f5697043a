#!/bin/sh
# begins.sh: a document on the days before it is in force: one whose only version is a draft,
# sound or not, and one that is announced.  Neither stops the rest of the site.

. "$(dirname "$0")/../helpers/lib.sh"
DRAFT=content/visits/2026-09-10.md

# tests/site with one more document, "visits", published on 10 September 2026 and in force from
# 20 October on.
set_up() {
    rm -rf "$tmp/copy" && mkdir "$tmp/copy" && cd "$tmp/copy" &&
        cp -RL "$here/site/content" "$here/site/locale" "$root/templates" . && mkdir content/visits &&
        sed -i 's/^documents: .*/documents: [privacy-policy, visits, cookies]/' content/site.yaml &&
        cat >$DRAFT <<'END'
---
title: Visits
language: en
published: 2026-09-10
effective: 2026-10-20
class: notify
authoritative: en
purposes:
  pictures:
    basis: consent
---

# Evenings

The dome opens at dusk.

- We print pictures of our visitors.
  <!-- purpose: pictures -->
END
    for language in et ja; do
        { printf 'msgid ""\nmsgstr ""\n"Language: %s\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n' $language
          while read -r words; do
              printf '\nmsgid "%s"\nmsgstr "[%s] %s"\n' "$words" $language "$words"
          done <<'END'
Visits
Evenings
The dome opens at dusk.
We print pictures of our visitors.
END
        } >locale/$language/LC_MESSAGES/visits.po
    done
}

run() { # COMMAND [OPTION...]
    "$teade" "$@" >"$tmp/out" 2>"$tmp/err"
}

succeeds() { # COMMAND [OPTION...]
    run "$@" || { echo "exit status $?" && cat "$tmp/out" "$tmp/err" && return 1; }
}

# A draft that cannot be read

# Every command goes on without it, and says what is wrong.
unread() { # CHANGE WARNING
    set_up && eval "$1" || return 1
    for command in 'check --date 2026-09-05' 'build --date 2026-09-05 --output site' \
        'publish --date 2026-09-05 --to served'; do
        # shellcheck disable=SC2086 # a list of options
        succeeds $command && cat "$tmp/out" "$tmp/err" >"$tmp/said" && has "$tmp/said" "warning: $2" &&
            has "$tmp/said" 'document "visits" is left out: it has no version that can be read' || return 1
    done
    succeeds status --date 2026-09-05 && has "$tmp/out" 'fix content/visits: teade check' &&
        [ ! -e site/public/en/visits ] && ! run revise visits 2026-09-20 --date 2026-09-05 &&
        has "$tmp/err" 'there is no earlier version' && ! run check --date 2026-09-10 || return 1
    mv $DRAFT content/visits/2999-09-10.md # a draft of today
    succeeds extract && [ ! -e locale/visits.pot ] && [ -s locale/cookies.pot ] && succeeds new fr
}

# Where there is nothing else to read, the site is empty.
alone() {
    set_up && sed -i 's/^documents: .*/documents: [visits]/; s/^record_of_choices: .*/record_of_choices: visits/' \
        content/site.yaml &&
        sed -i '/^class/d' $DRAFT && succeeds check --date 2026-09-05 &&
        succeeds build --date 2026-09-05 --output site &&
        has "$tmp/err" '0 documents in 3 languages' && has_not site/public/en/index.html '/en/visits/' &&
        [ -s site/public/en/feed.xml ]
}

in_another_language() {
    set_up && sed 's/^language: en/language: et/; s/2026-09-10/2026-09-12/; s/^class: notify/&\nsummary: x/' $DRAFT \
        >content/visits/2026-09-12.md &&
        succeeds check --date 2026-09-11 &&
        has "$tmp/out" 'warning: version 2026-09-12 is written in "et", the first one in "en"' &&
        rm content/visits/2026-09-12.md && sed -i 's/^language: en/language: fi/' $DRAFT &&
        succeeds check --date 2026-09-05 && has "$tmp/out" "warning: language \"fi\" is not one of the site's"
}

# Drafts of three documents, two of one, each with a picture, which is an error.
draft_all() {
    set_up && run revise cookies 2999-09-12 && succeeds revise privacy-policy 2999-09-05 &&
        succeeds revise privacy-policy 2999-09-11 && sed 's/2026/2999/' $DRAFT >content/visits/2999-09-10.md &&
        rm $DRAFT && sed -i 's/^class: .*/&\nsummary: New words./' content/*/2999-*.md &&
        sed -i '/^summary/d' content/visits/2999-*.md || return 1
    for draft in content/*/2999-*.md; do
        printf '\n![%s](view.png)\n' "$draft" >>"$draft"
    done
    rm -rf "$tmp/drafts" && cp -R "$tmp/copy" "$tmp/drafts"
}

# What is wrong with one draft hides nothing that is wrong with another, or with its own text; each
# is told once, also where a later draft overtakes it.
hides_nothing() { # CHANGE FINDING
    rm -rf "$tmp/copy" && cp -R "$tmp/drafts" "$tmp/copy" && cd "$tmp/copy" && eval "$1" && succeeds extract &&
        has locale/visits.pot 'The dome opens at dusk.' && succeeds check &&
        is errors "$(grep -c ': error: ' "$tmp/out")" 0 && has "$tmp/out" "warning: $2" &&
        pictures_are_told check || return 1
    run check --draft
    is 'exit status' $? 1 && has "$tmp/out" "$2" && pictures_are_told 'check --draft'
}

pictures_are_told() { # COMMAND: each once
    for draft in content/privacy-policy/2999-09-05.md content/privacy-policy/2999-09-11.md \
        content/visits/2999-09-10.md; do
        is "pictures of $draft, $1" "$(grep -c "^$draft:.*pictures do not reach a page" "$tmp/out")" 1 || return 1
    done
}

# A draft that is sound

left_out() {
    set_up && succeeds build --date 2026-09-05 --output site &&
        has "$tmp/err" 'warning: document "visits" is left out until its first version is published on 2026-09-10' &&
        has "$tmp/err" '2 documents' && ! grep -rlE '/visits/|"visits"' site/public site/private/manifest.json &&
        succeeds extract && has locale/visits.pot 'The dome opens at dusk.' && succeeds status --date 2026-09-05 &&
        has "$tmp/out" 'visits          2026-09-10  draft'
}

linked() { # LINK FINDING
    set_up && printf '\n[Evenings](%s)\n' "$1" >>content/cookies/2026-03-01.md
    run check --date 2026-09-05 --allow-untranslated
    is 'exit status' $? 1 && has "$tmp/out" "$2"
}

# What tells what is recorded must be there before anybody is asked.
record_waits() {
    set_up && sed -i 's/^record_of_choices: .*/record_of_choices: visits/' content/site.yaml
    run check --date 2026-09-05
    is 'exit status' $? 1 &&
        has "$tmp/out" '"privacy-policy" has questions, but "visits", which says what is recorded, is not published yet' &&
        sed -i 's/^documents: .*/documents: [visits, cookies]/' content/site.yaml &&
        succeeds build --date 2026-09-05 --output site && has_not site/public/en/index.html 'What is recorded' &&
        has_not site/private/pages/en/choices.html 'What is recorded'
}

record_is_announced() {
    set_up && sed -i 's/^record_of_choices: .*/record_of_choices: visits/' content/site.yaml &&
        succeeds build --date 2026-09-15 --output site &&
        has site/public/ja/privacy-policy/index.html '<a href="/ja/visits/">' && [ -s site/public/ja/visits/index.html ]
}

# A document that is announced

# What visitors read of it, on each kind of page, in the words of the catalogue.
announced() {
    set_up && sed -i 's/^base_url: .*/base_url: https:\/\/kuukivi.example/' content/site.yaml &&
        succeeds build --date 2026-09-15 --output site
}

said() { # LANGUAGE STATE DAY NOTICE CHOICES
    page=$tmp/copy/site/public/$1 pages=$tmp/copy/site/private/pages/$1
    sed -n '/<li>/{N;/visits/{:a;N;/<\/li>/!ba;p}}' "$page/index.html" | tr -d '\n' >"$tmp/start"
    sed -n '/id="notice-visits"/,/<\/aside>/p' "$page/index.html" >"$tmp/notice"
    has "$tmp/start" "$2</strong> $3" && has "$page/visits/index.html" "$2</strong> $3" &&
        has "$page/visits/history/index.html" "$2</strong> $3" && has "$tmp/notice" "<strong>$4</strong>" &&
        has_not "$tmp/notice" /changes/ &&
        has "$page/visits/index.html" '<input type="hidden" name="revision" value="2026-09-10">' &&
        has_not "$page/visits/index.html" "<p><a href=\"/$1/visits/\">" &&
        has_not "$page/visits/history/index.html" "<div class=\"meta\"><a href=\"/$1/visits/\">" &&
        has "$pages/choices.html" "$5"
}

# For programs.
# shellcheck disable=SC2016 # Perl's variables
told() {
    cd "$tmp/copy" && is notice.json "$(perl -MJSON::PP -0ne 'my $json = decode_json($_);
        print join " ", map "$_->{document}:$_->{state}", @{$json->{notices}}, @{$json->{in_force}}' site/public/en/notice.json)" \
        'privacy-policy:announced visits:announced privacy-policy:in-force cookies:in-force' &&
        is sitemap "$(grep -A1 '<loc>https://kuukivi.example/en/visits/</loc>' site/public/sitemap.xml | sed -n 's/<lastmod>\(.*\)<.lastmod>/\1/p')" 2026-09-10 &&
        is manifest "$(perl -MJSON::PP -0ne 'for (@{decode_json($_)->{documents}}) {
            print $_->{revisions}[0]{effective} - 1792443600 if $_->{id} eq "visits" }' site/private/manifest.json)" 0 &&
        has site/public/en/feed.xml '<id>https://kuukivi.example/en/visits/2026-09-10/</id>' &&
        has site/private/nginx/teade-http.conf teade_seen_visits
}

# Announced news is told of for notice_days; what was there from its first day on is none.
told_for_a_while() {
    cd "$tmp/copy" || return 1
    for row in 2026-10-20:1 2026-11-18:1 2026-11-19:0; do
        succeeds build --date "${row%:*}" --output later &&
            is "notices on ${row%:*}" "$(grep -c 'id="notice-visits"' later/public/en/index.html)" "${row#*:}" ||
            return 1
    done
    succeeds build --date 2026-10-20 --output later && has later/public/et/index.html 'Uus dokument on jõustunud (' &&
        sed -i 's/^effective: .*/effective: 2026-09-10/' $DRAFT && succeeds build --date 2026-09-15 --output later &&
        is 'notices of what was there at once' "$(grep -c 'id="notice-visits"' later/public/en/index.html)" 0
}

# The second version is announced as well: the first to come stands at the document's address.
twice() {
    set_up && sed 's/2026-09-10/2026-09-12/; s/2026-10-20/2026-11-01/; s/^class: notify/&\nsummary: Later/; s/at dusk/late/' \
        $DRAFT >content/visits/2026-09-12.md && succeeds build --allow-untranslated --date 2026-09-15 --output site &&
        has site/public/en/visits/index.html 'The dome opens at dusk.' &&
        has site/public/en/index.html 'New version from 1 November 2026' &&
        [ -s site/public/en/visits/changes/2026-09-10/2026-09-12/index.html ]
}

# Of a document that was cancelled before its day the page says so, and nobody is asked.
cancelled() {
    set_up && sed -i 's/^class/retracted: 2026-09-14\n&/' $DRAFT && succeeds build --date 2026-09-15 --output site &&
        has site/public/en/visits/index.html 'Retracted</strong>' &&
        has_not site/public/en/visits/index.html 'action="/en/choices/record"' &&
        has site/public/ja/index.html '取りやめ</strong>' &&
        is notices "$(grep -c 'id="notice-visits"' site/public/en/index.html)" 0
}

# Visitors who answer it ahead.
answered() { # LANGUAGE
    jar=$tmp/jar.$1
    ask "/$1/visits/" && is status "$status" 200 || return 1
    post "/$1/choices/record" "$(offer visits 2026-09-10 "$1")&choice.pictures=given"
    is status "$status" 303 && ask "/$1/choices/" && is status "$status" 200 && in_language "$1" &&
        has "$tmp/body" 'We print pictures of our visitors.' && has "$tmp/body" "$2" || return 1
    post "/$1/choices/withdraw" 'purpose=pictures'
    is status "$status" 303 && is standing "$(standing visits)" 'pictures=withdrawn'
}

while IFS='|' read -r name change warning; do
    check "the only version is a draft with $name" unread "$change" "$warning"
done <<'END'
a key less|sed -i /^authoritative/d $DRAFT|key "authoritative" is missing
a key too many|sed -i 's/^class/colour: red\n&/' $DRAFT|unknown key "colour"
no front matter|echo Later. >$DRAFT|there is no front matter
front matter that does not end|sed -i '2,$ s/^---$//' $DRAFT|the front matter does not end
a day that is none|sed -i 's/^effective: .*/effective: 2026-13-01/' $DRAFT|"2026-13-01" is not a day
another day than its name|sed -i 's/^published: .*/published: 2026-09-11/' $DRAFT|version 2026-09-10 says it is published on 2026-09-11
a class that is none|sed -i 's/^class: .*/class: new/' $DRAFT|unknown value "new"
YAML that is none|sed -i 's/^title: .*/title: [/' $DRAFT|
a byte that is no UTF-8|printf '\377' >>$DRAFT|byte 0xFF is not UTF-8
nothing in it|: >$DRAFT|there is no front matter
a folder in its place|rm $DRAFT; mkdir $DRAFT|cannot read
a language that is none|sed -i 's/^language: .*/language: klingon/' $DRAFT|"klingon" is not a language
END
check 'there is nothing but such a draft' alone
draft=content/cookies/2999-09-12.md
check 'three documents have drafts' draft_all
while IFS='|' read -r name change finding; do
    check "other faults are told beside $name" hides_nothing "$change" "$finding"
done <<END
no summary|sed -i /^summary/d $draft|version 2999-09-12 does not say what changes
a key less|sed -i /^class/d $draft|key "class" is missing
another language|sed -i 's/^language: .*/language: et/' $draft|version 2999-09-12 is written in "et"
a language that no page has|sed -i 's/^authoritative: .*/authoritative: fi/' $draft|language "fi" is not one of the site's
no front matter|echo Later. >$draft|there is no front matter
a period too short|sed -i 's/^class: .*/class: reconsent/' $draft|class reconsent without the purposes
a day before the one it follows|sed -i 's/^effective: .*/effective: 2026-01-01/' $draft|effective 2026-01-01 is before published
a missing catalogue|rm locale/ja/LC_MESSAGES/visits.po|the catalogue is missing
missing catalogues of all|rm locale/*/LC_MESSAGES/visits.po|the catalogue is missing
a broken catalogue|echo msgid >locale/et/LC_MESSAGES/visits.po|syntax error
END
check 'a draft in another language' in_another_language
check 'a sound draft is left out, and can be translated' left_out
check 'a link to it' linked ../visits/ 'leads to a document that is not published yet'
check 'a link to its version' linked ../visits/2026-09-10.md 'leads to a document that is not published yet'
check 'what tells of records waits' record_waits
check 'what tells of records is announced' record_is_announced
check 'an announced document is built' announced
check 'said in English' said en Announced 'Takes effect on 20 October 2026.' \
    'This is a new document. It takes effect on 20 October 2026.' 'This document is new.'
check 'said in Estonian' said et Jõustumata 'Jõustumise kuupäev: 20. oktoober 2026.' \
    'Avaldatud on uus dokument. Jõustumise kuupäev: 20. oktoober 2026.' 'See dokument on uus.'
check 'said in Japanese' said ja 公表済み（適用開始前） 2026年10月20日から適用されます。 \
    新しい文書です。2026年10月20日から適用されます。 これは新しい文書です。
check 'told to programs' told
check 'told for a while' told_for_a_while
check 'two versions are announced' twice
check 'it is cancelled' cancelled
origin=http://127.0.0.1:$(free_port)
copy_programs
set_up
build "$tmp/site" 2026-09-15 --content "$tmp/copy/content" --locale "$tmp/copy/locale"
serve run "$tmp/site" --now "$(noon 2026-09-15)"
check 'a visitor answers it ahead, in English' answered en 'A “yes” is valid from the day the document takes effect.'
check 'in Estonian' answered et 'Vastus „jah“ kehtib alates dokumendi jõustumise päevast.'
check 'in Japanese' answered ja この文書の適用開始日から有効です。
check 'all of it verifies' verified
stop
echo "1..$number"
