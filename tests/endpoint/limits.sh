#!/bin/sh
# limits.sh: nobody answers hundreds of times in a day; a no, withdrawing and erasing is never too much.
# TAP.

# shellcheck source=tests/helpers/lib.sh
. "$(dirname "$0")/../helpers/lib.sh"
revision=2026-11-22
most=400
day=$(noon 2026-11-23)

cookie_of() { # JAR
    sed -n 's/.*\tteade\t/teade=/p' "$1"
}

answers() { # LANGUAGE given|refused
    post "/$1/choices/record" "$(offer privacy-policy $revision "$1")&choice.notices=$2"
}

# The first answer makes the cookie; then they alternate, by one curl.
uses_up() {
    jar=$tmp/jar.busy
    answers en given
    is status "$status" 303 || return 1
    fields=$(offer privacy-policy $revision en)
    for i in $(seq 2 $most); do
        answer=given
        [ $((i % 2)) = 1 ] || answer=refused
        printf 'url = "%s/en/choices/record"\ndata = "%s&choice.notices=%s"\nheader = "Origin: %s"\nheader = "Cookie: %s"\noutput = /dev/null\nwrite-out = "%%{http_code}\\n"\nnext\n' \
            "$origin" "$fields" $answer "$origin" "$(cookie_of "$jar")"
    done | sed '$d' | curl --silent --noproxy '*' --config - >"$tmp/statuses"
    is statuses "$(sort "$tmp/statuses" | uniq -c | tr -s ' ')" " $((most - 1)) 303" && is records "$(rows)" $most
}

# Of the newest record, which says no.
too_many() { # LANGUAGE ADDRESS MORE-FIELDS
    jar=$tmp/jar.busy before=$(rows)
    post "/$1/choices/$2" "$(offer privacy-policy $revision "$1")$3"
    refused 429 "$1" "$before" && has "$tmp/body" "$(words "$1" '#too_many')" && header Cache-Control no-store
}

took() { # JAR ADDRESS FIELDS RECORDS-MORE
    jar=$tmp/jar.$1 before=$(rows)
    post "/en/choices/$2" "$3"
    is status "$status" 303 && is records "$(rows)" $((before + $4))
}

unchanged() {
    jar=$tmp/jar.busy before=$(rows)
    answers en refused
    is status "$status" 303 && is records "$(rows)" "$before"
}

# By what is recorded then, and what stands.
hears() { # JAR ADDRESS FIELDS RECORDS-MORE STANDING
    took "$1" "$2" "$(offer privacy-policy $revision en)&$3" "$4" && is standing "$(standing privacy-policy)" "$5"
}

saved() { # JAR
    jar=$tmp/jar.$1 before=$(rows)
    answers en given
    is status "$status" 303 && is records "$(rows)" $((before + 1))
}

copy_programs
origin=http://127.0.0.1:$(free_port)
build "$tmp/site" 2026-11-23
serve run "$tmp/site" --now "$day"
check "$most answers in a day" uses_up
for language in en et ja; do
    check "$language: no more of them" too_many $language record '&choice.notices=given'
    check "$language: nor both buttons" too_many $language record '&all=given'
    check "$language: nor a notice that was seen" too_many $language acknowledge ''
done
check 'what is said already is no more' unchanged
check 'another browser answers' saved other
stop
serve run "$tmp/site" --now $((day + 86399))
check 'a day is 24 hours' too_many en record '&choice.notices=given'
stop
serve run "$tmp/site" --now $((day + 86400))
check 'the next day goes on' saved busy
stop
serve run "$tmp/site" --now "$day"
check 'it was one more' too_many en acknowledge ''
check 'and can be withdrawn' took busy withdraw purpose=notices 1
check 'but not said again' too_many en record '&choice.notices=given'
check 'a no is heard' hears busy record choice.notices=refused 1 notices=refused
check 'an objection is heard' hears busy record choice.statistics=objected 1 'notices=refused statistics=objected'
check 'no yes beside it is' too_many en record '&choice.notices=given&choice.statistics=objected'
check 'it is taken back' took busy withdraw purpose=statistics 1
check 'all at once is heard' hears busy record 'choice.statistics=objected&all=refused' 0 \
    'notices=refused statistics=withdrawn'
check 'all of it can be erased' took busy erase confirm=1 -$((most + 5))
check 'then it is another visitor' saved busy
check 'nothing of the visitors is in the logs' nothing_kept
echo "1..$number"
