#!/bin/sh
# export.sh: what visitors take home comes in parts; whoever reads slowly, or has gone, keeps nobody
# waiting.  TAP.

# shellcheck source=tests/helpers/lib.sh
. "$(dirname "$0")/../helpers/lib.sh"
revision=2026-11-22
day=$(noon 2026-11-23)

cookie_of() { # JAR
    sed -n 's/.*\tteade\t/teade=/p' "$1"
}

# So many changes of mind in one browser, by one curl.
changes() { # JAR COUNT
    same=$(offer privacy-policy $revision en)
    jar=$1
    [ -s "$1" ] || post /en/choices/record "$same&choice.notices=given"
    for i in $(seq "$2"); do
        answer=given
        [ $((i % 2)) = 0 ] || answer=refused
        printf 'url = "%s/en/choices/record"\ndata = "%s&choice.notices=%s"\nheader = "Origin: %s"\nheader = "Cookie: %s"\noutput = /dev/null\nwrite-out = "%%{http_code}\\n"\nnext\n' \
            "$origin" "$same" $answer "$origin" "$(cookie_of "$1")"
    done | sed '$d' | curl --silent --noproxy '*' --config - >"$tmp/statuses"
}

# Over as many days as it takes.
history_of() { # JAR COUNT
    left=$2 at=$day
    while [ "$left" -gt 0 ]; do
        serve run "$tmp/site" --now "$at"
        changes "$1" $((left < 350 ? left : 350))
        is answers "$(sort "$tmp/statuses" | uniq -c | tr -s ' ')" " $((left < 350 ? left : 350)) 303" || return 1
        stop
        left=$((left - 350)) at=$((at + 86400))
    done
}

# Follows the parts to the last; $tmp/indices has the indices of all records.
# shellcheck disable=SC2016 # Perl's variables
in_parts() {
    jar=$tmp/jar.many path=/choices/export.json parts=0
    : >"$tmp/indices"
    while [ "$path" != null ] && [ $parts -lt 20 ]; do
        ask "$path"
        is status "$status" 200 && header Content-Type application/json && secured &&
            [ "$(wc -c <"$tmp/body")" -lt 900000 ] || return 1
        [ $parts = 0 ] && { header Content-Disposition 'attachment; filename="choices.json"' &&
            has "$tmp/body" '"documents": {' && has "$tmp/body" '"disclosures": []' || return 1; }
        perl -MJSON::PP -0ne 'my $part = decode_json($_);
            for (@{$part->{records}}) { die "text" unless $part->{texts}{$_->{text_sha256}}; print "$_->{index}\n" }' \
            "$tmp/body" >>"$tmp/indices" || return 1
        path=$(jq -r .next "$tmp/body") parts=$((parts + 1))
    done
    is records "$(wc -l <"$tmp/indices")" 701 &&
        is order "$(sort -rn -u "$tmp/indices" | cmp - "$tmp/indices" 2>&1)" '' &&
        { [ $parts -ge 2 ] || { echo "$parts parts" && false; }; }
}

# Of whatever is no place to go on from, the first part.
first_part() { # QUERY
    jar=$tmp/jar.many
    ask /choices/export.json && cp "$tmp/body" "$tmp/first" && ask "/choices/export.json$1"
    is status "$status" 200 && cmp "$tmp/first" "$tmp/body"
}

a_strangers() {
    jar=$tmp/jar.nobody
    ask '/choices/export.json?before=10'
    is status "$status" 200 && has "$tmp/body" '"records": []' && has "$tmp/body" '"next": null'
}

# Behind any index as well: whoever is erased, or has a cookie that waits, is nobody and is sent none.
nobodys() { # COOKIE
    [ "$1" ] || { echo "no cookie" && return 1; }
    jar=
    for query in '' '?before=10' '?before=999999'; do
        ask "/choices/export.json$query" --header "Cookie: $1"
        is status "$status" 200 && header Set-Cookie '' && has "$tmp/body" '"known": false' &&
            has "$tmp/body" '"records": []' && has "$tmp/body" '"next": null' || return 1
    done
}

# COUNT who ask for PATH, read nothing and stay; each sixth from an address of its own, or past nginx.
readers() { # COUNT nginx|socket
    perl "$here/helpers/readers.pl" "$1" "$2" "${origin#http://}" "$run/teade-consent.sock" \
        "$(cookie_of "$tmp/jar.many")" >"$tmp/open" &
    servers="$! $servers"
    eventually has "$tmp/open" open
}

# The page tells where the rest is, if there is more than it lists.
told_of_the_rest() { # JAR LANGUAGE TIMES
    jar=$tmp/jar.$1
    ask "/$2/choices/"
    is sentences "$(grep -c '<p class="hint">.*next' "$tmp/body")" "$3"
}

# Others are served at once.
others_go_on() {
    for i in 1 2 3 4 5; do
        jar=$tmp/jar.other
        ask /en/choices/ --max-time 2
        is "page $i" "$status" 200 || return 1
        post /en/choices/record "$(offer privacy-policy $revision en)&choice.notices=given" --max-time 2
        is "answer $i" "$status" 303 || return 1
        post /en/choices/withdraw purpose=notices --max-time 2
        is "withdrawal $i" "$status" 303 || return 1
    done
    ask /choices/health --max-time 2
    is health "$status" 200
}

# Sends a form past nginx, while no worker looks at it, and hangs up.
abandoned() { # ADDRESS FIELDS WANTED-RECORDS-MORE
    workers=$(children_of "$(supervisor)")
    before=$(rows)
    # shellcheck disable=SC2086 # a list
    kill -STOP $workers
    printf '%s' "$2" | perl "$here/helpers/abandon.pl" "$run/teade-consent.sock" "$1" "$origin" \
        "$(cookie_of "$tmp/jar.other")"
    # shellcheck disable=SC2086 # a list
    kill -CONT $workers
    sleep 0.5
    is records "$(rows)" $((before + $3))
}

answered_by_other() {
    jar=$tmp/jar.other
    post /en/choices/record "$(offer privacy-policy $revision en)&choice.notices=$1"
    is status "$status" 303
}

copy_programs
origin=http://127.0.0.1:$(free_port)
build "$tmp/site" 2026-11-23
check 'a long history' history_of "$tmp/jar.many" 700
serve run "$tmp/site" --now $((day + 20 * 86400))
check 'in parts' in_parts
for query in '' '?' '?before=' '?before=x' '?before=-1' '?before=0' '?before=9999999999999' '?before=1&before=2' \
    '?after=3'; do
    check "from the beginning: export.json$query" first_part "$query"
done
check 'nothing of it to a stranger' a_strangers
waiting=$(perl "$here/helpers/cookies.pl" 1 $((day / 86400)) <"$run/keys/visitor.key")
check 'nor to one who waits for a first record' nobodys "$waiting"
check 'somebody answers' answered_by_other given
for language in en et ja; do
    check "$language: the page tells of more than a file" told_of_the_rest many $language 1
    check "$language: and not of one record" told_of_the_rest other $language 0
done
check 'whoever hung up is not answered for' abandoned /en/choices/record \
    "$(offer privacy-policy $revision en)&choice.notices=refused" 0
check 'but what they take back is taken back' abandoned /en/choices/withdraw purpose=notices 1
check 'and erased' abandoned /en/choices/erase confirm=1 -2
check 'who is nobody then' nobodys "$(cookie_of "$tmp/jar.other")"
readers 60 socket
check 'sixty who read nothing, past nginx' others_go_on
stop
serve run "$tmp/site" --now $((day + 20 * 86400))
readers 120 nginx
check 'a hundred and twenty, of thirty addresses' others_go_on
echo "1..$number"
