#!/bin/sh
# languages.sh: a new language, and how far each text is.

. "$(dirname "$0")/../helpers/tap.sh"

new() { # TAG
    cd "$tmp/site" && "$teade" new "$1" >"$tmp/out" 2>"$tmp/err"
}

# site.yaml has the tag and is otherwise as it was.
added() { # TAG CHANGE
    new "$1" || { cat "$tmp/err" && return 1; }
    diff "$root/content/site.yaml" content/site.yaml | grep '^[<>]' >"$tmp/change"
    printf '%s\n' "$2" | diff - "$tmp/change" && has "$tmp/out" "content/site.yaml: the language $1 is in progress"
}

flow_list() {
    copy_site "$tmp/site" &&
        added fr "$(printf '%s\n' '> in_progress: [fr]')" &&
        for name in site privacy-policy record-of-choices; do
            po=locale/fr/LC_MESSAGES/$name.po
            has "$po" '"Language: fr\n"' && has "$po" 'charset=UTF-8' &&
                has "$po" 'Plural-Forms: nplurals=2; plural=(n > 1);' &&
                is msgfmt "$(msgfmt -c -o /dev/null "$po" 2>&1)" '' &&
                is translated "$(msgattrib --translated "$po" | grep -c '^msgid')" 0 || return 1
        done
}

again() {
    cd "$tmp/site" || return 1
    before=$(cat content/site.yaml locale/fr/*/*.po | sha256sum)
    new fr
    is 'exit status' $? 65 && has "$tmp/err" 'language "fr" already exists' &&
        is files "$(cat content/site.yaml locale/fr/*/*.po | sha256sum)" "$before"
}

# A translator's file is never written over.
kept() {
    cd "$tmp/site" && mkdir -p locale/de/LC_MESSAGES && echo mine >locale/de/LC_MESSAGES/site.po && new de &&
        is 'the file' "$(cat locale/de/LC_MESSAGES/site.po)" mine &&
        has "$tmp/out" 'kept locale/de/LC_MESSAGES/site.po'
}

block_list() {
    cd "$tmp/site" &&
        sed -i '/^in_progress/d; s/^languages: .*/&\nin_progress:\n  - sv # its own\n  - fi # next/' \
            content/site.yaml &&
        new pt-BR && sed -n '/^in_progress/,/^$/p' content/site.yaml >"$tmp/list" &&
        printf '%s\n' 'in_progress:' '  - sv # its own' '  - fi # next' '  - pt-BR' '' |
        diff - "$tmp/list" && has locale/pt-BR/LC_MESSAGES/site.po '"Language: pt_BR\n"'
}

# To gettext a message in English translates itself; an Estonian one does not.
english() { # TAG
    rm -rf "$tmp/site" && copy_site "$tmp/site" && cd "$tmp/site" &&
        sed -i 's/\[et, ja, en\]/[et, ja]/; s/, record-of-choices\]/]/; s/: record-of.*/: privacy-policy/' \
            content/site.yaml && rm -r locale/en && new "$1" || return 1
    po=locale/$1/LC_MESSAGES/privacy-policy.po
    has "$po" 'msgid "Isikuandmete käsitlemine"' && has "$po" "\"Language: $(echo "$1" | tr - _)\\n\"" &&
        is fuzzy "$(msgattrib --only-fuzzy "$po" | grep -c '^msgid')" 0 &&
        is translated "$(msgattrib --translated "$po" | grep -c '^msgid')" 0 || return 1
    sed -i "/^in_progress/d; s/^languages: .*/languages: [et, ja, $1]/" content/site.yaml
    "$teade" check --date 2026-11-22 | sed -n 's/.*: error: //p' | sort -u >"$tmp/got"
    is errors "$(cat "$tmp/got")" 'this message is not translated'
}

# The header names the tag that was asked for, and has CLDR's plural forms, once.
header_of() { # TAG LANGUAGE PLURALS
    rm -rf "$tmp/site" && copy_site "$tmp/site" && new "$1" || { cat "$tmp/err" && return 1; }
    is warnings "$(cat "$tmp/err")" '' || return 1
    for po in "locale/$1/LC_MESSAGES"/*.po; do
        has "$po" "\"$2\\n\"" && has "$po" "\"Plural-Forms: $3" && is fields "$(grep -c '^"Plural-Forms' "$po")" 1 &&
            msgfmt -o /dev/null "$po" || return 1
    done
}

# A new document has no catalogues yet, in languages that are there.
new_document() {
    rm -rf "$tmp/site" && copy_site "$tmp/site" && cd "$tmp/site" &&
        rm locale/et/LC_MESSAGES/record-of-choices.po && new et &&
        printf '%s\n' 'kept locale/et/LC_MESSAGES/site.po' 'created locale/et/LC_MESSAGES/record-of-choices.po' \
            >"$tmp/wanted" &&
        sed '$ d' "$tmp/out" | diff "$tmp/wanted" - && cmp "$root/content/site.yaml" content/site.yaml &&
        msgfmt -c -o /dev/null locale/et/LC_MESSAGES/record-of-choices.po
}

# The rest of the file is the same byte for byte, also as Windows ends lines.
written() { # BEFORE AFTER [LINE-END]
    rm -rf "$tmp/site" && copy_site "$tmp/site" && cd "$tmp/site" || return 1
    sed "s/^languages: .*/&\n$1/" "$root/content/site.yaml" | sed "s/\$/${3:-}/" >content/site.yaml
    sed "s/^languages: .*/&\n$2/" "$root/content/site.yaml" | sed "s/\$/${3:-}/" >"$tmp/wanted"
    new fr && cmp "$tmp/wanted" content/site.yaml && "$teade" status >"$tmp/out"
}

# Also behind a last line that does not end.
at_the_end() {
    rm -rf "$tmp/site" && copy_site "$tmp/site" && cd "$tmp/site" || return 1
    sed 's/$/\r/' "$root/content/site.yaml" >content/site.yaml && printf 'gpc: false' >>content/site.yaml &&
        cp content/site.yaml "$tmp/wanted" && printf '\r\nin_progress: [fr]\r\n' >>"$tmp/wanted" &&
        new fr && cmp "$tmp/wanted" content/site.yaml
}

# A language in progress is left out of the site, and a preview has it, with what is left to do.
in_progress() {
    rm -rf "$tmp/site" && copy_site "$tmp/site" && cd "$tmp/site" && new fr && new ar &&
        "$teade" check --date 2026-11-25 >"$tmp/out" 2>"$tmp/err" && is findings "$(cat "$tmp/out")" '' &&
        "$teade" publish --to served --date 2026-11-25 2>"$tmp/err" && [ ! -e served/public/fr ] &&
        has_not served/private/manifest.json '"fr"' && has_not served/public/et/index.html 'hreflang="fr"' &&
        "$teade" build --draft --date 2026-11-25 --output draft 2>"$tmp/err" && has_not "$tmp/err" error: &&
        has draft/public/fr/privacy-policy/index.html 'class="untranslated"' &&
        has draft/public/ar/index.html 'dir="rtl"' &&
        has draft/public/et/index.html 'hreflang="fr"' &&
        "$teade" check --draft --date 2026-11-25 >"$tmp/out" 2>"$tmp/err" &&
        is 'all untranslated' "$(grep -c '^locale/fr/.*: warning: this message is not translated' "$tmp/out")" \
            "$(grep -h '^msgid "' locale/fr/LC_MESSAGES/*.po | tail -n +4 | wc -l)" && # without three headers
        "$teade" status --date 2026-11-25 >"$tmp/out" &&
        has "$tmp/out" 'translate 22 in locale/fr/LC_MESSAGES/privacy-policy.po' || return 1
    sed 's/^languages: .*/languages: [et, en]/; s/^in_progress: .*/in_progress: [ja, fr]/' content/site.yaml \
        >"$tmp/yaml" &&
        mv "$tmp/yaml" content/site.yaml && "$teade" status --date 2026-11-25 >"$tmp/told" 2>"$tmp/err"
    is ready "$(grep -c 'ja .*move it from in_progress to languages in site.yaml' "$tmp/told")" 1 &&
        is 'not ready' "$(grep -c 'fr .*move it' "$tmp/told")" 0
}

prepare_progress() {
    rm -rf "$tmp/site" && copy_site "$tmp/site" && new fr && mv "$tmp/site" "$tmp/progress"
}

# What is wrong with its catalogues stops nobody: a preview has it, with a warning, and others do
# not hear of it.
never_stops() { # FAULT FINDING [FILE WORDS: what the preview shows]
    rm -rf "$tmp/site" && cp -R "$tmp/progress" "$tmp/site" && cd "$tmp/site" && eval "$1" || return 1
    for command in 'check --draft' 'build --draft --output draft' check status; do
        # shellcheck disable=SC2086 # words and options
        "$teade" $command --date 2026-11-25 >"$tmp/out" 2>"$tmp/err" || { cat "$tmp/out" "$tmp/err" && return 1; }
        cat "$tmp/out" "$tmp/err" >"$tmp/${command%% *}.told"
        has_not "$tmp/${command%% *}.told" ': error: ' || return 1
        [ "$command" != 'check --draft' ] || has "$tmp/check.told" "$2" || return 1
    done
    has "$tmp/build.told" "$2" && has_not "$tmp/check.told" locale/fr &&
        has "draft/public/fr/${3:-index.html}" "${4:-lang=\"fr\"}"
}

# A translation of a message that fr does not have yet.
fill() { # FILE MSGID MSGSTR
    perl -0pi -e 'BEGIN { ($id, $str) = splice @ARGV, 1, 2 } s/^(msgid "\Q$id\E"\nmsgstr ").*/$1$str"/m or die' "$@"
}

# What was published in it before stays as it was.
withdrawn() {
    rm -rf "$tmp/site" && copy_site "$tmp/site" && cd "$tmp/site" &&
        "$teade" publish --to served --date 2026-11-25 2>"$tmp/err" &&
        sed -i 's/^languages: .*/languages: [et, en]\nin_progress: [ja]/' content/site.yaml &&
        words=$(sed -n '/^msgid "Kui seadus seda nõuab."/{n; s/^msgstr "\(.*\)"/\1/p}' locale/ja/LC_MESSAGES/privacy-policy.po) &&
        sed -i "s/^msgstr \"$words\"/msgstr \"別の言葉。\"/" locale/ja/LC_MESSAGES/privacy-policy.po || return 1
    "$teade" build --draft --date 2026-11-25 --output draft 2>"$tmp/err" && has_not "$tmp/err" ': error: ' &&
        has "$tmp/err" 'warning: version 2026-11-22 of "privacy-policy" is published and its words in "ja" are frozen' &&
        has draft/public/ja/privacy-policy/index.html "$words"
}

listed_twice() { # LIST FINDING
    rm -rf "$tmp/site" && copy_site "$tmp/site" && cd "$tmp/site" && echo "in_progress: $1" >>content/site.yaml
    "$teade" check >"$tmp/out" 2>"$tmp/err"
    is 'exit status' $? 1 && has "$tmp/out" "$2"
}

# The last draft's day is the preview's, if no other is given.
draft_day() {
    rm -rf "$tmp/site" && copy_site "$tmp/site" && cd "$tmp/site" &&
        sed 's/2026-11-22/2999-02-03/; s/^class/summary: Uus\n&/' content/privacy-policy/2026-11-22.md \
            >content/privacy-policy/2999-02-03.md &&
        "$teade" build --draft --output draft 2>"$tmp/err" && has "$tmp/err" 'draft for 2999-02-03' &&
        [ -s draft/public/ja/privacy-policy/2999-02-03/index.html ] &&
        "$teade" build --draft --date 2998-01-01 --output draft 2>"$tmp/err" &&
        [ ! -e draft/public/ja/privacy-policy/2999-02-03 ]
}

# Nothing that fails is half done, and the next run goes on.
half_done() { # FAULT STATUS FINDING
    rm -rf "$tmp/site" && copy_site "$tmp/site" && cd "$tmp/site" && mkdir bin && eval "$1" || return 1
    cp content/site.yaml "$tmp/before"
    PATH=$PWD/bin:$PATH new fr
    is 'exit status' $? "$2" && has "$tmp/err" "$3" && cmp "$tmp/before" content/site.yaml &&
        has "$tmp/out" 'content/site.yaml is unchanged; fix that, then run teade new fr again' &&
        is 'what is left' "$(find locale/fr -type f ! -name '*.po')" '' || return 1
    for po in locale/fr/LC_MESSAGES/*.po; do
        [ ! -e "$po" ] || msgfmt -c -o /dev/null "$po" || return 1
    done
}

goes_on() {
    cd "$tmp/site" && rm -r bin && new fr && has content/site.yaml 'in_progress: [fr]'
}

program() { # NAME WHAT-IT-DOES
    printf '#!/bin/sh\n%s\n' "$2" >"bin/$1" && chmod +x "bin/$1"
}

reads_no_terminal() {
    rm -rf "$tmp/site" && copy_site "$tmp/site" && cd "$tmp/site" && mkdir bin &&
        program msginit "cat >>'$tmp/read'; exec $(command -v msginit) \"\$@\"" || return 1
    echo typed | PATH=$PWD/bin:$PATH new fr
    is 'exit status' $? 0 && [ -e "$tmp/read" ] && is 'what a child read' "$(cat "$tmp/read")" ''
}

no_gettext() {
    cd "$tmp/site" || return 1
    before=$(sha256sum content/site.yaml)
    PATH=/nonexistent new sv
    is 'exit status' $? 69 && has "$tmp/err" 'cannot find msginit' &&
        has "$tmp/err" 'remedy: install the package gettext' &&
        is site.yaml "$(sha256sum content/site.yaml)" "$before"
}

empty_argument() {
    new ''
    is 'exit status' $? 64 && has "$tmp/err" 'an argument is empty'
}

no_language() { # TAG
    new "$1"
    is 'exit status' $? 64 &&
        is finding "$(cat "$tmp/err")" "teade: $1 is not a language; write $2; see \`teade new --help\`"
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
document           version     state     language  translated  next, as of 2026-11-25
privacy-policy     2026-11-22  in force  et        original
privacy-policy     2026-11-22  in force  ja        19 of 22    teade po; translate 2, confirm 1 in locale/ja/LC_MESSAGES/privacy-policy.po
privacy-policy     2026-11-22  in force  en        22 of 22
record-of-choices  2026-11-22  in force  et        0 of 48     create locale/et/LC_MESSAGES/record-of-choices.po: teade new et
record-of-choices  2026-11-22  in force  ja        48 of 48
record-of-choices  2026-11-22  in force  en        original
site                                     et        all
site                                     ja        all
site                                     en        original
END
}

json() {
    status --json &&
        has "$tmp/out" '{"document":"privacy-policy","revision":"2026-11-22","state":"in force","language":"ja","catalogue":"locale/ja/LC_MESSAGES/privacy-policy.po","translated":19,"fuzzy":1,"missing":2,"problem":null,"next":"teade po; translate 2, confirm 1 in locale/ja/LC_MESSAGES/privacy-policy.po"}' &&
        perl -MJSON::PP -ne 'decode_json($_)' "$tmp/out"
}

drafts() {
    cd "$tmp/status" && "$teade" status --date 2026-11-20 >"$tmp/out" &&
        is drafts "$(grep -c '2026-11-22  draft ' "$tmp/out")" 6
}

# What cannot be read is told, once, and so is all the rest; in the table as in JSON.
broken() { # FAULT FINDINGS ROWS-OF-IT NEXT PROBLEM [STATUS SEVERITY]
    rm -rf "$tmp/status" && copy_site "$tmp/status" && cd "$tmp/status" && eval "$1" &&
        sed 's/2026-11-22/2026-11-24/; s/^class:/summary: Kui seadus seda nõuab.\n&/' \
            content/privacy-policy/2026-11-22.md >content/privacy-policy/2026-11-24.md || return 1
    "$teade" status --date 2026-11-25 >"$tmp/out" 2>"$tmp/err"
    is 'exit status' $? "${6:-65}" && is findings "$(grep -c ": ${7:-error}: " "$tmp/err")" "$2" &&
        is rows "$(grep -c '' "$tmp/out")" 13 && is 'rows of it' "$(grep -c "$4\$" "$tmp/out")" "$3" || return 1
    "$teade" status --json --date 2026-11-25 2>"$tmp/err" | grep -F "\"problem\":\"$5\",\"next\":\"$4\"" >"$tmp/out"
    is 'objects of it' "$(grep -c '' "$tmp/out")" "$3"
}

# Without the site's own files there is nothing to tell.
unsound() { # FAULT STATUS FINDING
    rm -rf "$tmp/status" && copy_site "$tmp/status" && cd "$tmp/status" && eval "$1" || return 1
    "$teade" status >"$tmp/out" 2>"$tmp/err"
    is 'exit status' $? "$2" && is stdout "$(cat "$tmp/out")" '' && has "$tmp/err" "$3"
}

# The state of each revision, newest first; a long name does not break the table.
states() {
    rm -rf "$tmp/status" && copy_site "$tmp/status" && cd "$tmp/status" || return 1
    long=policy-of-the-four-companies-for-visitors
    mv content/privacy-policy content/$long && sed -i "s/privacy-policy/$long/" content/site.yaml || return 1
    for day in 24 26 28; do
        sed -e "s/2026-11-22/2026-11-$day/" -e \
            "s/^effective: .*/effective: 2026-11-$((day + day % 4 / 2))\nsummary: Kui seadus seda nõuab./" \
            content/$long/2026-11-22.md >content/$long/2026-11-$day.md
    done
    "$teade" status --date 2026-11-26 >"$tmp/out" 2>"$tmp/err" &&
        awk -v name=$long '$1 == name && / et / { print substr($0, length(name) + 3) }' "$tmp/out" >"$tmp/got" &&
        cat >"$tmp/wanted" <<'END' && diff "$tmp/wanted" "$tmp/got"
2026-11-28  draft       et        original
2026-11-26  announced   et        original
2026-11-24  in force    et        original
2026-11-22  superseded  et        original
END
}

colors() { # WANTED NO_COLOR
    cd "$tmp/status" &&
        NO_COLOR=$2 script -qec "'$teade' status --date 2026-11-26 2>/dev/null" /dev/null >"$tmp/out" || return 1
    is 'colours' "$(grep -c "$(printf '\033')" "$tmp/out")" "$1"
}

check 'a tag in a list on one line' flow_list
check 'a language that is there already' again
check 'a catalogue that is there already' kept
check 'a tag in a list of lines' block_list
check 'English' english en
check 'English of another country' english en-GB
check 'the usual country of a language' header_of fr-FR 'Language: fr_FR' 'nplurals=2; plural=(n > 1);'
check 'another country' header_of de-CH 'Language: de_CH' 'nplurals=2; plural=(n != 1);'
check 'a script' header_of zh-Hant 'Language: zh_Hant' 'nplurals=1; plural=0;'
check 'more plural forms than gettext knows' header_of he 'Language: he' \
    'nplurals=3; plural=n == 1 ? 0 : n == 2 ? 1 : 2;'
check 'plural forms on two lines' header_of ar 'Language: ar' 'nplurals=6; plural=n == 0 ?'
check 'languages in progress' in_progress
check 'a site with one' prepare_progress
fr=locale/fr/LC_MESSAGES
none=$fr/privacy-policy.po
site=$fr/site.po
check 'a syntax error in it' never_stops "echo 'msgid \"x' >>$none" \
    "$none:174:1: warning: end-of-line within string"
check 'many of them' never_stops "yes 'foo bar' | head -n 40 >>$site" "warning: keyword \"foo\" unknown"
check 'its file ends in the middle of a word' never_stops "truncate -s \$((\$(wc -c <$site) - 2)) $site" \
    "warning: end-of-file within string"
check 'its file ends in the middle' never_stops "sed -i '30,\$ d' $none" "warning: $none does not have this message"
check 'its file is empty' never_stops ": >$site" \
    "$site:1:1: warning: the header says that the language is \"\", not \"fr\""
check 'a file is missing' never_stops "rm $site" "$site: warning: the catalogue is missing"
check 'all files are missing' never_stops 'rm -r locale/fr' "$none: warning: the catalogue is missing"
check 'a folder of that name' never_stops "rm $none && mkdir $none" "$none: warning: cannot read: Is a directory"
check 'another charset' never_stops "sed -i s/UTF-8/ISO-8859-1/ $none" \
    "$none:11:1: warning: the header does not say that the file is UTF-8"
check 'bytes of another charset' never_stops "LC_ALL=C sed -i '118 s/\"\"/\"O\\xe9\"/' $none" \
    "$none:118:10: warning: byte 0xE9 is not UTF-8"
check 'UTF-16' never_stops "iconv -f UTF-8 -t UTF-16 <$none >x && mv x $none" "$none:1:1: warning: byte 0xFF is not UTF-8"
check 'the language of another one' never_stops "sed -i 's/^.Language: fr/\"Language: de/' $site" \
    "$site:8:1: warning: the header says that the language is \"de\""
check 'a message twice' never_stops "tail -n 4 $site >x && cat x >>$site" "warning: duplicate message definition"
check 'a merge that is left undone' never_stops "echo '<<<<<<< ours' >>$none" "warning: a merge left both wordings here"
check 'a character as a number' never_stops "fill $site 'What changed: {{title}}' 'A\\x07 {{title}}'" \
    "warning: a character written as a number"
policy=privacy-policy/index.html
foreign='<span lang="et">Kui seadus seda nõuab.</span>'
check 'raw HTML' never_stops "fill $none 'Kui seadus seda nõuab.' 'Si <b>la</b> loi.'" \
    "$none:118:12: warning: raw HTML never reaches a page: <b>" "$policy" "$foreign"
check 'two paragraphs' never_stops "fill $none 'Kui seadus seda nõuab.' 'Si.\\n\\nLa.'" \
    'warning: the translation has more than one paragraph' "$policy" "$foreign"
check 'a variable that is none' never_stops "fill $site 'What changed: {{title}}' 'Quoi: {{titel}}'" \
    "warning: the translation has {{titel}}, which the message does not have"
check 'a variable that does not end' never_stops "fill $site 'What changed: {{title}}' 'Quoi: {{title'" \
    "warning: the translation"
check 'words that were published in it' withdrawn
check 'one that is in progress and is not' listed_twice '[fr, ja]' 'language "ja" is listed twice'
check 'one that is in progress twice' listed_twice '[fr, fr]' 'language "fr" is listed twice'
check 'one that is none' listed_twice '[klingon]' '"klingon" is not a language'
check 'a preview on the last day of the drafts' draft_day
check 'a catalogue that a language lacks' new_document
check 'tags in quotes, on two lines' written "in_progress: [\"sv\", 'fi', # c\n   de ,]" \
    "in_progress: [\"sv\", 'fi', # c\n   de, fr ,]"
check 'a list that is not indented' written 'in_progress:\n- sv\n-   de # next' \
    'in_progress:\n- sv\n-   de # next\n- fr'
check 'an empty list' written 'in_progress: []' 'in_progress: [fr]'
check 'lines that end as on Windows' written 'in_progress: [sv]' 'in_progress: [sv, fr]' '\r'
check 'a list of them' written 'in_progress:\n  - sv\n  - de' 'in_progress:\n  - sv\n  - de\n  - fr' '\r'
check 'no list, on Windows' at_the_end
check 'a list that is written in another way' half_done \
    "sed -i 's/^languages: .*/&\nin_progress:\n  - sv\n  -\n    de/' content/site.yaml" 65 \
    'content/site.yaml:12:3: error: cannot add "fr" to a list that is written like this'
check 'a msginit that fails half-way' half_done "program msginit 'echo half; exit 1'" 70 'msginit failed'
check 'and again without the fault' goes_on
check 'a msgfilter that fails' half_done "program msgfilter 'cat; exit 1'" 70 'msgfilter failed'
check 'a msginit that makes something else' half_done "program msginit 'echo msgid'" 70 'msgfilter failed'
check 'a msgfilter that loses the header' half_done "program msgfilter 'sed /^.Content-Type/d \"\$3\"'" 65 \
    'locale/fr/LC_MESSAGES/site.po:1:1: error: the header does not say that the file is UTF-8'
check 'and again without that' goes_on
check 'its children do not read what is typed' reads_no_terminal
check 'no msginit' no_gettext
check 'a tag that is none' no_language klingon 'a BCP 47 tag such as et or ja'
check 'one that is empty' empty_argument
check 'one with an extension' no_language ja-u-ca-japanese 'a BCP 47 tag such as et or ja'
check 'a tag that is spelled another way' no_language FR fr
check 'with a small country' no_language pt-br pt-BR
check 'as gettext spells it' no_language zh_TW zh-TW
check 'a site to report on' prepare_status
check 'status' table
check 'status --json' json
check 'status of drafts' drafts
ja=locale/ja/LC_MESSAGES/privacy-policy.po
check 'status with a broken catalogue' broken "echo 'msgid \"x' >>$ja" 2 2 "fix $ja: teade check" catalogue
check 'status with a catalogue of another language' broken "sed -i 's/^\"Language: ja/\"Language: zh/' $ja" 1 2 \
    "fix $ja: teade check" catalogue
check 'status without a catalogue' broken "rm $ja" 0 2 "create $ja: teade new ja" 'no catalogue' 0
check 'status with a broken catalogue of a language in progress' broken \
    "sed -i 's/^languages: .*/languages: [et, en]\nin_progress: [ja]/' content/site.yaml; echo 'msgid \"x' >>$ja" 2 2 \
    "fix $ja: teade check" catalogue 0 warning
check 'status with a broken text' broken "echo '<b>' >>content/record-of-choices/2026-11-22.md" 1 3 \
    'fix content/record-of-choices/2026-11-22.md: teade check' text
check 'status with a broken draft' broken \
    "mv content/record-of-choices/2026-11-22.md content/record-of-choices/2999-01-01.md &&
    sed -i 's/2026-11-22/2999-01-01/' content/record-of-choices/*.md && echo '<b>' >>content/record-of-choices/2999-01-01.md" 1 3 \
    'fix content/record-of-choices/2999-01-01.md: teade check' text 0 warning
check 'status without a language' unsound "sed -i '/^language:/d' content/*/*.md" 65 'key "language" is missing'
check 'status without a title' unsound "sed -i '/^title:/d' content/*/*.md" 65 'key "title" is missing'
check 'status with a broken site.yaml' unsound 'echo zone: UTC >>content/site.yaml' 65 'unknown key "zone"'
check 'status without a site.yaml' unsound 'rm content/site.yaml' 66 'cannot read'
check 'every state' states
check 'colours' colors 14 ''
check 'no colours' colors 0 1
echo "1..$number"
