#!/bin/sh
# states.sh: one visitor of each language through every state that an answer can be in, until
# nothing is left of them: the page says it in words, status.json says the same to programs.
# Then what a receipt's code takes back, and what the site asks no more.  TAP.

# shellcheck source=tests/helpers/lib.sh
. "$(dirname "$0")/../helpers/lib.sh"
languages='en et ja'
old=2026-07-01 new=2026-09-01
effective=$(date -u -d 2026-10-14T21:00Z +%s) # 15 October begins in Tallinn
forget='teade=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax'

# What the page says of a question in the version in force: the names of its states, in the order
# of the page, and the button that takes it back.
# shellcheck disable=SC2016 # Perl's variables
page_says() { # LANGUAGE QUESTION
    ask "/$1/choices/"
    is status "$status" 200 && in_language "$1" || return 1
    question=$2 words=$tmp/words.$1 perl -0 -ne '
        BEGIN {
            open my $words, "<", $ENV{words};
            for (split /\n/, <$words>) { $state{$2} = $1 if /^#([a-z_]+) (.*)/ }
        }
        my $question = quotemeta $ENV{question};
        my ($part) = m!aria-labelledby="document-privacy-policy [^"]*">(.*?)</section>!s;
        my ($own) = $part =~ m!<fieldset aria-describedby="about-privacy-policy-$question">(.*?)</fieldset>!s;
        ($own) = $part =~ m!<ul class="purposes">(.*)</ul>!s unless $own;
        my @says = map $state{$_} // "?", $own =~ m!<strong>(.*?)</strong>!g;
        push @says, "button" if $own =~ /form="withdraw-privacy-policy" name="purpose" value="$question"/;
        print join " ", @says' "$tmp/body"
}

# shellcheck disable=SC2016 # Perl's variables
status_says() { # QUESTION: ANSWER@REVISION/LANGUAGE, and whether it is valid; or nothing
    ask /choices/status.json
    question=$1 perl -MJSON::PP -0ne '
        my $said = decode_json($_)->{documents}{"privacy-policy"}{choices}{$ENV{question}} or exit;
        print "$said->{answer}\@$said->{revision}/$said->{language}", $said->{valid} ? " valid" : ""' "$tmp/body"
}

# Posts and looks: WHAT-THE-PAGE-SAYS and WHAT-STATUS-SAYS about the question.
step() { # LANGUAGE ADDRESS FIELDS QUESTION PAGE STATUS
    jar=$tmp/jar.$1
    if [ "$2" ]; then
        post "/$1/choices/$2" "$3"
        is status "$status" 303 && made teade || return 1
    fi
    is page "$(page_says "$1" "$4")" "$5" && is status.json "$(status_says "$4")" "$6"
}

# A table of steps for each language; AT stands for the text in force, TAG for the language.
live() { # REVISION
    cat >"$tmp/steps"
    for language in $languages; do
        while IFS='|' read -r name address fields question page status; do
            fields=$(echo "$fields" | sed "s/AT/$(offer privacy-policy "$1" "$language" | sed 's/&/\\&/g')/")
            check "$language: $name" step "$language" "$address" "$fields" "$question" "$page" \
                "$(echo "$status" | sed "s/TAG/$language/")"
        done <"$tmp/steps"
    done
    jar=
}

# Who asks stands before the first question, and the whole text beside each form: of the version in
# force, and of the one that is announced.
asks() { # LANGUAGE
    jar=$tmp/jar.asked.$1
    ask "/$1/choices/"
    is status "$status" 200 && sed '/<fieldset/q' "$tmp/body" >"$tmp/above" &&
        has "$tmp/above" '<h2 id="asking">' && has "$tmp/above" 'Kuukivi Observatory OÜ' &&
        has "$tmp/above" 'Tähetee 1, 00000 Kuukivi, Estonia' && has "$tmp/above" 'mailto:privacy@kuukivi.example' &&
        is links "$(grep -c "^<p><a href=\"/$1/privacy-policy/\($new/\)\?\">" "$tmp/body")" 2
}

# An answer is told with the language it was given in, which has its name in the page's language.
told_in() { # LANGUAGE OTHER WORDS
    jar=$tmp/jar.$1
    ask "/$2/choices/" && has "$tmp/body" "$3"
}

# Global Privacy Control.

gpc_seen() { # LANGUAGE
    jar=$tmp/jar.gpc.$1 before=$(rows)
    for value in 1 0 11; do
        ask "/$1/choices/" --header "Sec-GPC: $value"
        is status "$status" 200 && header Set-Cookie '' &&
            is "$value" "$(grep -c 'Global Privacy Control' "$tmp/body")" $((value == 1)) ||
            return 1
    done
    is records "$(rows)" "$before"
}

gpc_noted() { # LANGUAGE
    jar=$tmp/jar.gpc.$1
    post "/$1/choices/record" "$(offer privacy-policy $old "$1")&choice.newsletter=given" --header 'Sec-GPC: 1'
    is status "$status" 303 && ask "/$1/choices/" && is noted "$(grep -c 'Global Privacy Control' "$tmp/body")" 1 &&
        is state "$(page_says "$1" newsletter)" 'given button' || return 1
    post "/$1/choices/record" "$(offer privacy-policy $old "$1")&choice.newsletter=refused"
    ask "/$1/choices/" && is 'noted of the one alone' "$(grep -c 'Global Privacy Control' "$tmp/body")" 1
}

# Erasing.

erase_refused() { # LANGUAGE
    jar=$tmp/jar.$1 before=$(rows)
    stood=$(standing privacy-policy)
    ask "/$1/choices/erase" --data confirm=1 --header 'Sec-Fetch-Site: cross-site' --header \
        'Origin: https://other.example'
    refused 403 "$1" "$before" || return 1
    for fields in confirm=2 confirm= confirm=1\&confirm=1 confirm=1\&code=1; do
        post "/$1/choices/erase" "$fields"
        refused 400 "$1" "$before" || return 1
    done
    is standing "$(standing privacy-policy)" "$stood"
}

erase_asks() { # LANGUAGE
    jar=$tmp/jar.$1 before=$(rows)
    stood=$(standing privacy-policy)
    post "/$1/choices/erase" ''
    is status "$status" 303 && secured && header Location "/$1/choices/erase" && header Set-Cookie '' || return 1
    ask "/$1/choices/erase"
    refused 200 "$1" "$before" && has "$tmp/body" 'name="confirm" value="1"' &&
        has "$tmp/body" "formmethod=\"get\" formaction=\"/$1/choices/\"" &&
        is standing "$(standing privacy-policy)" "$stood"
}

erased() { # LANGUAGE
    jar=$tmp/jar.$1
    cp "$jar" "$jar.old"
    ask /choices/export.json
    own=$(grep -c '"canonical"' "$tmp/body") before=$(rows)
    [ "$own" -gt 3 ] || { echo "only $own records" && return 1; }
    post "/$1/choices/erase" confirm=1
    is status "$status" 303 && secured && header Location "/$1/choices/?done=erased" &&
        header Set-Cookie "$forget" && is records "$(rows)" $((before - own)) || return 1
    ask "/$1/choices/?done=erased"
    is status "$status" 200 && has "$tmp/body" "<p class=\"done\" role=\"status\">$(words "$1" '#erased')</p>" &&
        nobody "$1"
}

# The cookies of hidden notices go with it.
erased_whole() { # LANGUAGE
    jar=$tmp/jar.whole.$1
    post "/$1/choices/acknowledge" "$(offer privacy-policy $new "$1")"
    is status "$status" 303 && made teade teade_seen_privacy_policy && post "/$1/choices/erase" confirm=1 &&
        is status "$status" 303 && is 'taken away' \
        "$(sed -n 's/^Set-Cookie: \(teade[a-z_]*\)=; .*Max-Age=0.*/\1/p' "$tmp/headers" | sort | tr '\n' ' ')" \
        'teade teade_seen_privacy_policy '
}

nobody() { # LANGUAGE
    is page "$(page_says "$1" partner-offers.randur)" open && header Set-Cookie '' &&
        has "$tmp/body" "$(words "$1" ^known)" && ask /choices/status.json && has "$tmp/body" '"known": false' &&
        ask /choices/export.json && has "$tmp/body" '"records": []'
}

# A browser that kept the cookie all the same; what it answers next is a new visitor's.
still_sent() { # LANGUAGE
    jar=$tmp/jar.$1.old
    bits=$(sed -n 's/.*\tteade\t//p' "$jar" | cut -d . -f 4)
    is bits ${#bits} 32 && nobody "$1" && cp "$jar" "$jar.left" || return 1
    jar=$jar.left
    nothing_to_erase "$1" "$forget" && is 'cookies left' "$(grep -c 'teade' "$jar")" 0 || return 1
    jar=${jar%.left}
    post "/$1/choices/record" "$(offer privacy-policy $new "$1")&choice.newsletter=given"
    is status "$status" 303 && made teade && is 'the old bits' "$(grep -c "$bits" "$tmp/cookies")" 0
}

nothing_to_erase() { # LANGUAGE [WHAT-IS-TAKEN-AWAY]
    before=$(rows)
    for fields in '' confirm=1; do
        if [ "$fields" ]; then post "/$1/choices/erase" "$fields"; else ask "/$1/choices/erase"; fi
        is status "$status" 303 && header Location "/$1/choices/?done=erased" &&
            header Set-Cookie "${fields:+${2-}}" && is records "$(rows)" "$before" || return 1
    done
}

# Codes, computed here from what is taken home and the operator's key.

code_of() { # N: of the visitor's Nth newest record
    ask /choices/export.json
    nth=$1 perl "$here/helpers/code_of.pl" "$tmp/body"
}

bare() { # code without hyphens
    echo "$1" | tr -d -
}

# Answers in one browser, and in another, or in none, the code takes it back.
by_code() { # LANGUAGE HOW-IT-IS-TYPED [COOKIE]
    jar=$tmp/jar.code.$1
    post "/$1/choices/record" "$(offer privacy-policy $new "$1")&choice.newsletter=given"
    is status "$status" 303 && is before "$(page_says "$1" newsletter)" 'given button' || return 1
    code=$(code_of 1) before=$(rows)
    typed=$(eval "$2")
    jar=
    post "/$1/choices/withdraw" '' --data-urlencode "code=$typed" ${3:+--header "Cookie: $3"}
    is status "$status" 303 && secured && header Set-Cookie '' &&
        is records "$(rows)" $((before + 1)) && newest "withdrawal privacy-policy $new $1 newsletter=withdrawn" &&
        header Location "/$1/choices/?done=withdrawn&record=$(newest_id)" || return 1
    by_code_is_said "$1" || return 1
    jar=$tmp/jar.code.$1
    is after "$(page_says "$1" newsletter)" answer_withdrawn && is used "$(unusable "$1" "$typed")" '' || return 1
}

# A code that was used takes back a later yes to the same question, and nothing else.
by_code_again() { # LANGUAGE
    jar=$tmp/jar.again.$1
    post "/$1/choices/record" "$(offer privacy-policy $new "$1")&choice.newsletter=given"
    code=$(code_of 1)
    for round in first second; do
        jar=$tmp/jar.again.$1
        post "/$1/choices/record" "$(offer privacy-policy $new "$1")&choice.newsletter=given&choice.partner-offers.meteor=given"
        is status "$status" 303 && is "before the $round" "$(page_says "$1" newsletter)" 'given button' || return 1
        jar=
        post "/$1/choices/withdraw" "code=$code"
        is status "$status" 303 && newest "withdrawal privacy-policy $new $1 newsletter=withdrawn" || return 1
        jar=$tmp/jar.again.$1
        is "after the $round" "$(page_says "$1" newsletter)" answer_withdrawn &&
            is another "$(page_says "$1" partner-offers.meteor)" 'given button' || return 1
    done
    unusable "$1" "$code"
}

# In whatever browser, by the record of the withdrawal; and by no record that is another thing.
by_code_is_said() { # LANGUAGE
    path=$(sed -n 's/^Location: //p' "$tmp/headers")
    for jar in '' "$tmp/jar.code.$1"; do
        ask "$path" && has "$tmp/body" "<p class=\"done\" role=\"status\">$(words "$1" '#by_code')</p>" || return 1
        # Whoever's it is, it is not called theirs, and comes behind the page's name.
        ! has "$tmp/body" "$(words "$1" '#withdrawn')" >/dev/null && is 'before the name' \
            "$(sed '/<h1>/,$d' "$tmp/body" | grep -c 'class="done"\|^[^<]* –$')" 0 || return 1
    done
    jar=
    for record in "$(records list | tail -n 2 | head -n 1 | tr -s ' ' | cut -d ' ' -f 2)" \
        00000000000000000000000000000000 0 '' "$marker"; do
        ask "${path%record=*}record=$record" && is "$record" "$(grep -c 'class="done"' "$tmp/body")" 0 || return 1
    done
}

# Whatever is wrong with it, the visitor sees the same.
unusable() { # LANGUAGE CODE
    jar=
    before=$(rows)
    post "/$1/choices/withdraw" '' --data-urlencode "code=$2"
    refused 422 "$1" "$before" && { [ -e "$tmp/unusable.$1" ] || cp "$tmp/body" "$tmp/unusable.$1"; } &&
        cmp "$tmp/body" "$tmp/unusable.$1"
}

wrong_codes() { # LANGUAGE
    erased=$(cat "$tmp/erased.$1")
    jar=$tmp/jar.code.$1
    post "/$1/choices/record" "$(offer privacy-policy $new "$1")&choice.newsletter=given"
    code=$(code_of 1) stood=$(standing privacy-policy)
    is length "${#code} ${#erased}" '23 23' || return 1
    last=${code#"${code%?}"} other=$(echo "$last" | tr 0-9A-Z 1-9A-K0)
    for wrong in '' - "${code%?}" "${code}0" "${code%?}$other" "${code%?}U" "00001${code#?????}" "ZZZZZ${code#?????}" \
        00000-00000-00000-00000 "$code $code" "$code<b>" "$erased"; do
        unusable "$1" "$wrong" || return 1
    done
    jar=$tmp/jar.code.$1
    is standing "$(standing privacy-policy)" "$stood"
}

# A record that says no more than that a notice was seen.
code_of_nothing() { # LANGUAGE
    jar=$tmp/jar.seen.$1
    post "/$1/choices/acknowledge" "$(offer privacy-policy $new "$1")"
    code=$(code_of 1)
    is length ${#code} 23 && unusable "$1" "$code"
}

code_and_more() { # LANGUAGE
    jar=$tmp/jar.code.$1
    code=$(code_of 1) before=$(rows)
    is length ${#code} 23 || return 1
    for fields in "code=$code&purpose=newsletter" "code=$code&code=$code" "code=$code&confirm=1"; do
        post "/$1/choices/withdraw" "$fields"
        refused 400 "$1" "$before" || return 1
    done
    ask "/$1/choices/withdraw" --data "code=$code" --header 'Sec-Fetch-Site: cross-site'
    refused 403 "$1" "$before"
}

# What the site has dropped: in the words of today's language where it still has them, else in
# those that were answered.

dropped() { # LANGUAGE LABEL-IN-ET LABEL ANSWERED-IN
    jar=$tmp/jar.dropped
    ask "/$1/choices/"
    is status "$status" 200 || return 1
    perl -0ne 'print $1 if m!<section aria-labelledby="others">(.*?)</section>!s' "$tmp/body" >"$tmp/part"
    has "$tmp/part" "<p class=\"label\" lang=\"et\">$2" && has "$tmp/part" "<p class=\"label\" lang=\"$1\">$3" &&
        has "$tmp/part" "Meteor Trails Inc." &&
        has "$tmp/part" '<p class="meta" lang="et">Privaatsuspoliitika</p>' &&
        is buttons "$(sed -n 's/.*<button type="submit" name="purpose" value="\([^"]*\)".*/\1/p' "$tmp/part" | tr '\n' ' ')" \
            'newsletter partner-offers.meteor ' &&
        has "$tmp/part" "$4"
}

# Neither their words in today's language nor the version is there any more: the database has both,
# and whom the visitor allowed to get what.
gone_from_the_site() { # LANGUAGE
    jar=$tmp/jar.dropped
    ask "/$1/choices/"
    is status "$status" 200 && in_language "$1" || return 1
    recipient='<p class="recipient" lang="et">Vastuvõtja: Meteor Trails Inc. (Ameerika Ühendriigid). Andmed: postiaadress ja sünniaasta</p>'
    perl -0ne 'print $1 if m!<section aria-labelledby="others">(.*?)</section>!s' "$tmp/body" >"$tmp/others"
    perl -0ne 'print $1 if m!<section aria-labelledby="records">(.*?)</section>!s' "$tmp/body" >"$tmp/records"
    for part in others records; do
        has "$tmp/$part" "$recipient" &&
            is "recipients in $part" "$(grep -c 'class="recipient"' "$tmp/$part")" 1 || return 1
    done
    has "$tmp/others" '<p class="label" lang="et">Teie andmete edastamine' &&
        has "$tmp/records" '<span class="label" lang="et">Teie andmete edastamine' &&
        has "$tmp/records" '<span lang="et">Privaatsuspoliitika</span>'
}

dropped_and_withdrawn() {
    jar=$tmp/jar.dropped
    for purpose in newsletter partner-offers.meteor; do
        post /ja/choices/withdraw "document=privacy-policy&purpose=$purpose"
        is status "$status" 303 && header Location '/ja/choices/?done=withdrawn' || return 1
    done
    ask /ja/choices/ && ! grep 'aria-labelledby="others"' "$tmp/body" &&
        is standing "$(standing privacy-policy)" 'newsletter=withdrawn partner-offers.meteor=withdrawn'
}

sound() {
    records verify >"$tmp/verify" || { cat "$tmp/verify" && return 1; }
}

# Answers hold for half a year here, which no cookie outlives unseen.
copy_programs
cp -RL "$root/tests/site/content" "$root/tests/site/locale" "$tmp"
sed -i 's/^consent_validity: .*/consent_validity: 6/' "$tmp/content/site.yaml"
origin=http://127.0.0.1:$(free_port)
build "$tmp/company" 2026-09-15 --content "$tmp/content" --locale "$tmp/locale"

serve run "$tmp/company" --now "$(noon 2026-08-01)"
live $old <<END
never asked|||newsletter|open|
given|record|AT&choice.newsletter=given&choice.partner-offers.randur=given|newsletter|given button|given@$old/TAG valid
withdrawn|withdraw|purpose=newsletter|newsletter|answer_withdrawn|withdrawn@$old/TAG valid
the other one still stands|||partner-offers.randur|given button|given@$old/TAG valid
refused|record|AT&choice.newsletter=refused|newsletter|refused|refused@$old/TAG valid
END
for language in $languages; do
    check "$language: who asks, and about which text" asks "$language"
done
while read -r language other name; do
    check "$language, told in $other" told_in "$language" "$other" "$name"
done <<'END'
en et Keel: inglise.
et ja 言語：エストニア語
ja en Language: Japanese.
END
for language in $languages; do
    check "$language: Global Privacy Control is seen" gpc_seen "$language"
    check "$language: Global Privacy Control is noted" gpc_noted "$language"
done
jar=$tmp/jar.dropped
post /et/choices/record "$(offer privacy-policy $old et)&choice.newsletter=given&choice.partner-offers.meteor=given"
stop
serve run "$tmp/company" --now "$effective"
live $new <<END
needs an answer|||partner-offers.randur|given ask_again button|given@$old/TAG
does not need one|||newsletter|refused|refused@$old/TAG valid
END
stop
serve run "$tmp/company" --now "$(noon 2027-02-01)"
live $new <<END
expired|||newsletter|refused expired|refused@$old/TAG
expired, and changed before|||partner-offers.randur|given ask_again expired button|given@$old/TAG
answered anew|record|AT&choice.newsletter=given|newsletter|given button|given@$new/TAG valid
never objected|||visitor-statistics|open|
objected|record|AT&choice.visitor-statistics=objected|visitor-statistics|objected button|objected@$new/TAG valid
objection withdrawn|withdraw|purpose=visitor-statistics|visitor-statistics|answer_withdrawn|withdrawn@$new/TAG valid
END
keys=$run/keys/visitor.key
export keys
for language in $languages; do
    jar=$tmp/jar.$language
    code_of 3 >"$tmp/erased.$language" # of the yes to the newsletter
    check "$language: what does not erase" erase_refused "$language"
    check "$language: erasing is explained first" erase_asks "$language"
    check "$language: erased" erased "$language"
    check "$language: erased, with the cookies of notices" erased_whole "$language"
    check "$language: the cookie of what was erased" still_sent "$language"
    jar=$tmp/jar.nobody
    check "$language: nothing to erase" nothing_to_erase "$language"
    # shellcheck disable=SC2016 # what is typed is made of $code later
    while IFS='|' read -r name typed cookie; do
        check "$language: a code, $name" by_code "$language" "$typed" "$cookie"
    done <<'END'
as it is printed|echo "$code"
in one word of small letters|bare "$code" | tr A-Z a-z
with O for 0, l for 1, and spaces|echo " $code " | tr '01-' 'Ol '
in full width|echo "$code" | perl -CS -pe 'tr/0-9A-Z\x2d/\x{ff10}-\x{ff19}\x{ff21}-\x{ff3a}\x{30fc}/'
beside a cookie that is none|echo "$code"|teade=v1.nonsense
END
    check "$language: a code that was used, and yes again" by_code_again "$language"
    check "$language: wrong codes are all alike" wrong_codes "$language"
    check "$language: the code of a notice seen" code_of_nothing "$language"
    check "$language: a code and more" code_and_more "$language"
done
check 'the log is sound' sound
stop

sed -i -e '/<!-- purpose: newsletter -->/d' -e '/^  newsletter:/,/^  booking:/{/booking/!d}' \
    "$tmp"/content/privacy-policy/*.md
sed -i '/- id: meteor/,/personal_data:/d' "$tmp/content/privacy-policy/$new.md"
build "$tmp/less" 2026-09-15 --content "$tmp/content" --locale "$tmp/locale"
serve run "$tmp/less" --now "$effective"
check 'en: what was dropped still stands' dropped en 'Uudiskirja „Tähistaevas“' \
    'Giving your details to partner companies' \
    'Language: Estonian.'
check 'ja: what was dropped still stands' dropped ja 'Uudiskirja „Tähistaevas“' 'お客様の情報を' \
    '言語：エストニア語'
stop
rm "$tmp/content/privacy-policy/$old.md"
build "$tmp/least" 2026-09-15 --content "$tmp/content" --locale "$tmp/locale"
serve run "$tmp/least" --now "$effective"
for language in $languages; do
    check "$language: what the site has no words of" gone_from_the_site "$language"
done
check 'what was dropped is withdrawn' dropped_and_withdrawn
check 'the log is still sound' sound
stop
check 'nothing of the visitors is in the logs' nothing_kept
echo "1..$number"
