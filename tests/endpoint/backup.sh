#!/bin/sh
# backup.sh: backups made while nginx and the endpoint serve, restored, refused; what was said after
# one still stands when it is restored; then 400 of 20,000 visitors are erased, and an older backup
# brings none of them back.  TAP.
# shellcheck disable=SC2030,SC2031 # whoever posts meanwhile has a $tmp of its own

# shellcheck source=tests/helpers/lib.sh
. "$(dirname "$0")/../helpers/lib.sh"
crowd=$(dirname "$teade")/tests/helpers/crowd
[ -x "$crowd" ] || give_up 'there is no tests/helpers/crowd; make unit-tests'

exits() { # STATUS COMMAND [OPTION...]: of the database $database
    wanted=$1
    shift
    records "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
    is "$*" $? "$wanted" || { cat "$tmp/err" && false; }
}

# With a terminal to answer on.
asked() { # STATUS ANSWER COMMAND [OPTION...]
    wanted=$1 answer=$2 command=$3
    shift 3
    echo "$answer" | script --quiet --return --command \
        "'$programs/teade-records' $command --database '$database' $*" /dev/null >"$tmp/out" 2>&1
    is "$command" $? "$wanted" || { cat "$tmp/out" && false; }
}

verified() { # DATABASE
    "$programs/teade-records" verify --database "$1" >"$tmp/verified" || { cat "$tmp/verified" && false; }
}

only() { # FOLDER NAME...: and nothing else
    folder=$1
    shift
    is "files in $folder" "$(cd "$folder" && echo *)" "$*"
}

dump() { # DATABASE
    "$crowd" dump "$1"
}

same() { # DATABASE FILE
    dump "$1" >"$tmp/dump" && cmp "$tmp/dump" "$2"
}

# In use.

# Answers that come one after the other until $tmp/enough is there; how each was taken goes to
# $tmp/posted.
post_on() {
    (
        tmp=$tmp/posting && mkdir "$tmp" && : >"$tmp/posted"
        until [ -e "$tmp/../enough" ]; do
            post /en/choices/record "$1"
            echo "$status" >>"$tmp/posted"
        done
    ) &
    poster=$!
    until [ -s "$tmp/posting/posted" ]; do sleep 0.02; done
}

end_posts() {
    : >"$tmp/enough"
    wait "$poster"
}

backs_up() { # NAME
    before=$(wc -l <"$tmp/posting/posted")
    exits 0 backup --to "$backups/$1" --json && is stderr "$(cat "$tmp/err")" '' &&
        is mode "$(stat -c %a "$backups/$1")" 600 &&
        has "$tmp/out" "\"sha256\":\"$(sha256sum <"$backups/$1" | cut -c -64)\"" &&
        has "$tmp/out" "\"bytes\":$(stat -c %s "$backups/$1")," &&
        verified "$backups/$1" && open=$(sed 's/.*"records":\([0-9]*\).*/\1/' "$tmp/out") &&
        if [ "$open" -lt "$before" ]; then echo "$open records of $before" && false; fi
}

all_were_taken() {
    is answers "$(sort -u "$tmp/posting/posted")" 303 &&
        is records "$(rows)" "$(wc -l <"$tmp/posting/posted")"
}

refuses_what_is_there() {
    cp "$backups/1" "$tmp/copy" && exits 73 backup --to "$backups/1" && has "$tmp/err" 'already exists' &&
        cmp "$backups/1" "$tmp/copy"
}

# A record's bytes are changed on the disk.
alter() { # DATABASE
    perl -e 'local $/; open my $file, "+<", shift or die; my $bytes = <$file>;
        $bytes =~ s/[a-z]\K=g/=r/ or die;
        seek $file, 0, 0; print $file $bytes' "$1"
}

says_what_is_damaged() {
    mkdir "$tmp/damaged" && cp "$backups/1" "$tmp/damaged/db" && alter "$tmp/damaged/db" &&
        database=$tmp/damaged/db && exits 1 backup --to "$tmp/damaged/backup" &&
        has "$tmp/err" 'it does not match its entry' && is stdout "$(cat "$tmp/out")" '' &&
        only "$tmp/damaged" db
}

# An unwritable place and a full disk leave nothing.
fails_to_write() {
    exits 1 backup --to "$tmp/none/backup" && has "$tmp/err" 'No such file' &&
        mkdir "$tmp/small" && (trap '' XFSZ && ulimit -f 8 && exits 1 backup --to "$tmp/small/backup") &&
        only "$tmp/small" '*'
}

one_at_a_time() {
    flock "$backups/4.lock" "$programs/teade-records" backup --database "$database" --to "$backups/4" 2>"$tmp/err"
    is status $? 1 && has "$tmp/err" 'another backup is writing it' && rm "$backups/4.lock"
}

in_use() { # COMMAND [OPTION...]
    exits 75 "$@" && has "$tmp/err" 'the database is in use by another teade-consent'
}

# At rest.

names_no_copy() { # FILE: but where that is one
    [ "$1" = "$database.restoring" ] || has_not "$tmp/err" .restoring
}

# Each of these is refused, and leaves the database and its folder as they were.
refused() { # STATUS WORDS FILE [OPTION...]
    wanted=$1 words=$2 file=$3
    shift 3
    names=$(cd "$run" && echo *)
    exits "$wanted" restore --from "$file" "$@" && has "$tmp/err" "$words" && names_no_copy "$file" &&
        is files "$(cd "$run" && echo *)" "$names" && same "$database" "$tmp/rest" && verified "$database"
}

patched() { # NAME OFFSET [NUMBER]: a backup with another number there
    cp "$backups/1" "$tmp/$1" && perl -e 'open my $file, "+<", $ARGV[0] or die;
        seek $file, $ARGV[1], 0; print $file pack "N", $ARGV[2]' "$tmp/$1" "$2" "${3:-77}"
}

# What came after the backup is lost, and that is said.
asks() {
    later=$(($(rows) - $("$programs/teade-records" list --json --database "$backups/2" | wc -l)))
    dump "$backups/2" >"$tmp/second" && asked 1 n restore --from "$backups/2" &&
        has "$tmp/out" 'restore it? [y/N]' && same "$database" "$tmp/rest" &&
        has "$tmp/out" "The log has at least $later entr" && has "$tmp/out" 'These will be lost.' &&
        asked 0 y restore --from "$backups/2" && same "$database" "$tmp/second" &&
        same "$database.before-restore" "$tmp/rest" && verified "$database"
}

# Where nothing can be read any more, the backup is what there is.
restores() {
    printf 'not a database any more' >"$database" && cp "$database" "$tmp/second" &&
        exits 0 restore --from "$backups/1" --yes &&
        has "$tmp/err" 'How much was recorded after the backup is unknown' &&
        has "$tmp/out" "$database.before-restore-2: the previous database" &&
        dump "$backups/1" >"$tmp/first" && same "$database" "$tmp/first" &&
        cmp "$database.before-restore-2" "$tmp/second" && same "$database.before-restore" "$tmp/rest" &&
        verified "$database" && is mode "$(stat -c %a "$database")" 600 &&
        is owner "$(stat -c %u:%g "$database")" "$(stat -c %u:%g "$database.before-restore")"
}

# A file size limit stands for a full disk.
without_room() {
    names=$(cd "$run" && echo *)
    (trap '' XFSZ && ulimit -f 8 && ! records restore --from "$backups/1" --yes >"$tmp/out" 2>"$tmp/err") &&
        has "$tmp/err" 'cannot be written' && is files "$(cd "$run" && echo *)" "$names" &&
        same "$database" "$tmp/rest" && verified "$database"
}

serves_again() {
    before=$(rows)
    serve run "$tmp/site" --now "$(noon 2026-11-24)"
    post /en/choices/record "$fields"
    is status "$status" 303 && is records "$(rows)" $((before + 1)) && verified "$database"
    result=$?
    stop
    return $result
}

# Said after the backup.

# Two visitors agree and there is a backup; then the first withdraws all, and the second refuses.
said_since() {
    serve since "$tmp/site" --now "$(noon 2026-11-23)"
    text=$(offer privacy-policy 2026-11-22 en)
    for jar in "$tmp/first.jar" "$tmp/second.jar"; do
        post /en/choices/record "$text&all=given" && is status "$status" 303 || return 1
    done
    exits 0 backup --to "$backups/agreed" && jar=$tmp/first.jar && post /en/choices/withdraw '' &&
        is status "$status" 303 && jar=$tmp/second.jar && post /en/choices/record "$text&all=refused" &&
        is status "$status" 303
    result=$?
    stop
    return $result
}

# What the visitors' pages say then.
stands() { # FIRST SECOND
    serve since "$tmp/site"
    jar=$tmp/first.jar && is first "$(standing privacy-policy | tr ' ' '\n' | sed 's/.*=//' | sort -u)" "$1" &&
        jar=$tmp/second.jar && is second "$(standing privacy-policy | tr ' ' '\n' | sed 's/.*=//' | sort -u)" "$2"
    result=$?
    stop
    return $result
}

stays_withdrawn() {
    exits 0 restore --from "$backups/agreed" --yes && has "$tmp/err" "Applied again, from $database.erased: " &&
        has_not "$tmp/err" UNKNOWN && verified "$database" && stands withdrawn withdrawn
}

is_destroyed() {
    rm -f "$database-wal" && printf 'not a database any more' >"$database" && stays_withdrawn
}

# The notes are a regular file, and one that is cut off is reported.
other_notes() {
    mv "$database.erased" "$tmp/kept" && mkfifo "$database.erased" &&
        exits 66 restore --from "$backups/agreed" --yes && has "$tmp/err" 'is not a regular file' &&
        rm "$database.erased" && head -c -5 "$tmp/kept" >"$database.erased" &&
        asked 0 y restore --from "$backups/agreed" && has "$tmp/out" 'is incomplete and cannot be applied' &&
        mv "$tmp/kept" "$database.erased"
}

# Where the notes are lost as well, it is said that a yes may be valid again.
nobody_knows() {
    rm "$database.erased" && asked 64 y restore --from "$backups/agreed" && has "$tmp/out" 'UNKNOWN' &&
        has "$tmp/out" 'consent withdrawn since then will be valid again' &&
        exits 0 restore --from "$backups/agreed" --yes && has_not "$tmp/err" 'Said again' && stands given given
}

copy_programs
backups=$tmp/backups && mkdir "$backups"
origin=http://127.0.0.1:$(free_port)
build "$tmp/site" 2026-11-23
serve run "$tmp/site" --now "$(noon 2026-11-23)"
fields="$(offer privacy-policy 2026-11-22 en)&all=given"
post_on "$fields"
for n in 1 2 3; do
    check "backup $n while answers come in" backs_up "$n"
done
check 'a file that is there stays' refuses_what_is_there
check 'one run at a time writes a file' one_at_a_time
check 'no restore while the endpoint runs' in_use restore --from "$backups/1" --yes
end_posts
check 'every answer was taken meanwhile' all_were_taken
check 'nothing else is left' only "$backups" 1 2 3
check 'damage has no backup' says_what_is_damaged
check 'nor does a full disk have half of one' fails_to_write
stop

dump "$database" >"$tmp/rest"
echo words >"$tmp/words"
: >"$tmp/empty"
head -c 5000 "$backups/1" >"$tmp/half"
patched foreign 68
patched newer 60
patched older 60 4
cp "$backups/1" "$tmp/altered" && alter "$tmp/altered"
cp "$backups/1" "$tmp/live" && echo wal >"$tmp/live-wal"
while IFS='|' read -r name status words file options; do
    # shellcheck disable=SC2086 # options
    check "restore refuses $name" refused "$status" "$words" "$file" $options
done <<END
what nobody agreed to|64|use --yes|$backups/1|
a file that is not there|66|does not exist, or is not a file|$tmp/none.db|--yes
the database itself|64|is the database itself|$database|--yes
words|66|teade-records: $tmp/words: file is not a database|$tmp/words|--yes
an empty file|66|teade-records: $tmp/empty: |$tmp/empty|--yes
half a backup|66|teade-records: $tmp/half: |$tmp/half|--yes
a directory|66|$tmp/small: |$tmp/small|--yes
a database of another program|66|belongs to another program|$tmp/foreign|--yes
a newer one|66|teade-records: $tmp/newer: has schema 77; this program can read only schema 5|$tmp/newer|--yes
an older one|66|teade-records: $tmp/older: has schema 4; this program can read only schema 5|$tmp/older|--yes
a backup that was altered|1|is damaged and is not restored|$tmp/altered|--yes
a database in use|66|is a database in use|$tmp/live|--yes
END
cp "$backups/1" "$database.restoring"
check 'restore refuses what a run left, and keeps it' \
    refused 64 'left over from an interrupted restore' "$database.restoring" --yes
rm "$database.restoring"
check 'restore without room leaves all as it was' without_room
check 'on a terminal it asks, and does what is answered' asks
check 'what was there is kept each time' restores
check 'the endpoint serves what was restored' serves_again
database=$tmp/since/consent.db
check 'two agree, and say otherwise after the backup' said_since
check 'when that is restored, no yes that was withdrawn is valid' stays_withdrawn
check 'nor where the database is destroyed' is_destroyed
check 'what is not the file of deletions, or not all of it, is reported' other_notes
check 'where nobody knows, that is said' nobody_knows

# Erased.

nowhere() { # FILE...: no byte of the erased
    "$crowd" seek "$run/keys.gone" "$@" >"$tmp/sought" &&
        if grep -v '^0 of ' "$tmp/sought"; then false; fi && [ -s "$tmp/sought" ]
}

everywhere() { # FILE: the same search would find them
    sought=$("$crowd" seek "$run/keys.gone" "$1")
    is "${sought%% *}" "${sought%% *}" "$(echo "$sought" | cut -d ' ' -f 3)" && [ "${sought%% *}" -gt 3000 ]
}

files() { # of the database as they are now
    ls "$database" "$database-wal" "$database-shm" "$database.erased" 2>/dev/null
}

# shellcheck disable=SC2046 # names
stays_erased() { # WORDS
    exits 0 restore --from "$run/old" --yes && has "$tmp/err" "$1" &&
        has "$tmp/err" '799 records of the backup were deleted' &&
        only "$run" consent.db consent.db.before-restore consent.db.erased consent.db.lock keys keys.gone new old &&
        verified "$database" && same "$database" "$tmp/others" && nowhere $(files)
}

destroyed() {
    rm -f "$database" "$database-wal" "$database.before-restore"
    printf 'not a database any more' >"$database"
    stays_erased 'not a database' && has "$tmp/err" 'How much was recorded after the backup is unknown'
}

unknown() {
    rm -f "$database" "$database.before-restore" "$database.before-restore-2" "$database.erased"
    asked 64 y restore --from "$run/old" && has "$tmp/out" 'UNKNOWN' && [ ! -e "$database" ] &&
        exits 0 restore --from "$run/old" --yes && has "$tmp/err" 'UNKNOWN' && same "$database" "$tmp/all"
}

run=$tmp/crowd database=$tmp/crowd/consent.db
mkdir "$run"
"$crowd" make "$database" "$run/keys" 20000 || give_up crowd
check 'a backup of 20,000 visitors' exits 0 backup --to "$run/old"
dump "$run/old" >"$tmp/all"
"$crowd" erase "$database" "$run/keys" 50 || give_up crowd
"$crowd" without "$run/keys.gone" <"$tmp/all" >"$tmp/others"
check '400 are erased' is lines "$(grep -c '^ x[0-9a-f]* [0-9]*$' "$tmp/others")" 19600
check 'a backup after that' exits 0 backup --to "$run/new"
# shellcheck disable=SC2046 # names
check 'no byte of them is left, nor in that backup' nowhere $(files) "$run/new"
check 'in the older one they are found' everywhere "$run/old"
check 'the others are as they were' same "$database" "$tmp/others"
check 'in the backup as well' same "$run/new" "$tmp/others"
mv "$database.erased" "$tmp/erased"
check 'the older backup is restored: they stay erased, by what the database knows' stays_erased \
    'at least 933 entries after the backup'
mv "$tmp/erased" "$database.erased"
check 'and where that is destroyed, by what was noted outside' destroyed
check 'where nobody knows, that is said and wants --yes' unknown
echo "1..$number"
