#!/bin/sh
# diff.sh: `teade diff`, as an editor uses it.  What a redline is has its tests in
# test_redline.c.

. "$(dirname "$0")/tap.sh"

compare() { # OLD NEW [OPTION...]
    printf '%b' "$1" >"$tmp/old.md"
    printf '%b' "$2" >"$tmp/new.md"
    shift 2
    cd "$root" && "$teade" diff "$tmp/old.md" "$tmp/new.md" "$@" >"$tmp/out" 2>"$tmp/err"
}

# Front matter of anybody's and comments to the program are no words of the text.
plain() {
    compare '---\ntitle: A\n---\n\nWe keep it for one year.\n' \
        '---\ntitle: B\n---\n\n<!-- note: x -->\nWe keep it for two years.\n' &&
        has "$tmp/out" '<p class="changed">We keep it for <del><span class="said">[removed: </span>one year<span class="said">]</span></del><ins><span class="said">[added: </span>two years' &&
        is 'what was said' "$(cat "$tmp/err")" ''
}

in_japanese() {
    compare 'お客様の情報を2年間保存します。\n' 'お客様の情報を3年間保存します。\n' --lang ja &&
        has "$tmp/out" '[削除: </span>2<' && has "$tmp/out" '[追加: </span>3<' &&
        has "$tmp/out" '</ins>年間保存します。'
}

revisions() {
    cd "$root" && set -- content/*/2026-11-22.md && "$teade" diff "$1" "$1" >"$tmp/out" &&
        has_not "$tmp/out" '<ins>' && has_not "$tmp/out" '<del>' && has "$tmp/out" '<li value="3">'
}

wrong_use() { # STATUS WORDS COMMAND...
    wanted=$1 words=$2
    shift 2
    "$teade" diff "$@" >"$tmp/out" 2>"$tmp/err"
    is status $? "$wanted" && has "$tmp/err" "$words" && is output "$(cat "$tmp/out")" ''
}

check 'two files' plain
check 'two files in Japanese' in_japanese
check 'a revision with itself' revisions
check 'one file' wrong_use 64 'missing: "NEW.md"' a.md
check 'three files' wrong_use 64 'one word too many: "c.md"' a.md b.md c.md
check 'no such file' wrong_use 66 'no.md: error: cannot read' no.md no.md
check 'no such language' wrong_use 64 '--lang xx is not a language' a.md b.md --lang xx
echo "1..$number"
