#!/bin/sh
# consent.sh: visitors answer, object, withdraw and look again, in every language of the
# real policy and of tests/site, as browsers do without scripts.  TAP.

# shellcheck source=tests/helpers/lib.sh
. "$(dirname "$0")/../helpers/lib.sh"

# One thing a visitor does: what is sent, what the answer is, and all that stands then.
step() { # LANGUAGE ADDRESS FIELDS DONE RECORDS STANDING
    wanted=$(($(rows) + $5)) fields=$3
    [ "$2" = withdraw ] || fields="$(offer privacy-policy "$revision" "$1")&$3"
    post "/$1/choices/$2" "$fields"
    is status "$status" 303 && secured && leads "/$1/choices/?done=$4" &&
        header Content-Language "$1" && is 'body' "$(cat "$tmp/body")" '' || return 1
    location=$(sed -n 's/^Location: //Ip' "$tmp/headers")
    case $4 in unmarked | nothing) header Set-Cookie '' ;; *) made teade ;; esac &&
        is records "$(rows)" "$wanted" && is 'status.json' "$(standing privacy-policy)" "$6" &&
        told "$1" "$4" "$6" "${location#*"?done=$4"}"
}

# The page says what was just done and what stands, and each renews the cookie.
told() { # LANGUAGE DONE STANDING [QUERY-BEHIND]
    ask "/$1/choices/${2:+?done=$2${4-}}"
    is status "$status" 200 && in_language "$1" && secured && made teade || return 1
    is shown "$(shown privacy-policy "$1")" \
        "$(echo "$3" | sed 's/ *[a-z-]*statistics=withdrawn//')" || return 1
    for done in saved withdrawn acknowledged hidden unmarked nothing erased; do
        if [ "$done" = "$2" ]; then
            has "$tmp/body" "role=\"status\">$(words "$1" "#$done")</p>"
        else
            ! has "$tmp/body" "$(words "$1" "#$done")" >/dev/null
        fi || return 1
    done
}

# The steps of a table, by a new visitor of each language.
live() {
    cat >"$tmp/steps"
    for language in $languages; do
        jar=$tmp/jar.$language
        rm -f "$jar"
        while IFS='|' read -r address fields told count standing; do
            check "$language: $address ${fields:-nothing}" \
                step "$language" "$address" "$fields" "$told" "$count" "$standing"
        done <"$tmp/steps"
    done
    jar=
}

moment() { # LANGUAGE WORDS: when it was recorded, and under which version
    jar=$tmp/jar.$1
    ask "/$1/choices/" && has "$tmp/body" "$2"
}

# Nobody knows this browser.
stranger() { # LANGUAGE
    ask "/$1/choices/"
    is status "$status" 200 && in_language "$1" && secured && header Set-Cookie '' &&
        has "$tmp/body" "$(words "$1" ^known)" && is shown "$(shown privacy-policy "$1")" '' &&
        is standing "$(standing privacy-policy)" '' && has "$tmp/body" '"known": false'
}

# What is said in one language is known in each, and nothing is asked again.
other_languages() { # LANGUAGE OTHER
    jar=$tmp/jar.both.$1$2
    step "$1" record all=refused saved 1 "$all_refused" && told "$2" '' "$all_refused" &&
        has "$tmp/body" "<a href=\"/$1/choices/\" lang=\"$1\" hreflang=\"$1\">"
}

# One record for each text that an answer stands on.
withdraw_both() { # LANGUAGE OTHER
    jar=$tmp/jar.both.$1$2
    step "$2" record choice.newsletter=given saved 1 "newsletter=given ${all_refused#newsletter=refused }" &&
        step "$1" record choice.partner-offers.randur=given saved 1 \
            'newsletter=given partner-offers.meteor=refused partner-offers.randur=given' &&
        step "$1" withdraw '' withdrawn 2 \
            'newsletter=withdrawn partner-offers.meteor=refused partner-offers.randur=withdrawn'
}

nothing_saved() { # LANGUAGE
    before=$(rows)
    post "/$1/choices/record" "$(offer privacy-policy "$revision" "$1")"
    is status "$status" 303 && secured && header Location "/$1/choices/?done=unmarked" &&
        header Set-Cookie '' && is records "$(rows)" "$before"
}

# What an address claims is said only where it is so: QUERY and, first on the page and in its title,
# what is said; or nothing.
says() { # LANGUAGE JAR QUERY [SECTION]
    jar=$tmp/jar.$2
    set -- "$1" "$2" "$(echo "$3" | sed "s/RECORD/$(cat "$tmp/record")/g; s/OTHERS/$(cat "$tmp/others")/g")" "${4-}"
    ask "/$1/choices/?$3"
    is status "$status" 200 || return 1
    if [ "${4-}" ]; then
        title=$(tr '\n' ' ' <"$tmp/body" | sed -n 's,.*<title> *\([^<]*\)</title>.*,\1,p')
        said=$(tr '\n' ' ' <"$tmp/body" | sed -n 's,.*<main id="main"> *<p class="done[ a-z]*" role="status">\([^<]*\)</p>.*,\1,p')
        is said "$said" "$(words "$1" "#$4")" || return 1
        # That nothing came of it is so by the address alone, and is not put first.
        case $4 in
            unmarked | nothing) [ "${title#* – * – }" = "$title" ] ;;
            *) [ "${title#* – * – }" != "$title" ] ;;
        esac
    else
        is said "$(grep -c 'class="done' "$tmp/body")" 0 && is title "$(grep -c ' –$' "$tmp/body")" 0
    fi
}

# Yes to both, one is withdrawn, and yes again to the other: the record that says so confirms it, and
# no page says anything of an answer once another act followed.  A notice that was seen is none.
again() { # LANGUAGE
    jar=$tmp/jar.again.$1
    first='newsletter=given partner-offers.meteor=given partner-offers.randur=given'
    step "$1" record all=given saved 1 "$first" && one=$(newest_id) &&
        post "/$1/choices/acknowledge" "$(offer privacy-policy "$revision" "$1")" && seen=$(newest_id) &&
        confirms "$1" "saved&record=$one" saved && confirms "$1" "acknowledged&record=$seen" acknowledged &&
        step "$1" withdraw purpose=newsletter withdrawn 1 "newsletter=withdrawn ${first#* }" && two=$(newest_id) &&
        confirms "$1" "saved&record=$one" '' && confirms "$1" "acknowledged&record=$seen" acknowledged &&
        step "$1" record choice.partner-offers.meteor=given saved 0 "newsletter=withdrawn ${first#* }" &&
        is Location "$location" "/$1/choices/?done=saved&record=$one&after=$two" && confirms "$1" withdrawn withdrawn &&
        confirms "$1" "saved&record=$two" '' && confirms "$1" "saved&record=$seen&after=$two" '' &&
        step "$1" withdraw purpose=partner-offers.meteor withdrawn 1 \
            'newsletter=withdrawn partner-offers.meteor=withdrawn partner-offers.randur=given' &&
        confirms "$1" "saved&record=$one&after=$two" '' && confirms "$1" "saved&record=$one" ''
}

confirms() { # LANGUAGE QUERY [SECTION]
    (says "$1" "again.$1" "done=$2" "$3") || { echo "by $2" && return 1; }
}

# What a visitor takes home: each record with what it takes to compute its number in the log, and
# the words it names.  A stranger gets nothing of it.
taken_home() { # LANGUAGE
    jar=$tmp/jar.$1
    ask /choices/export.json
    is status "$status" 200 && secured && header Content-Type application/json &&
        header Content-Disposition 'attachment; filename="choices.json"' && cp "$tmp/body" "$tmp/export" || return 1
    perl "$here/helpers/taken_home.pl" \
        "$tmp/export" >"$tmp/entries" && [ -s "$tmp/entries" ] || return 1
    while read -r id entry; do
        records show "$id" --json >"$tmp/shown" && has "$tmp/shown" "$entry" || return 1
    done <"$tmp/entries"
    jar=$tmp/jar.nobody
    ask /choices/export.json
    is status "$status" 200 && header Set-Cookie '' && has "$tmp/body" '"known": false' &&
        has "$tmp/body" '"records": []'
}

cookie_of() { # JAR
    sed -n 's/.*\tteade\t/teade=/p' "$1"
}

# For one curl, as a process for each would take most of the time: what it then prints is a
# status for each.
posts() { # COOKIE FIELDS...
    with=$1
    shift
    for each; do
        printf 'url = "%s/en/choices/record"\ndata = "%s"\nheader = "Origin: %s"\nheader = "Cookie: %s"\noutput = /dev/null\nwrite-out = "%%{http_code}\\n"\nnext\n' \
            "$origin" "$each" "$origin" "$with"
    done | sed '$d'
}

# More than one message of the keeper's holds.
many_taken_home() {
    jar=$tmp/jar.many same="$(offer privacy-policy "$revision" en)&choice.newsletter"
    post /en/choices/record "$same=refused"
    is status "$status" 303 || return 1
    set --
    for _ in $(seq 160); do
        set -- "$@" "$same=given" "$same=refused"
    done
    posts "$(cookie_of "$jar")" "$@" | curl --silent --noproxy '*' --config - >"$tmp/statuses"
    is statuses "$(uniq -c "$tmp/statuses" | tr -s ' ')" ' 320 303' || return 1
    ask /choices/export.json
    is records "$(grep -c '"canonical"' "$tmp/body")" 321
}

# Who does not read on keeps no worker: the answer ends where it has no room.  Whoever reads slowly
# behind nginx gets all of it.
slow_reader() {
    jar=$tmp/jar.many
    ask /choices/export.json
    whole=$(wc -c <"$tmp/body")
    perl "$here/helpers/slow_reader.pl" "${origin#http://}" "$(cookie_of "$jar")" >"$tmp/slowly" &
    got=$(perl "$here/helpers/slow_server.pl" "$run/teade-consent.sock" "$(cookie_of "$jar")")
    { [ "$got" -gt 1000 ] && [ "$got" -lt "$whole" ]; } || { echo "$got of $whole bytes" && return 1; }
    wait $! && cmp "$tmp/slowly" "$tmp/body"
}

# A double click, a thousand times at once.
thousand_times() {
    jar=$tmp/jar.thousand same=$(offer privacy-policy "$revision" en)
    post /en/choices/record "$same&all=refused"
    is status "$status" 303 && before=$(rows) || return 1
    set --
    for _ in $(seq 1000); do
        set -- "$@" "$same&all=given"
    done
    posts "$(cookie_of "$jar")" "$@" |
        curl --no-progress-meter --noproxy '*' --parallel --parallel-immediate --parallel-max 50 --config - \
            >"$tmp/statuses"
    is statuses "$(sort "$tmp/statuses" | uniq -c | tr -s ' ')" ' 1000 303' && is records "$(rows)" $((before + 1))
}

acknowledge() { # LANGUAGE DOCUMENT
    jar=$tmp/jar.seen before=$(rows)
    rm -f "$jar"
    post "/$1/choices/acknowledge" "$(offer "$2" "$revision" "$1")"
    is status "$status" 303 && secured && leads "/$1/choices/?done=acknowledged" &&
        made teade "teade_seen_$(echo "$2" | tr - _)" && has "$tmp/cookies" "=$revision;" &&
        is records "$(rows)" $((before + 1)) && newest "acknowledgement $2 $revision $1" &&
        told "$1" acknowledged '' "&record=$(newest_id)" && is standing "$(standing "$2")" '' &&
        has "$tmp/body" '"known": true'
}

hide() { # LANGUAGE DOCUMENT
    jar=$tmp/jar.hidden.$1 before=$(rows)
    rm -f "$jar"
    post "/$1/choices/hide" "$(offer "$2" "$revision" "$1")"
    is status "$status" 303 && secured && header Location "/$1/choices/?done=hidden" &&
        made "teade_seen_$(echo "$2" | tr - _)" && is records "$(rows)" "$before" || return 1
    ask "/$1/choices/?done=hidden"
    has "$tmp/body" "$(words "$1" '#hidden')" && stranger "$1"
}

# Which language is spoken.

negotiated() { # LANGUAGE ACCEPT-LANGUAGE
    ask / --header "Accept-Language: $2"
    is status "$status" 302 && header Location "/$1/" && header Vary Accept-Language && secured &&
        header Set-Cookie ''
}

# The same as GET, but for the body.
head_of() { # PATH
    ask "$1" && grep -Eiv '^(Date|Transfer-Encoding):' "$tmp/headers" >"$tmp/get"
    ask "$1" --head && grep -Eiv '^(Date|Transfer-Encoding):' "$tmp/headers" >"$tmp/head"
    diff "$tmp/get" "$tmp/head" && secured
}

# A fictional company, which asks more than the real policy does.

copy_programs
languages='en et ja'
revision=2026-03-01
all_refused='newsletter=refused partner-offers.meteor=refused partner-offers.randur=refused'
origin=http://127.0.0.1:$(free_port)
build "$tmp/company" 2026-03-15 --content tests/site/content --locale tests/site/locale
serve company-run "$tmp/company" --now "$(noon 2026-03-15)"

for language in $languages; do
    check "$language: nothing is known" stranger "$language"
    for path in privacy-policy choices; do
        check "$language: the form of $path" form_is_whole "/$language/$path/" "$language"
    done
done
live <<END
record|choice.newsletter=given|saved|1|newsletter=given
record|choice.partner-offers.randur=refused|saved|1|newsletter=given partner-offers.randur=refused
record|choice.partner-offers.meteor=given|saved|1|newsletter=given partner-offers.meteor=given partner-offers.randur=refused
record||unmarked|0|newsletter=given partner-offers.meteor=given partner-offers.randur=refused
record|all=refused|saved|1|$all_refused
record|all=refused|saved|0|$all_refused
record|choice.newsletter=refused|saved|0|$all_refused
record|choice.visitor-statistics=objected|saved|1|$all_refused visitor-statistics=objected
record|choice.newsletter=refused&all=given|saved|1|newsletter=given partner-offers.meteor=given partner-offers.randur=given visitor-statistics=objected
withdraw|purpose=partner-offers.randur|withdrawn|1|newsletter=given partner-offers.meteor=given partner-offers.randur=withdrawn visitor-statistics=objected
withdraw|document=privacy-policy&purpose=partner-offers.randur|nothing|0|newsletter=given partner-offers.meteor=given partner-offers.randur=withdrawn visitor-statistics=objected
withdraw|document=privacy-policy&purpose=visitor-statistics|withdrawn|1|newsletter=given partner-offers.meteor=given partner-offers.randur=withdrawn visitor-statistics=withdrawn
record|choice.partner-offers.randur=given&choice.newsletter=refused|saved|1|newsletter=refused partner-offers.meteor=given partner-offers.randur=given visitor-statistics=withdrawn
withdraw||withdrawn|1|newsletter=refused partner-offers.meteor=withdrawn partner-offers.randur=withdrawn visitor-statistics=withdrawn
withdraw||nothing|0|newsletter=refused partner-offers.meteor=withdrawn partner-offers.randur=withdrawn visitor-statistics=withdrawn
record|choice.visitor-statistics=objected&choice.newsletter=given|saved|1|newsletter=given partner-offers.meteor=withdrawn partner-offers.randur=withdrawn visitor-statistics=objected
withdraw||withdrawn|1|newsletter=withdrawn partner-offers.meteor=withdrawn partner-offers.randur=withdrawn visitor-statistics=objected
END
check 'en: when' moment en 'Recorded on 15 March 2026 at 12:00 UTC, under the version of 1 March 2026.'
check 'et: when' moment et '15. märts 2026, kell 12:00 UTC'
check 'ja: when' moment ja '2026年3月15日 12:00 UTC'
while read -r language other; do
    check "$language is known in $other" other_languages "$language" "$other"
    check "$language and $other are withdrawn at once" withdraw_both "$language" "$other"
done <<'END'
en et
et ja
ja en
END
for language in $languages; do
    check "$language: a second browser" stranger "$language"
    check "$language: saved without an answer" nothing_saved "$language"
    for document in privacy-policy cookies; do
        check "$language: $document was seen" acknowledge "$language" "$document"
        check "$language: the notice of $document is hidden" hide "$language" "$document"
    done
done
for language in $languages; do
    check "$language: a repeated answer after a withdrawal, and Back" again "$language"
    check "$language: records to take home" taken_home "$language"
    jar=$tmp/jar.yes.$language
    newest_id >"$tmp/others"
    post "/$language/choices/record" "$(offer privacy-policy "$revision" "$language")&choice.newsletter=given"
    newest_id >"$tmp/record"
    while IFS='|' read -r who query section; do
        check "$language: what $who is told by $query" says "$language" "$who.$language" "$query" "$section"
    done <<'END'
nobody|done=saved|
nobody|done=saved&record=RECORD|
nobody|done=withdrawn|
nobody|done=acknowledged|
nobody|done=hidden|not_hidden
nobody|done=erased|erased
nobody|done=nonsense|
nobody|done=unmarked|unmarked
nobody|done=nothing|nothing
nobody|done=saved&done=saved|
yes||
yes|done=saved|
yes|done=saved&record=RECORD|saved
yes|done=saved&record=RECORD&after=RECORD|saved
yes|done=saved&record=RECORD&after=OTHERS|
yes|done=saved&record=OTHERS|
yes|done=saved&record=OTHERS&after=RECORD|
yes|done=saved&record=RECORD&record=RECORD|
yes|done=withdrawn&record=RECORD|
yes|done=acknowledged&record=RECORD|
yes|done=unmarked|unmarked
yes|done=withdrawn|
yes|done=acknowledged|
yes|done=erased|
yes|done=hidden|not_hidden
yes|done=nothing|nothing
END
done
jar=
check 'the same answer a thousand times at once' thousand_times
check 'each record shows the text it was made on' shows_texts
check 'the database is sound' verified
check 'hundreds of records to take home' many_taken_home
check 'a reader who does not read on' slow_reader
stop
check 'nothing of the visitors is in the logs' nothing_kept

# The real policy.

languages='et ja en'
revision=2026-11-22
origin=http://127.0.0.1:$(free_port)
build "$tmp/real" 2026-11-23
serve real-run "$tmp/real" --now "$(noon 2026-11-23)"
for language in $languages; do
    check "$language: nothing is known" stranger "$language"
    for path in privacy-policy choices; do
        check "$language: the form of $path" form_is_whole "/$language/$path/" "$language"
    done
done
live <<'END'
record|choice.notices=given|saved|1|notices=given
record|choice.statistics=objected|saved|1|notices=given statistics=objected
record|all=refused|saved|1|notices=refused statistics=objected
record|all=given|saved|1|notices=given statistics=objected
withdraw|purpose=statistics|withdrawn|1|notices=given statistics=withdrawn
withdraw||withdrawn|1|notices=withdrawn statistics=withdrawn
END
for language in $languages; do
    for document in privacy-policy record-of-choices; do
        check "$language: $document was seen" acknowledge "$language" "$document"
        check "$language: the notice of $document is hidden" hide "$language" "$document"
    done
done
while IFS='|' read -r language accepted; do
    check "/ for '$accepted'" negotiated "$language" "$accepted"
done <<'END'
et|
et|et
ja|ja
en|en
ja|JA-jp
en|en-GB-oxendict
et|fr
ja|fr, ja;q=0.5, en;q=0.3
en|ja;q=0.5, en;q=0.6
et|en;q=0, *
en|et;q=0, ja;q=0, *
ja|en;q=2, ja;q=0.1
ja|en;;, ja
et|*
END
for path in / /et/choices/ /choices/status.json /choices/health /ja/choices/nothing \
    /en/choices/record; do
    check "HEAD $path" head_of "$path"
done
check 'each record shows the text it was made on' shows_texts
check 'the database is sound' verified
stop
check 'nothing of the visitors is in the logs' nothing_kept
echo "1..$number"
