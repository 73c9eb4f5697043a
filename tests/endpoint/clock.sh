#!/bin/sh
# clock.sh: the machine's clock is ahead for one answer, or was set back.  TAP.

# shellcheck source=tests/helpers/lib.sh
. "$(dirname "$0")/../helpers/lib.sh"
revision=2026-11-22
day=$(noon 2026-11-23)
ahead=$(noon 2029-11-23)
later=$((day + 86400))

says() { # JAR given|refused
    jar=$tmp/jar.$1
    post /en/choices/record "$(offer privacy-policy $revision en)&choice.notices=$2"
    is status "$status" 303
}

# Times of all records, in the log's order.
stamps() {
    "$programs/teade-records" list --json --database "$database" |
        sed 's/.*"event_time":"\([^"]*\)".*/\1/' | tr '\n' ' '
}

health() { # HTTP-STATUS STATUS [REASON]
    ask /choices/health
    is status "$status" "$1" && has "$tmp/body" "\"status\": \"$2\"" && has "$tmp/body" "\"reason\": \"${3-\"}"
}

logged() { # TIMES
    is 'in the log' "$(grep -c 'one of them is wrong; new records get the time of the clock' "$log")" "$1"
}

verified() { # NOW FAULTS
    "$programs/teade-records" verify --database "$database" --now "$1" >"$tmp/verify"
    is 'exit status' $? "$2" && is faults "$(grep -c 'ahead of the clock' "$tmp/verify")" "$2" &&
        { [ "$2" = 1 ] || has "$tmp/verify" 'everything matches'; } &&
        "$programs/teade-records" verify --json --database "$database" --now "$1" >"$tmp/verify"
    is 'exit status' $? "$2" && is faults "$(jq '.faults | length' "$tmp/verify")" "$2"
}

state_of() { # JAR WANTED
    jar=$tmp/jar.$1
    ask /choices/status.json
    is "$1" "$(jq -r '.documents["privacy-policy"].choices.notices | "\(.answer) \(.since) \(.valid)"' "$tmp/body")" "$2"
}

# The page says what is so of its time: too late is another thing than not yet.
page_says() { # JAR expired|ahead|nothing
    jar=$tmp/jar.$1
    for language in en et ja; do
        ask "/$language/choices/"
        is status "$status" 200 || return 1
        for word in expired ahead; do
            is "$language: $word" "$(grep -c "<strong>$(words $language "#$word" | head -n 1)</strong>" "$tmp/body")" \
                "$([ "$word" = "$2" ] && echo 1 || echo 0)" || return 1
        done
    done
}

post_withdrawal() { # JAR
    jar=$tmp/jar.$1
    post /en/choices/withdraw purpose=notices
    is status "$status" 303
}

restored() {
    "$programs/teade-records" restore --database "$database" --from "$tmp/backup" --yes >"$tmp/out" 2>&1 &&
        has "$tmp/out" 'The log has at least 1 entry after the backup.' &&
        is newest "$(stamps | sed 's/.* \(.*\) $/\1/')" 2026-11-24T11:00:00Z &&
        verified "$later" 1
}

served() { # INSTANT
    [ -z "$servers" ] || stop
    serve run "$tmp/site" --now "$1"
}

copy_programs
origin=http://127.0.0.1:$(free_port)
build "$tmp/site" 2026-11-23
served "$day"
check 'a yes' says one given
check 'all is well' health 200 ok
served "$ahead"
check 'three years ahead: a yes' says two given
check 'then nobody can know' health 200 ok
check 'nothing is wrong by that clock' verified "$ahead" 0
served "$later"
check 'the clock is right again: an alarm' health 503 alarm \
    'the newest entry, 1, has the time 2029-11-23T12:00:00Z, and the clock shows 2026-11-24T12:00:00Z: one of them is wrong'
check 'in the log' logged 1
check 'and by verify' verified "$later" 1
check 'the yes of a day to come does not hold' state_of two 'given 2029-11-23T12:00:00Z false'
check 'and is not said to have expired' page_says two ahead
check 'of the others nothing is said' page_says one nothing
check 'a new yes' says three given
check 'has the right time' state_of three 'given 2026-11-24T12:00:00Z true'
check 'and the withdrawal of the first' post_withdrawal one
check 'it has as well' state_of one 'withdrawn 2026-11-24T12:00:00Z true'
check 'in the order of the log' is times "$(stamps)" \
    '2026-11-23T12:00:00Z 2029-11-23T12:00:00Z 2026-11-24T12:00:00Z 2026-11-24T12:00:00Z '
check 'the newest is of now: it can be dated, and the alarm stays to be seen' health 200 alarm \
    'the newest entry, 1, has the time 2029-11-23T12:00:00Z'
check 'it was said once' logged 1
check 'verify still names it' verified "$later" 1
check 'its visitor says it again' says two given
stop
serve run "$tmp/site" --now "$later"
check 'no alarm after a restart' health 200 ok
check 'and it holds' state_of two 'given 2026-11-24T12:00:00Z true'
check 'of its time nothing is said any more' page_says two nothing
served $((later - 3600))
check 'set back by an hour: an alarm' health 503 alarm 'the newest entry, 4, has the time 2026-11-24T12:00:00Z'
check 'and answers go on' says four refused
check 'by the clock' state_of four 'refused 2026-11-24T11:00:00Z true'
check 'not a yes from before' state_of two 'given 2026-11-24T12:00:00Z false'
check 'which has not expired' page_says two ahead
served $((later - 3600 - 200))
check 'by some minutes: none' health 200 ok
check 'and what was answered holds' state_of four 'refused 2026-11-24T11:00:00Z true'
check 'without a word of its time' page_says four nothing
check 'a report of weeks that are over' eval \
    '"$programs/teade-records" report --database "$database" --now "$later" >/dev/null'
"$programs/teade-records" backup --database "$database" --to "$tmp/backup" >/dev/null
served $((day + 60))
check 'after a backup, and before all in it: a yes' says five given
stop
check 'a restore says that it is lost; the rest is as it was' restored
echo "1..$number"
