#!/bin/sh
# log.sh: the log's public face, followed by a program that shares no code with ours; its head kept
# elsewhere; a database that was rolled back.  TAP.

# shellcheck source=tests/helpers/lib.sh
. "$(dirname "$0")/../helpers/lib.sh"

revision=2026-03-01
port=$(free_port)
origin=http://127.0.0.1:$port

answers() { # COUNT: of new visitors
    for _ in $(seq "$1"); do
        post /en/choices/record "$(offer privacy-policy $revision en)&choice.newsletter=given"
        is status "$status" 303 || give_up "an answer was not taken: $status"
    done
}

head_of() { # SIZE: the public head is of so many entries
    ask /choices/log/checkpoint
    is status "$status" 200 && header Content-Type 'text/plain; charset=utf-8' &&
        is origin "$(sed -n 1p "$tmp/body")" "127.0.0.1:$port/choices/log" &&
        is size "$(sed -n 2p "$tmp/body")" "$1"
}

none_yet() {
    ask /choices/log/checkpoint
    is status "$status" 404
    records checkpoint 2>"$tmp/said"
    is status $? 1 && has "$tmp/said" 'no checkpoint was published yet'
}

follow() {
    key=$(records checkpoint --keys | tail -n 1) || return 1
    "$here/helpers/follow_log.pl" "$origin/choices/log" "$key" >"$tmp/followed" 2>&1 ||
        { cat "$tmp/followed" && return 1; }
}

grows() {
    answers 1 && eventually head_of 1 && follow && answers 2 && eventually head_of 3 && follow &&
        has "$tmp/followed" 3
}

# PATH STATUS: what is there lasts, what is not is a page in the visitor's language.
tile() {
    ask "/choices/log/tile/$1"
    is "status of $1" "$status" "$2" || return 1
    case $status in
    200) header Cache-Control 'public, max-age=31536000, immutable' ;;
    *) header Cache-Control no-store && has "$tmp/body" '<html lang=' ;;
    esac
}

tiles() {
    tile 0/000.p/1 200 && is bytes "$(wc -c <"$tmp/body")" 32 &&
        tile 0/000.p/3 200 && is bytes "$(wc -c <"$tmp/body")" 96 &&
        tile entries/000.p/3 200 && is bytes "$(wc -c <"$tmp/body")" 102 || return 1
    for path in 0/000.p/4 0/000 0/001.p/1 1/000.p/1 entries/000 entries/000.p/4 0/0 0/000.p/0 \
        0/000.p/256 0/000.p/03 00/000.p/1 64/000 0/x000/000 entries/ x; do
        tile "$path" 404 || return 1
    done
}

read_only() {
    post /choices/log/checkpoint a=b
    is status "$status" 405
}

# Between two intervals the public sees what it saw.
interval_is_kept() {
    answers 2 && sleep 0.5 && head_of 3 && tile 0/000.p/4 404 &&
        is "heads" "$(records checkpoint | sed -n 2p)" 3 && records verify >"$tmp/verify"
}

# Until the keeper has begun it holds the database, and does not listen yet.
erasing_goes_on() {
    eventually available || return 1
    records erase "$(newest_id)" --yes 2>"$tmp/said" || { cat "$tmp/said" && return 1; }
    eventually head_of 7 && follow &&
        records verify >"$tmp/verify" && has "$tmp/verify" '7 entries, 4 records, 2 removed'
}

kept_elsewhere() {
    records checkpoint >"$tmp/head" && answers 1 &&
        records verify --checkpoint "$tmp/head" >"$tmp/verify" || return 1
    (sed 's/$/\r/' "$tmp/head" && printf '\r\n') >"$tmp/mailed"
    records verify --checkpoint "$tmp/mailed" || return 1
    names_none --checkpoint && names_none --anchor
}

# Whoever altered it, it accuses no database: neither a larger size, nor a smaller one, nor another root.
altered_elsewhere() {
    for change in '2s,.*,5,' '2s,.*,700,' '2s,.*,0,' '3s,^..,AA,' '1s,^,x,' '3s,$,\nmore,' '$s,...$,AAA,'; do
        sed "$change" "$tmp/head" >"$tmp/forged"
        ! records verify --checkpoint "$tmp/forged" >"$tmp/verify" || return 1
        has "$tmp/verify" "$tmp/forged: is not signed by a key in the database" &&
            has_not "$tmp/verify" 'rolled back' && has_not "$tmp/verify" 'does not match' || return 1
    done
    for change in '$d' '1,2d' '4,$d' '/^$/d' '1s,.*,words,;2,$d'; do
        sed "$change" "$tmp/head" >"$tmp/forged"
        ! records verify --checkpoint "$tmp/forged" >"$tmp/verify" || return 1
        has "$tmp/verify" "$tmp/forged: is not " && has_not "$tmp/verify" 'rolled back' || return 1
    done
}

names_none() { # OPTION
    records verify "$1" "$tmp/none" 2>"$tmp/err"
    is status $? 66 && has "$tmp/err" "$tmp/none: cannot be read"
}

# The old key's heads stay what they were, and its public half is remembered.
new_key() {
    size=$(records verify | sed -n '$s/ entries,.*//p')
    answers 1 && eventually head_of $((size + 1)) && follow &&
        is keys "$(records checkpoint --keys | wc -l)" 2 &&
        is signer "$(sed -n '$s/.* \(.*\) .*/\1/p' "$tmp/body")" "127.0.0.1:$port/choices/log" &&
        records verify --checkpoint "$tmp/head" >"$tmp/verify"
}

no_key() { # as the account that the keys belong to
    owner=$(stat -c %u "$run/keys/visitor.key")
    [ "$owner" = "$(id -u)" ] || as="setpriv --reuid=$owner --regid=$owner --clear-groups"
    # shellcheck disable=SC2086 # a list of words
    ${as-} "$programs/teade-consent" --site "$site" --database "$database" --keys "$run/keys" \
        --listen "$run/none.sock" 2>"$tmp/said"
    is status $? 78 && has "$tmp/said" 'log.key: No such file or directory; `teade-records init` creates it'
}

unavailable() { # WHY
    ask /choices/health
    is status "$status" 503 && has "$tmp/body" "$1"
}

exposed() {
    eventually unavailable 'log.key: other accounts can read it' && chmod 600 "$run/keys/log.key" &&
        eventually available
}

available() {
    ask /choices/health
    is status "$status" 200
}

# The whole file of an earlier day in the place of today's.
rolled_back() { # FILE WHY
    cp "$1" "$database"
    rm -f "$database"-wal "$database"-shm
    serve run "$tmp/site" --now "$(noon 2026-04-02)" --interval 0
    eventually unavailable "$2" || return 1
    post /en/choices/record "$(offer privacy-policy $revision en)&choice.newsletter=given"
    is status "$status" 503 && ! records verify >"$tmp/verify" && has "$tmp/verify" "$2"
    result=$?
    stop
    return $result
}

no_anchor() {
    records verify >"$tmp/verify" 2>"$tmp/said" && has "$tmp/said" 'consent.db.anchor: does not exist; ' &&
        has "$tmp/said" 'a log that was cut short or replaced is not detected'
}

accepted() {
    eventually head_of "$(records verify | sed -n '$s/ entries,.*//p')" &&
        has "$log" 'consent.db.anchor does not exist; the database ('
}

build "$tmp/site" 2026-04-01 --content "$here/site/content" --locale "$here/site/locale"
copy_programs
serve run "$tmp/site" --now "$(noon 2026-04-01)" --interval 0
check 'an empty log has no head' none_yet
check 'it grows, and a stranger who follows it agrees' grows
check 'tiles and entries, as far as the head goes' tiles
check 'there is nothing to post' read_only
stop
cp "$database" "$tmp/old.db"
serve run "$tmp/site" --now "$(noon 2026-04-01)"
check 'no new head before the interval is over' interval_is_kept
stop
serve run "$tmp/site" --now "$(noon 2026-04-02)" --interval 0
check 'erasing: the log goes on, and nothing of it changes' erasing_goes_on
check 'a head that was kept elsewhere' kept_elsewhere
check 'one that was altered there' altered_elsewhere
stop
mv "$run/keys/log.key" "$tmp/old.key"
check 'without its key the endpoint does not start' no_key
"$programs/teade-records" init --keys "$run/keys" 2>/dev/null
chown --reference="$run/keys/visitor.key" "$run/keys/log.key"
serve run "$tmp/site" --now "$(noon 2026-04-02)" --interval 0
check 'another key signs from now on' new_key
stop
cp "$database" "$tmp/newer.db"
chmod 644 "$run/keys/log.key"
serve run "$tmp/site" --now "$(noon 2026-04-02)" --interval 0
check 'a key that others can read signs nothing' exposed
check 'it goes on' new_key
stop
check 'a database that was rolled back is not written to' \
    rolled_back "$tmp/newer.db" 'was rolled back, or its end is lost'
check 'nor is one that lost the key as well' \
    rolled_back "$tmp/old.db" 'is not signed by a key in the database: it belongs to another log, or the database is older'
rm "$database.anchor"
check 'that there is no anchor is said' no_anchor
serve run "$tmp/site" --now "$(noon 2026-04-02)" --interval 0
check 'without its anchor it is taken: somebody has decided so' accepted
stop
echo "1..$number"
