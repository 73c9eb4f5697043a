#!/bin/sh
# consent_change.sh: a change of tests/site as a visitor lives through it: the notice, seen or
# hidden; answers that go on and those that are asked for again; the flip without a restart.
# TAP.

# shellcheck source=tests/helpers/lib.sh
. "$(dirname "$0")/../helpers/lib.sh"
languages='en et ja'
old=2026-07-01 new=2026-09-01
key=$(printf privacy-policy | sha256sum | cut -c -12) # no document's name is in the address
effective=$(date -u -d 2026-10-14T21:00Z +%s) # 15 October begins in Tallinn

# The notice and its style sheet.

sheet() { # COOKIES WANTED [PATH]
    ask "${3-/assets/notice/$key/$new.css}" --header "Cookie: $1"
    hides=shown
    ! grep -q '#notice-privacy-policy { display: none; }' "$tmp/body" || hides=hidden
    is status "$status" 200 && is "$1" $hides "$2" && header Cache-Control 'private, no-cache' &&
        header Content-Type 'text/css; charset=utf-8' && grep -qi '^Vary: Cookie' "$tmp/headers"
}

# On every page there is, in every language.
on_every_page() {
    find "$site/public" -name '*.html' ! -path '*/errors/*' ! -path "$site/public/index.html" |
        sed "s,^$site/public,,; s,index.html$,," >"$tmp/pages"
    for language in $languages; do echo "/$language/choices/"; done >>"$tmp/pages"
    while read -r page; do
        ask "$page"
        is "$page" "$status" 200 && has "$tmp/body" '<aside class="notice" id="notice-privacy-policy"' &&
            has "$tmp/body" "<link rel=\"stylesheet\" href=\"/assets/notice/$key/$new.css\">" &&
            is "$page" "$(grep -c '<aside' "$tmp/body")" 1 || return 1
    done <"$tmp/pages"
}

# Either button, in one language, hides it in all; the next version's is there again.
dealt_with() { # ACTION RECORDS
    jar=$tmp/jar.$1
    before=$(rows)
    post "/et/choices/$1" "$(offer privacy-policy "$new" et)"
    is status "$status" 303 && is records "$(rows)" $((before + $2)) || return 1
    ask "/assets/notice/$key/$new.css"
    has "$tmp/body" 'display: none' && ask /assets/notice/$key/2026-12-01.css && is status "$status" 404 &&
        ask "/assets/notice/$key/$old.css" && is status "$status" 404
}

# A notice that outlives its text: wording took its place more than a day ago.
outlived() {
    jar=$tmp/jar.outlived
    post /en/choices/hide "$(offer privacy-policy 2026-05-04 en)"
    is status "$status" 303 && made teade_seen_privacy_policy && before=$(rows) || return 1
    post /en/choices/acknowledge "$(offer privacy-policy 2026-05-04 en)"
    is status "$status" 303 && is records "$(rows)" $((before + 1)) || return 1
    post /en/choices/record "$(offer privacy-policy 2026-05-04 en)&all=refused"
    is status "$status" 409 && is records "$(rows)" $((before + 1))
}

# Answers.

answer() { # REVISION FIELDS
    post /en/choices/record "$(offer privacy-policy "$1" en)&$2"
    is status "$status" 303
}

# The part of the visitor's page about one version: its text without markup.
part() { # LANGUAGE KEY
    ask "/$1/choices/"
    perl -0ne 'print $1 if m!<section class="choices" aria-labelledby="document-\Q'"$2"'\E [^"]*">(.*?)</section>!s' "$tmp/body" >"$tmp/part"
    [ -s "$tmp/part" ] || { echo "no part $2" && false; }
}

# The questions of a part that need an answer.
asked_again() { # LANGUAGE
    perl -0ne 'while (m!<fieldset aria-describedby="about-privacy-policy(?:-2026-09-01)?-(.*?)">(.*?)</fieldset>!sg) {
        print "$1 " if index($2, $ENV{words}) >= 0 }' "$tmp/part"
}

holding() { # what status.json says of each answer
    ask /choices/status.json
    perl -MJSON::PP -0ne 'my $c = decode_json($_)->{documents}{"privacy-policy"}{choices};
        print join " ", map "$_=" . ($c->{$_}{valid} ? 1 : 0), sort keys %$c' "$tmp/body"
}

# Under the old version, before the new one takes effect.
before_the_flip() {
    jar=$tmp/jar.visitor
    answer $old 'choice.newsletter=given&choice.partner-offers.randur=given&choice.partner-offers.meteor=refused' ||
        return 1
    words='Needs your answer' && export words
    part en privacy-policy && is 'asked again' "$(asked_again)" '' && has "$tmp/part" 'Version of 1 July 2026' &&
        has_not "$tmp/part" '/changes/' || return 1
    part en privacy-policy-$new && has "$tmp/part" 'Takes effect on 15 October 2026' &&
        has "$tmp/part" 'southern-sky' &&
        has "$tmp/part" "<a href=\"/en/privacy-policy/changes/$old/$new/\">What has changed since the version of 1 July 2026" &&
        is 'asked again' "$(asked_again)" 'partner-offers.randur partner-offers.meteor ' || return 1
    is holding "$(holding)" 'newsletter=1 partner-offers.meteor=1 partner-offers.randur=1'
}

# The same visitor, a second later; the site is the one of the day before.
after_the_flip() {
    jar=$tmp/jar.visitor
    words='Needs your answer' && export words
    part en privacy-policy && has "$tmp/part" 'Version of 1 September 2026' &&
        is 'asked again' "$(asked_again)" 'partner-offers.randur partner-offers.meteor ' &&
        has_not "$tmp/body" "document-privacy-policy-$new" &&
        is holding "$(holding)" 'newsletter=1 partner-offers.meteor=0 partner-offers.randur=0' || return 1
    words='Ootab teie vastust' && part et privacy-policy &&
        is et "$(asked_again)" 'partner-offers.randur partner-offers.meteor ' || return 1
    words='ご回答が必要です' && part ja privacy-policy && is ja "$(asked_again)" 'partner-offers.randur partner-offers.meteor '
}

has_not() { # FILE WORDS
    ! grep -nF -e "$2" "$1"
}

# A new answer settles it; what was not asked again stays as it is.
answered_anew() {
    jar=$tmp/jar.visitor
    answer $new 'choice.partner-offers.randur=refused&choice.partner-offers.southern-sky=given' || return 1
    words='Needs your answer' && export words
    part en privacy-policy && is 'asked again' "$(asked_again)" 'partner-offers.meteor ' &&
        is holding "$(holding)" 'newsletter=1 partner-offers.meteor=0 partner-offers.randur=1 partner-offers.southern-sky=1'
}

# Whoever answered the announced version has answered.
answered_before() {
    jar=$tmp/jar.early
    words='Needs your answer' && export words
    part en privacy-policy && is 'asked again' "$(asked_again)" '' &&
        is holding "$(holding)" 'newsletter=1 partner-offers.meteor=1 partner-offers.randur=1 partner-offers.southern-sky=1' &&
        has_not "$tmp/part" '/changes/'
}

# What is announced asks anew: a yes to it says nothing about the version in force.

state() { # QUESTION: its state in $tmp/part, up to the date
    perl -0ne 'print "$1 " while m!<div id="about-privacy-policy(?:-2026-09-01)?-\Q'"$1"'\E">.*?<p class="state">\s*<strong>(.*?)</strong>!sg' "$tmp/part"
}

told() { # by status.json of each answer: QUESTION=ANSWER@REVISION/valid
    ask /choices/status.json
    perl -MJSON::PP -0ne 'my $c = decode_json($_)->{documents}{"privacy-policy"}{choices};
        print join " ", map "$_=$c->{$_}{answer}\@$c->{$_}{revision}/" . ($c->{$_}{valid} ? 1 : 0), sort keys %$c' "$tmp/body"
}

in_force() { # STATE-OF-RANDUR STATE-OF-SOUTHERN-SKY: in the version in force
    words='Needs your answer' && export words
    part en privacy-policy && has "$tmp/part" 'Version of 1 July 2026' && is 'asked again' "$(asked_again)" '' &&
        is randur "$(state partner-offers.randur)" "$1" && is southern-sky "$(state partner-offers.southern-sky)" ''
}

announced() { # STATE-OF-RANDUR ASKED-ANEW: in the one announced
    words='Needs your answer' && export words
    part en privacy-policy-$new && is randur "$(state partner-offers.randur)" "$1" &&
        is 'asked again' "$(asked_again)" "$2"
}

no_and_yes() {
    jar=$tmp/jar.both
    answer $old 'choice.partner-offers.randur=refused' &&
        answer $new 'choice.partner-offers.randur=given&choice.partner-offers.southern-sky=given&choice.newsletter=given' || return 1
    in_force 'You said no. ' && is newsletter "$(state newsletter)" 'You said yes. ' && announced 'You said yes. ' '' &&
        is told "$(told)" "newsletter=given@$new/1 partner-offers.randur=refused@$old/1 partner-offers.southern-sky=given@$new/0"
}

yes_to_new_only() {
    jar=$tmp/jar.new
    answer $new 'choice.partner-offers.randur=given' || return 1
    in_force 'You have not answered. ' && announced 'You said yes. ' '' &&
        is told "$(told)" "partner-offers.randur=given@$new/0"
}

# A no to the next version ends the yes to the one in force; a yes to that one is a new one.
yes_and_no() {
    jar=$tmp/jar.mixed
    answer $old 'choice.partner-offers.randur=given' && answer $new 'choice.partner-offers.randur=refused' || return 1
    before=$(rows)
    in_force 'You said no. ' && announced 'You said no. ' '' &&
        is told "$(told)" "partner-offers.randur=refused@$new/1" || return 1
    post /en/choices/withdraw purpose=partner-offers.randur
    is status "$status" 303 && is records "$(rows)" "$before" && answer $old 'choice.partner-offers.randur=given' ||
        return 1
    in_force 'You said yes. ' && announced 'You said no. ' '' &&
        is told "$(told)" "partner-offers.randur=given@$old/1" || return 1
    post /en/choices/withdraw purpose=partner-offers.randur
    is status "$status" 303 && newest "withdrawal privacy-policy $old en partner-offers.randur=withdrawn" &&
        in_force 'You withdrew your consent. ' && announced 'You said no. ' '' &&
        is told "$(told)" "partner-offers.randur=withdrawn@$old/1"
}

# A withdrawal of what was said to the next version counts for the one in force as well.
all_withdrawn() {
    jar=$tmp/jar.all
    answer $old 'choice.partner-offers.randur=given' && answer $new 'choice.partner-offers.randur=given' || return 1
    before=$(rows)
    post /en/choices/withdraw ''
    is status "$status" 303 && is records "$(rows)" $((before + 1)) && in_force 'You withdrew your consent. ' &&
        announced 'You withdrew your consent. ' '' && is told "$(told)" "partner-offers.randur=withdrawn@$new/1"
}

# The version announced is retracted: it asked, and what was said to it ends with it.
after_retraction() {
    jar=$tmp/jar.both
    in_force 'You said no. ' &&
        is told "$(told)" "newsletter=given@$new/1 partner-offers.randur=refused@$old/1 partner-offers.southern-sky=given@$new/0" || return 1
    jar=$tmp/jar.new
    in_force 'You have not answered. ' && is told "$(told)" "partner-offers.randur=given@$new/0"
}

# Only with what is older than the newest version, and each is there.
compared_after_retraction() {
    jar=$tmp/jar.new
    part en privacy-policy && has_not "$tmp/part" /changes/ || return 1
    jar=$tmp/jar.older
    part en privacy-policy && is comparisons "$(grep -o '/en/privacy-policy/changes/[^"]*' "$tmp/part")" \
        "/en/privacy-policy/changes/2026-05-04/$old/" || return 1
    ask "/en/privacy-policy/changes/2026-05-04/$old/" && is status "$status" 200
}

# Answers two versions that are still offered: one of them is retracted later.
older_and_new() {
    jar=$tmp/jar.older
    answer 2026-05-04 'choice.newsletter=given&choice.partner-offers.randur=given' &&
        answer $new 'choice.partner-offers.randur=given&choice.newsletter=refused'
}

retract() { # DAY BUILT-ON
    mkdir -p "$tmp/source"
    cp -rL "$root/tests/site/content" "$root/tests/site/locale" "$tmp/source"
    sed -i "s/^class: reconsent/&\nretracted: $1/" "$tmp/source/content/privacy-policy/$new.md"
    build "$tmp/retracted" "$2" --content "$tmp/source/content" --locale "$tmp/source/locale"
}

# Two versions are announced: each can be answered in its own words.
both_announced() {
    jar=$tmp/jar.older
    words='Needs your answer' && export words
    ask /en/choices/
    is versions "$(grep -o 'id="document-privacy-policy[^"]*"' "$tmp/body" | tr '\n' ' ')" \
        "id=\"document-privacy-policy\" id=\"document-privacy-policy-$old\" id=\"document-privacy-policy-$new\" " &&
        is ids "$(grep -o ' id="[^"]*"' "$tmp/body" | sort | uniq -d)" '' || return 1
    part en privacy-policy-$old && has "$tmp/part" 'Takes effect on 1 August 2026' && has_not "$tmp/part" /changes/ &&
        has "$tmp/part" "name=\"digest\" value=\"$(digest privacy-policy $old en)\"" || return 1
    announced 'You said yes. ' ''
}

# A second version of the same day is told from the first.
same_day() { # LANGUAGE WORDS
    jar=$tmp/jar.$1.day
    part "$1" "privacy-policy-$new" && has "$tmp/part" "$2" && has_not "$tmp/part" "$2 (" &&
        part "$1" "privacy-policy-$new.1" && has "$tmp/part" "$2 (2)" || return 1
    post "/$1/choices/record" "$(offer privacy-policy $new.1 "$1")&choice.newsletter=given"
    is status "$status" 303 && part "$1" "privacy-policy-$new.1" &&
        is 'published and answered' "$(grep -c -F "$2 (2)" "$tmp/part")" 2 &&
        perl -0ne 'print $1 if m!<ol class="purposes records">(.*)</ol>!s' "$tmp/body" >"$tmp/records" &&
        has "$tmp/records" "$2 (2)"
}

twice_a_day() {
    mkdir -p "$tmp/twice"
    cp -rL "$root/tests/site/content" "$root/tests/site/locale" "$tmp/twice"
    sed 's/^class: reconsent/class: notify/; /^reconsent:/d' "$tmp/twice/content/privacy-policy/$new.md" \
        >"$tmp/twice/content/privacy-policy/$new.1.md"
    build "$tmp/company2" 2026-09-15 --content "$tmp/twice/content" --locale "$tmp/twice/locale"
}

copy_programs
origin=http://127.0.0.1:$(free_port)
build "$tmp/company" 2026-10-14 --content tests/site/content --locale tests/site/locale

renewed_cookie() {
    jar=$tmp/jar.early
    ask /en/choices/ && made teade
}

# The same yes again is a record of its own after a day, and counts from then on; sooner, it is the
# same act.
yes_again() { # RECORDS SINCE
    jar=$tmp/jar.again before=$(rows)
    for _ in 1 2; do
        answer $new 'choice.newsletter=given' || return 1
    done
    ask /choices/status.json
    is records "$(rows)" $((before + $1)) && has "$tmp/body" "\"since\": \"$2\""
}

# A yes or no is asked again after consent_validity, of everybody and in every language.
expired() { # QUESTIONS
    jar=$tmp/jar.early
    for words in Expired Aegunud 期限切れ; do
        export words
        case $words in Expired) language=en ;; Aegunud) language=et ;; *) language=ja ;; esac
        part "$language" privacy-policy && is "$language" "$(asked_again)" "$1" || return 1
    done
    [ -z "$1" ] ||
        is holding "$(holding)" 'newsletter=0 partner-offers.meteor=0 partner-offers.randur=0 partner-offers.southern-sky=0'
}

# It is a new record: nothing is prolonged silently, and what is said again counts.
renewed() {
    jar=$tmp/jar.early before=$(rows)
    answer $new 'choice.newsletter=given' && is records "$(rows)" $((before + 1)) &&
        is holding "$(holding)" 'newsletter=1 partner-offers.meteor=0 partner-offers.randur=0 partner-offers.southern-sky=0' &&
        answer $new 'choice.newsletter=given' && is records "$(rows)" $((before + 1))
}

# A comparison that was there while another version was the newest; and a feed is a feed.
moved_on() {
    ask /ja/privacy-policy/changes/2026-03-01/2026-07-01/
    is status "$status" 302 && header Location /ja/privacy-policy/history/ && secured_page || return 1
    ask /ja/nothing/changes/ && is status "$status" 302 && ask /ja/nothing/history/ && is status "$status" 404 ||
        return 1
    ask /ja/feed.xml
    is status "$status" 200 && header Content-Type 'application/atom+xml; charset=utf-8' && has "$tmp/body" '<feed '
}

secured_page() {
    grep -qi '^Content-Security-Policy: ' "$tmp/headers"
}

# What the company has declared, and what it has not.
declared() {
    ask /.well-known/gpc.json
    is status "$status" 200 && header Content-Type application/json &&
        perl -MJSON::PP -0ne 'decode_json($_)->{gpc} or die' "$tmp/body" || return 1
    cd "$root" && "$teade" build --output "$tmp/real" --date 2026-11-22 && [ ! -e "$tmp/real/public/.well-known" ] &&
        [ ! -e "$tmp/real/public/sitemap.xml" ]
}

serve run "$tmp/company" --now $((effective - 1))
check 'Global Privacy Control is declared by those who declared it' declared
check 'a comparison that is there no more' moved_on
check 'the notice is on every page' on_every_page
check 'nobody has seen it' sheet '' shown
check 'it was seen' sheet "teade_seen_privacy_policy=$new" hidden
check 'another version was seen' sheet "teade_seen_privacy_policy=$old" shown
check 'another document was seen' sheet "teade_seen_cookies=$new" shown
check 'a cookie that is an expression' sheet 'teade_seen_privacy_policy=.*' shown
check 'a cookie that goes on' sheet "teade_seen_privacy_policy=${new}1" shown
check 'a cookie that is a path' sheet "teade_seen_privacy_policy=../x|$new" shown
check 'seen, in one language' dealt_with acknowledge 1
check 'hidden, in one language' dealt_with hide 0
check 'seen after its text ended' outlived
jar=$tmp/jar.early
check 'an answer to what is announced' answer $new 'all=given'
jar=
check 'answers before the change takes effect' before_the_flip
stop
serve run "$tmp/company" --now "$effective"
check 'answers once it has taken effect' after_the_flip
check 'answers given anew' answered_anew
check 'answers given beforehand' answered_before
check 'yes, twice' yes_again 1 2026-10-14T21:00:00Z
stop
# Two years after the early visitor answered.
expiry=$(date -u -d "@$((effective - 1))" +%Y-%m-%dT%TZ | sed 's/^2026/2028/')
serve run "$tmp/company" --now $((effective + 365 * 24 * 60 * 60)) # whoever looks in keeps their cookie
check 'a year later' renewed_cookie
check 'yes again, a year later' yes_again 1 2027-10-14T21:00:00Z
stop
serve run "$tmp/company" --now $((effective + 365 * 24 * 60 * 60 + 23 * 60 * 60))
check 'yes again, within a day' yes_again 0 2027-10-14T21:00:00Z
stop
serve run "$tmp/company" --now "$(($(date -u -d "$expiry" +%s) - 1))"
check 'answers a second before they expire' expired ''
stop
serve run "$tmp/company" --now "$(date -u -d "$expiry" +%s)"
check 'answers that have expired' expired \
    'newsletter partner-offers.randur partner-offers.meteor partner-offers.southern-sky '
check 'the same answer given again' renewed
check 'the database is sound' verified
check 'nothing of the visitors is in the logs' nothing_kept
stop
build "$tmp/announced" 2026-09-15 --content tests/site/content --locale tests/site/locale
serve later "$tmp/announced" --now "$(noon 2026-07-15)"
check 'an answer to an old version and to a new one' older_and_new
check 'two versions that are announced' both_announced
stop
serve later "$tmp/announced" --now "$(noon 2026-09-15)"
check 'a no to the version in force, a yes to the next' no_and_yes
check 'a yes to the next version alone' yes_to_new_only
check 'a yes to the version in force, a no to the next, and it is taken back' yes_and_no
check 'a yes to both, and both are taken back' all_withdrawn
stop
retract 2026-09-20 2026-09-21
serve later "$tmp/retracted" --now "$(noon 2026-09-21)"
check 'what was said to a version that was retracted' after_retraction
check 'comparisons with a version that was retracted' compared_after_retraction
check 'the database of both is sound' verified
stop
twice_a_day
serve day "$tmp/company2" --now "$(noon 2026-09-15)"
check 'en: a second version on one day' same_day en '1 September 2026'
check 'et: a second version on one day' same_day et '1. september 2026'
check 'ja: a second version on one day' same_day ja 2026年9月1日
check 'nothing of the visitors is in the logs' nothing_kept
stop
echo "1..$number"
