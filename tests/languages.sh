#!/bin/sh
# languages.sh: a new language, and how far each text is.

. "$(dirname "$0")/tap.sh"

new() { # TAG
    cd "$tmp/site" && "$teade" new "$1" >"$tmp/out" 2>"$tmp/err"
}

# site.yaml has the tag and is otherwise as it was.
added() { # TAG CHANGE
    new "$1" || { cat "$tmp/err" && return 1; }
    diff "$root/content/site.yaml" content/site.yaml | grep '^[<>]' >"$tmp/change"
    printf '%s\n' "$2" | diff - "$tmp/change" && has "$tmp/out" "content/site.yaml has the language $1"
}

flow_list() {
    copy_site "$tmp/site" &&
        added fr "$(printf '%s\n' '< languages: [et, ja, en]' '> languages: [et, ja, en, fr]')" &&
        for name in site privacy-policy record-of-choices; do
            po=locale/fr/LC_MESSAGES/$name.po
            has "$po" '"Language: fr\n"' && has "$po" 'charset=UTF-8' &&
                has "$po" 'Plural-Forms: nplurals=2; plural=(n > 1);' && msgfmt -c -o /dev/null "$po" &&
                is translated "$(msgattrib --translated "$po" | grep -c '^msgid')" 0 || return 1
        done
}

again() {
    cd "$tmp/site" || return 1
    before=$(cat content/site.yaml locale/fr/*/*.po | sha256sum)
    new fr
    is 'exit status' $? 65 && has "$tmp/err" 'language "fr" is there already' &&
        is files "$(cat content/site.yaml locale/fr/*/*.po | sha256sum)" "$before"
}

# A translator's file is never written over.
kept() {
    cd "$tmp/site" && mkdir -p locale/de/LC_MESSAGES && echo mine >locale/de/LC_MESSAGES/site.po && new de &&
        is 'the file' "$(cat locale/de/LC_MESSAGES/site.po)" mine &&
        has "$tmp/out" 'kept locale/de/LC_MESSAGES/site.po'
}

block_list() {
    cd "$tmp/site" && sed -i 's/^languages: .*/languages:\n  - et # its own\n  - ja\n  - en # world/' content/site.yaml &&
        new pt-BR && sed -n '/^languages/,/^$/p' content/site.yaml >"$tmp/list" &&
        printf '%s\n' 'languages:' '  - et # its own' '  - ja' '  - en # world' '  - pt-BR' '' |
        diff - "$tmp/list" && has locale/pt-BR/LC_MESSAGES/site.po '"Language: pt_BR\n"'
}

# To gettext a message in English translates itself; an Estonian one does not.
english() {
    new en-GB && po=locale/en-GB/LC_MESSAGES/privacy-policy.po && has "$po" 'msgid "teised"' &&
        is translated "$(msgattrib --translated "$po" | grep -c '^msgid')" 0 &&
        is fuzzy "$(msgattrib --only-fuzzy "$po" | grep -c '^msgid')" 0
}

no_gettext() {
    cd "$tmp/site" || return 1
    before=$(sha256sum content/site.yaml)
    PATH=/nonexistent new sv
    is 'exit status' $? 69 && has "$tmp/err" 'there is no msginit' &&
        has "$tmp/err" 'remedy: install the package gettext' &&
        is site.yaml "$(sha256sum content/site.yaml)" "$before"
}

no_language() { # TAG
    new "$1"
    is 'exit status' $? 64 && has "$tmp/err" "$1 is not a language"
}

status() { # OPTION...
    cd "$tmp/status" && "$teade" status --date 2026-11-25 "$@" >"$tmp/out" 2>"$tmp/err"
    is 'exit status' $? 0 && is talk "$(cat "$tmp/err")" ''
}

# One fuzzy message, one empty, one that the catalogue does not have, and no catalogue.
prepare_status() {
    copy_site "$tmp/status" && cd "$tmp/status" || return 1
    sed -i -e 's/^msgid "Kui seadus seda nõuab."/#, fuzzy\n&/' \
        -e '/^msgid "teised"/,/^msgstr/ s/^msgstr.*/msgstr ""/' \
        -e 's/^msgid "Ohutuse juhtimine"/msgid "Midagi muud"/' locale/ja/LC_MESSAGES/privacy-policy.po &&
        rm locale/et/LC_MESSAGES/record-of-choices.po
}

table() {
    status && sed 's/\(site .*\) [0-9]* of [0-9]*$/\1 all/' "$tmp/out" >"$tmp/got" &&
        cat >"$tmp/wanted" <<'END' && diff "$tmp/wanted" "$tmp/got"
document             version      state       in      translated  next, as of 2026-11-25
privacy-policy       2026-11-22   in force    et      its own
privacy-policy       2026-11-22   in force    ja      19 of 22    make po; translate 2, confirm 1 in locale/ja/LC_MESSAGES/privacy-policy.po
privacy-policy       2026-11-22   in force    en      22 of 22
record-of-choices    2026-11-22   in force    et      0 of 40     make locale/et/LC_MESSAGES/record-of-choices.po: teade new et
record-of-choices    2026-11-22   in force    ja      40 of 40
record-of-choices    2026-11-22   in force    en      its own
site                                          et      all
site                                          ja      all
site                                          en      its own
END
}

json() {
    status --json && has "$tmp/out" '{"document":"privacy-policy","revision":"2026-11-22","state":"in force","language":"ja","catalogue":"locale/ja/LC_MESSAGES/privacy-policy.po","translated":19,"fuzzy":1,"missing":2,"next":"make po; translate 2, confirm 1 in locale/ja/LC_MESSAGES/privacy-policy.po"}' &&
        perl -MJSON::PP -ne 'decode_json($_)' "$tmp/out"
}

drafts() {
    cd "$tmp/status" && "$teade" status --date 2026-11-20 >"$tmp/out" &&
        is drafts "$(grep -c '2026-11-22   draft ' "$tmp/out")" 6
}

check 'a tag in a list on one line' flow_list
check 'a language that is there already' again
check 'a catalogue that is there already' kept
check 'a tag in a list of lines' block_list
check 'English of another country' english
check 'no msginit' no_gettext
check 'a tag that is none' no_language klingon
check 'a tag that is spelled another way' no_language FR
check 'a site to report on' prepare_status
check 'status' table
check 'status --json' json
check 'status of drafts' drafts
echo "1..$number"
