#!/bin/sh
# ledger.sh: a log as we write it can be followed from its first entry by a program that shares
# nothing with ours, and whatever is altered in it is found.

. "$(dirname "$0")/../helpers/tap.sh"
write_log=$(dirname "$teade")/tests/helpers/write_log
largest=70000

write() { # FOLDER SIZE: the key is in $tmp/key
    "$write_log" "$1" "$2" >"$tmp/key"
}

follow() { # LOG
    "$here/helpers/follow_log.pl" "$1" "$(cat "$tmp/key")" >"$tmp/out" 2>"$tmp/err"
}

signature() {
    if command -v openssl >/dev/null; then
        echo checked
    else
        echo 'not checked: there is no openssl'
    fi
}

followed() { # LOG SIZE
    follow "$1" || { cat "$tmp/err" && return 1; }
    is size "$(sed -n 's/^size //p' "$tmp/out")" "$2" &&
        is origin "$(sed -n 's/^origin //p' "$tmp/out")" example.com/log &&
        is signature "$(sed -n 's/^signature //p' "$tmp/out")" "$(signature)" &&
        is errors "$(cat "$tmp/err")" ''
}

writes() { # SIZE
    write "$tmp/log.$1" "$1" && followed "$tmp/log.$1" "$1"
}

fetches() {
    followed "file://$tmp/log.$largest/" "$largest"
}

has_files() { # the specification's tiles of this size: 273 and 1, 1 and 1, 1; with bundles
    is tiles "$(cd "$tmp/log.$largest" && find tile -type f | sort | sed 's,/[0-9]*\(\.p/.*\)*$,\1,' |
        uniq -c | tr -s ' ' | tr '\n' ';')" \
        ' 273 tile/0; 1 tile/0.p/112; 1 tile/1; 1 tile/1.p/17; 1 tile/2.p/1; 273 tile/entries; 1 tile/entries.p/112;'
}

copy() { # SIZE
    rm -rf "$tmp/copy" && cp -R "$tmp/log.$1" "$tmp/copy"
}

differs() { # LOG WORDS
    follow "$1"
    is status $? 1 && has "$tmp/err" "$2" && is output "$(cat "$tmp/out")" ''
}

# One byte of the largest log is another one, for a while.
alter() { # FILE OFFSET BYTE WORDS
    altered=$tmp/log.$largest/$1
    cp "$altered" "$tmp/sound" &&
        printf '%b' "$3" | dd of="$altered" bs=1 seek="$2" conv=notrunc status=none || return 1
    if cmp -s "$altered" "$tmp/sound"; then
        echo 'nothing altered' && return 1
    fi
    differs "$tmp/log.$largest" "$4"
    result=$?
    cp "$tmp/sound" "$altered" && return $result
}

resize() { # FILE BYTES WORDS
    copy 257 && truncate -s "$2" "$tmp/copy/$1" && differs "$tmp/copy" "$3"
}

lacks() { # FILE
    copy 257 && rm "$tmp/copy/$1" && differs "$tmp/copy" "$1: No such file" &&
        differs "file://$tmp/copy" 'curl could not fetch all'
}

older_checkpoint() {
    copy 257 && cp "$tmp/log.256/checkpoint" "$tmp/copy/" && followed "$tmp/copy" 256
}

newer_checkpoint() {
    copy 256 && cp "$tmp/log.257/checkpoint" "$tmp/copy/" &&
        differs "$tmp/copy" 'tile/entries/001.p/1: No such file'
}

# Entry and tile agree, and the checkpoint is signed: it is of another log.
another_entry() {
    copy 1 && printf '\000\040%032d' 0 >"$tmp/copy/tile/entries/000.p/1" &&
        perl -MDigest::SHA=sha256 -e 'print sha256("\x00" . 0 x 32)' >"$tmp/copy/tile/0/000.p/1" &&
        differs "$tmp/copy" 'the root of 1 entries is '
}

another_key() { # the one of Go's golang.org/x/mod, sumdb/note/note_test.go
    cp "$tmp/key" "$tmp/key.ours"
    echo 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW' >"$tmp/key"
    differs "$tmp/log.1" 'checkpoint: not signed by PeterNeumann'
    result=$?
    mv "$tmp/key.ours" "$tmp/key"
    return $result
}

wrong_use() {
    for arguments in '' "$tmp/log.1" "$tmp/log.1 example.com/log" "$tmp/log.1 $(cat "$tmp/key") x"; do
        # shellcheck disable=SC2086 # a list of words
        "$here/helpers/follow_log.pl" $arguments >"$tmp/out" 2>"$tmp/err"
        is "$arguments" $? 64 && has "$tmp/err" usage || return 1
    done
    "$here/helpers/follow_log.pl" "$tmp/log.1" "$(sed 's/^e/E/' "$tmp/key")" >"$tmp/out" 2>"$tmp/err"
    is 'a key with another id' $? 1 && has "$tmp/err" 'the id of the key'
}

for size in 0 1 255 256 257 65536 $largest; do
    check "a log of $size" writes "$size"
done
check 'the files of the largest' has_files
check 'over a URL' fetches
check 'an older checkpoint' older_checkpoint
check 'a newer checkpoint' newer_checkpoint
while read -r file offset byte words; do
    check "altered: $file at $offset" alter "$file" "$offset" "$byte" "$words"
done <<'END'
tile/0/100 5 \0000 tile/0/100: hash 0 does not follow from the entries
tile/0/273.p/112 3583 \0000 tile/0/273.p/112: hash 111 does not follow
tile/1/000 224 \0000 tile/1/000: hash 7 does not follow
tile/1/001.p/17 543 \0000 tile/1/001.p/17: hash 16 does not follow
tile/2/000.p/1 0 \0000 tile/2/000.p/1: hash 0 does not follow
tile/entries/010 104 \0000 tile/0/010: hash 3 does not follow
tile/entries/273.p/112 3807 \0000 tile/0/273.p/112: hash 111 does not follow
tile/entries/010 1 \0036 tile/entries/010:
tile/entries/010 0 \0001 tile/entries/010:
checkpoint 0 E checkpoint:
checkpoint 15 \0011 checkpoint:
END
while read -r file bytes words; do
    check "resized: $file to $bytes" resize "$file" "$bytes" "$words"
done <<'END'
tile/0/000 8160 tile/0/000: 8160 bytes, not 8192
tile/0/000 8193 tile/0/000: 8193 bytes, not 8192
tile/1/000.p/1 0 tile/1/000.p/1: 0 bytes, not 32
tile/entries/000 8670 tile/entries/000: 255 entries, not 256
tile/entries/000 8703 tile/entries/000: cut off
tile/entries/000 8705 tile/entries/000: cut off
checkpoint 17 checkpoint: not a signed note
END
for file in checkpoint tile/0/000 tile/0/001.p/1 tile/1/000.p/1 tile/entries/001.p/1; do
    check "gone: $file" lacks "$file"
done
check 'another entry' another_entry
if [ "$(signature)" = checked ]; then
    check 'altered: the size in the checkpoint' alter checkpoint 16 8 'the signature is wrong'
    check 'altered: the root in the checkpoint' alter checkpoint 22 x 'the signature is wrong'
else
    skip 'altered: size and root in the checkpoint' 'there is no openssl'
fi
check 'another key' another_key
check 'wrong use' wrong_use
echo "1..$number"
