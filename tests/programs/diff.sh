#!/bin/sh
# diff.sh: `teade diff`, as an editor uses it.  What a redline is has its tests in
# test_redline.c.

. "$(dirname "$0")/../helpers/tap.sh"

# What `diff` says of two files; $? is its status.
compare() { # OLD NEW [OPTION...]
    printf '%b' "$1" >"$tmp/old.md"
    printf '%b' "$2" >"$tmp/new.md"
    shift 2
    cd "$root" && "$teade" diff "$tmp/old.md" "$tmp/new.md" "$@" >"$tmp/out" 2>"$tmp/err"
}

differ() { # OLD NEW [OPTION...]
    compare "$@"
    is status $? 1 && is 'what was said' "$(cat "$tmp/err")" ''
}

same() { # OLD NEW [OPTION...]
    compare "$@"
    is status $? 0 && is 'what was said' "$(cat "$tmp/err")" '' &&
        has_not "$tmp/out" '<ins>' && has_not "$tmp/out" '<del>' &&
        has "$tmp/out" 'A reader can tell no difference'
}

# Comments to the program are no words of the text.
plain() {
    differ 'We keep it for one year.\n' '<!-- note: x -->\nWe keep it for two years.\n' &&
        has "$tmp/out" 'We keep it for <del><span class="said">[removed: </span>one year<span class="said">]</span></del><ins><span class="said">[added: </span>two years'
}

page() {
    differ '# A\n\nOne.\n' '# A\n\nTwo.\n' "$@" &&
        is 'first line' "$(head -n 1 "$tmp/out")" '<!doctype html>' &&
        is 'last line' "$(tail -n 1 "$tmp/out")" '</html>' &&
        has "$tmp/out" '<meta charset="utf-8">' && has "$tmp/out" '<style>' &&
        has "$tmp/out" 'text-decoration: line-through' && has_not "$tmp/out" '<script' &&
        has_not "$tmp/out" '<link' && has "$tmp/out" '<a href="#change-1">'
}

in_japanese() {
    differ 'お客様の情報を2年間保存します。\n' 'お客様の情報を3年間保存します。\n' "$@" &&
        has "$tmp/out" '<html lang="ja" dir="ltr">' && has "$tmp/out" '[削除: </span>2<' &&
        has "$tmp/out" '[追加: </span>3<' && has "$tmp/out" '</ins>年間保存します。'
}

in_its_own_language() {
    differ '---\nlanguage: et\n---\n\nÜks.\n' '---\nlanguage: et\n---\n\nKaks.\n' &&
        has "$tmp/out" '<html lang="et" dir="ltr">' && has "$tmp/out" 'Muudatuste loend'
}

front_matter() { # OLD NEW NAME OLD-VALUE NEW-VALUE
    differ "---\n$1\n---\n\nWords.\n" "---\n$2\n---\n\nWords.\n" &&
        has "$tmp/out" "<code>$3</code>" && has "$tmp/out" 'The words of the text are the same' &&
        { [ -z "$4" ] || has "$tmp/out" "<del><span class=\"said\">[removed: </span>$4<span"; } &&
        { [ -z "$5" ] || has "$tmp/out" "<ins><span class=\"said\">[added: </span>$5<span"; }
}

purposes='purposes:\n  mail:\n    basis: consent\n    recipients:\n      - id: acme\n        name: Acme\n        country: EE\n        data: name'
text='\n---\n\n1. Sending mail.\n   <!-- purpose: mail -->\n'

# What `git show` gives: of another name, with all of its front matter, some or none.
copies() {
    cd "$root" && set -- content/*/2026-11-22.md && cp "$1" "$tmp/copy" &&
        "$teade" diff "$tmp/copy" "$1" >"$tmp/out" && has_not "$tmp/out" '<ins>' &&
        has_not "$tmp/out" '<del>' && has "$tmp/out" '<li value="3">' &&
        same "---\n$purposes$text" "---\n$purposes$text" &&
        same '1. Sending mail.\n   <!-- purpose: mail -->\n' '1. Sending mail.\n'
}

# A draft that is not ready to be built can be compared.
unready() {
    mkdir -p "$tmp/d" &&
        printf -- '---\ntitle: A\npublished: 2026-01-01\n%b' "$purposes$text" >"$tmp/d/2026-01-01.md" &&
        cd "$root" && "$teade" diff "$tmp/d/2026-01-01.md" "$tmp/d/2026-01-01.md" >"$tmp/out"
}

not_yaml() {
    front_matter 'a: [b' 'a: [c' --- '' '' && has "$tmp/out" '>c<'
}

wrong_use() { # STATUS WORDS COMMAND...
    wanted=$1 words=$2
    shift 2
    "$teade" diff "$@" >"$tmp/out" 2>"$tmp/err"
    is status $? "$wanted" && has "$tmp/err" "$words" && is output "$(cat "$tmp/out")" ''
}

check 'two files' plain
check 'a page that needs nothing beside it' page
check 'two files in Japanese' in_japanese --lang ja
check 'two files that say they are in Estonian' in_its_own_language
check 'the same but for what nobody sees' same 'Ten\302\240days, seven.\r\n' 'Ten days,\nseven.\n'
check 'a title' front_matter 'title: Our notice' 'title: Your notice' title Our Your
check 'a day' front_matter 'effective: 2026-01-01' 'effective: 2026-02-01' effective 2026-01-01 2026-02-01
check 'a class' front_matter 'class: notify' 'class: editorial' class notify editorial
check 'a legal basis' front_matter "$purposes" "$(printf '%s' "$purposes" | sed 's/consent/contract/')" \
    purposes.mail.basis consent contract
check 'a purpose more' front_matter 'purposes:\n  a:\n    basis: consent' \
    'purposes:\n  a:\n    basis: consent\n  b:\n    basis: contract' purposes.b.basis '' contract
for row in 'name Acme Bolt' 'country EE LV' 'data name address'; do
    # shellcheck disable=SC2086 # three words
    set -- $row
    check "a recipient's $1" front_matter "$purposes" \
        "$(printf '%s' "$purposes" | sed "s/$1: $2/$1: $3/")" "purposes.mail.recipients.acme.$1" "$2" "$3"
done
check 'a list of words' front_matter 'reconsent: [a, b]' 'reconsent: [a]' reconsent '' ''
check 'front matter of others' front_matter 'layout: page' 'layout: post' layout page post
check 'front matter that came' differ 'Words.\n' '---\ntitle: A\n---\n\nWords.\n'
check 'front matter that is no YAML' not_yaml
check 'keys in another order' same '---\na: 1\nb: 2\n---\n\nWords.\n' '---\nb: 2\na: 1\n---\n\nWords.\n'
check 'copies of other names' copies
check 'a draft that is not ready' unready
check 'no such file' wrong_use 66 'no.md: error: cannot read' no.md no.md
check 'the language, where nobody names one' eval '"$teade" diff --help >"$tmp/out" && has "$tmp/out" "else English"'
echo "1..$number"
