#!/bin/sh
# faults.sh: what an editor or the machine can get wrong, a row each.  A row changes a
# fresh copy of tests/site and the templates; `teade build` and `teade check` must name
# the place, show the line, the caret and a remedy, exit as <sysexits.h> says, and leave
# the site built before as it was.

. "$(dirname "$0")/../helpers/tap.sh"
output=$tmp/output/site
finish() {
    chmod -R u+rwX "$tmp"
}

# Runs the generator on the copy in the current folder: $status, $tmp/out and $tmp/err.
run() { # COMMAND [OPTION...]
    "$teade" "$@" --date 2026-03-15 >"$tmp/out" 2>"$tmp/err"
    status=$?
}

edit() { # FILE SED-SCRIPT
    sed -i "$2" "$1"
}

# /RE/ in place of a line number is the first line of the (changed) file that matches it.
with_line() { # FINDING
    case $1 in
    *:/*/:*)
        file=${1%%:/*}
        rest=${1#*:/}
        line=$(grep -an -m1 -e "${rest%%/:*}" "$file") || echo "no /${rest%%/:*}/ in $file" >&2
        printf '%s\n' "$file:${line%%:*}:${rest#*/:}"
        ;;
    *) printf '%s\n' "$1" ;;
    esac
}

# The finding stands in the file, with its line, a caret below the column, and a remedy.
told() { # FINDING FILE
    finding=$1 awk '
        function wrong(what) { print what ": " $0; failed = 1; exit 1 }
        seen == 1 && in_text { if ($0 !~ /^ *[0-9]+ \| /) wrong("no source line"); line = $0; seen = 2; next }
        seen == 2 {
            if ($0 !~ /^      \| [ \t]*\^$/) wrong("no caret")
            if (line !~ /[^ -~]/ && length($0) != 8 + column) wrong("the caret is not in column " column)
        }
        seen == 1 || seen == 2 { seen = 3; if (in_text) next }
        seen == 3 { if ($0 !~ /^      = remedy: ./) wrong("no remedy"); seen = 4; exit }
        !seen && index($0, ENVIRON["finding"]) == 1 {
            seen = 1
            in_text = match($0, /^[^:]*:[0-9]+:[0-9]+: /)
            split($0, part, ":"); column = part[3]
            if (!in_text) seen = 3
        }
        END { if (!failed && seen != 4) { print "not told: " ENVIRON["finding"]; exit 1 } exit failed }
    ' "$2" || { sed 's/^/  /' "$2" && false; }
}

untouched() {
    diff -r "$tmp/before" "$output" &&
        is 'beside the output' "$(ls -A "$tmp/output" | tr '\n' ' ')" 'site site.cache '
}

# Both commands tell, and neither writes.
fault() { # STATUS FINDING MUTATION
    rm -rf "$tmp/copy" && cp -R "$tmp/sound" "$tmp/copy" && cd "$tmp/copy" && eval "$3" || return 1
    finding=$(with_line "$2")
    run build --output "$output"
    is 'exit status of build' "$status" "$1" && is stdout "$(cat "$tmp/out")" '' &&
        told "$finding" "$tmp/err" || return 1
    run check
    is 'exit status of check' "$status" 1 && told "$finding" "$tmp/out" && untouched
}

# Recipients of the policy, with ids by a format of printf.
more_recipients() { # FORMAT COUNT
    for i in $(seq "$2"); do
        # shellcheck disable=SC2059
        printf "      - id: $1\n        name: Recipient\n        country: LV\n        data: name and e-mail address\n" "$i"
    done >"$tmp/recipients"
    sed -i "/^    recipients:/ r $tmp/recipients" content/privacy-policy/2026-03-01.md
}

# The output cannot be written: told without a place in a file, and only by build.
unwritable() { # FINDING COMMAND...
    wanted=$1
    shift
    cd "$tmp/sound" || return 1
    "$@" >"$tmp/out" 2>"$tmp/err"
    is 'exit status' $? 73 && is stdout "$(cat "$tmp/out")" '' && told "$wanted" "$tmp/err" &&
        untouched && diff -r "$tmp/sound" "$tmp/copy" && is "$tmp/mine" "$(cat "$tmp/mine/thesis")" mine
}

build() { # OUTPUT
    "$teade" build --date 2026-03-15 --output "$1"
}

# A disk that is full, or as good as: no file may be larger than a few KiB.
# What is the same as before is not written: it is for another base URL.
full() { # OUTPUT
    trap '' XFSZ
    ulimit -f 4
    "$teade" build --date 2026-03-15 --base-url https://other.example --output "$1"
}

closed() { # OUTPUT
    chmod a-w "$(dirname "$1")"
    build "$1"
    status=$?
    chmod u+w "$(dirname "$1")"
    return $status
}

# Extraction fails and leaves every catalogue as it was.
extract() { # STATUS FINDING COMMAND
    rm -rf "$tmp/copy" && cp -R "$tmp/sound" "$tmp/copy" && cd "$tmp/copy" || return 1
    "$3" 2>"$tmp/err"
    is 'exit status' $? "$1" && told "$(with_line "$2")" "$tmp/err" && diff -r "$tmp/sound/locale" locale
}

unsound_extract() {
    printf '\n<b>\n' >>content/cookies/2026-03-01.md
    "$teade" extract
}

full_extract() {
    trap '' XFSZ
    ulimit -f 4
    "$teade" extract
}

# References name files as the project does, wherever it lies on the machine.
extracted() {
    mkdir -p "$tmp/pot" && touch "$tmp/pot/site.pot" # the interface is translated there
    cd "$tmp/sound" && "$teade" extract --content "$PWD/content//" --templates "$PWD/templates" \
        --locale "$tmp/pot" || return 1
    sed -n 's/^#: //p' "$tmp/pot/cookies.pot" "$tmp/pot/site.pot" | tr ' ' '\n' >"$tmp/references"
    is 'first of cookies' "$(head -n 1 "$tmp/references")" content/cookies/2026-03-01.md:title &&
        grep -qx templates/choices/choices.html "$tmp/references" &&
        ! grep -vE '^(content/cookies/2026-03-01\.md:[a-z0-9._-]+|templates/([a-z]+/)?[a-z-]+\.(html|md|txt|xml))$' \
            "$tmp/references"
}

# Windows ends lines with two bytes: the same site.
other_line_ends() {
    rm -rf "$tmp/copy" && cp -R "$tmp/sound" "$tmp/copy" && cd "$tmp/copy" &&
        find . \( -name '*.md' -o -name '*.yaml' -o -name '*.html' -o -name '*.po' \) -exec sed -i 's/$/\r/' {} + ||
        return 1
    build "$tmp/windows" && diff -r "$output" "$tmp/windows"
}

# Wrong use is told in a line that names the word.
# Asked for, help is a result; it names every word in the table behind.
helped() { # COMMAND WORD...
    "$teade" ${1:+"$1"} --help >"$tmp/out" 2>"$tmp/err"
    is 'exit status' $? 0 && is stderr "$(cat "$tmp/err")" '' || return 1
    shift
    for word; do
        grep -q -e " $word" "$tmp/out" || { echo "no $word" && return 1; }
    done
}

cp -RL "$here/site" "$tmp/sound" && rm -rf "$tmp/sound/golden" "$tmp"/sound/content/*/2026-0[5-9]-*.md &&
    cp -R "$here/../templates" "$tmp/sound/" && cd "$tmp/sound" || exit 1
run build --output "$output"
[ "$status" = 0 ] || { echo "Bail out! $(head -n 1 "$tmp/err")" && exit 1; }
cp -R "$output" "$tmp/before"
run check
check 'check of what is sound' is 'its status and errors' "$status $(grep -c ': error: ' "$tmp/out")" '0 0'

# NAME | STATUS | FINDING | MUTATION
sed -e 's/ *| */|/g' -e 's,SITE,content/site.yaml,g' \
    -e 's,POLICY,content/privacy-policy/2026-03-01.md,g' -e 's,COOKIES,content/cookies/2026-03-01.md,g' \
    -e 's,LOCALE_\(..\),locale/\1/LC_MESSAGES,g' >"$tmp/rows" <<'END'
# site.yaml
a missing name | 65 | SITE:/^[a-z]/:1: error: key "name" is missing | edit SITE '/^name:/d'
a missing base_url | 65 | SITE:/^[a-z]/:1: error: key "base_url" is missing | edit SITE '/^base_url:/d'
missing languages | 65 | SITE:/^[a-z]/:1: error: key "languages" is missing | edit SITE '/^languages:/d'
a missing time_zone | 65 | SITE:/^[a-z]/:1: error: key "time_zone" is missing | edit SITE '/^time_zone:/d'
a missing status | 65 | SITE:/^[a-z]/:1: error: key "status" is missing | edit SITE '/^status:/d'
missing controllers | 65 | SITE:/^[a-z]/:1: error: key "controllers" is missing | edit SITE '/^controllers:/,/^  *phone:/d'
missing documents | 65 | SITE:/^[a-z]/:1: error: key "documents" is missing | edit SITE '/^documents:/d'
a missing record_of_choices | 65 | SITE:/^[a-z]/:1: error: key "record_of_choices" is missing | edit SITE '/^record_of_choices:/d'
a controller without a name | 65 | SITE:/^  - x/:5: error: key "name" is missing | edit SITE 's/^  - name: .*/  - x: y/'
an unknown key | 65 | SITE:/^zone/:1: error: unknown key "zone" | edit SITE '$ a zone: UTC'
an unknown key of a controller | 65 | SITE:/^    fax/:5: error: unknown key "fax" | edit SITE 's/^    phone:/    fax:/'
a duplicate key | 65 | SITE:/^name: Other/:1: error: key "name" is written twice, first in line | edit SITE '$ a name: Other'
not YAML | 65 | SITE:/^name/:8: error: not YAML: mapping values are not allowed | edit SITE 's/^name:.*/name: a: b/'
an escape sequence in a key | 65 | SITE:/^"/:1: error: the character U+001B cannot be shown on a page | edit SITE '$ a "\\e[2J\\e]0;x\\a": y'
an empty value | 65 | SITE:/^name/:6: error: a value is required here | edit SITE 's/^name:.*/name:/'
a list where a text is wanted | 65 | SITE:/^name/:7: error: a value is required here | edit SITE 's/^name:.*/name: [a]/'
a text where a list is wanted | 65 | SITE:/^documents/:12: error: a list is required here | edit SITE 's/^documents:.*/documents: x/'
an unknown language | 65 | SITE:/^languages/:21: error: "xx" is not a language | edit SITE 's/^languages:.*/languages: [en, et, xx]/'
a language twice | 65 | SITE:/^languages/:21: error: language "en" is listed twice | edit SITE 's/^languages:.*/languages: [en, et, en]/'
no languages | 65 | SITE:/^languages/:12: error: languages are a list | edit SITE 's/^languages:.*/languages: []/'
an unknown time zone | 65 | SITE:/^time_zone/:12: error: "Europe/Tartu" is not a time zone that this machine knows | edit SITE 's,^time_zone:.*,time_zone: Europe/Tartu,'
an unknown status | 65 | SITE:/^status/:9: error: unknown value "draft" | edit SITE 's/^status:.*/status: draft/'
a base_url of http | 65 | SITE:/^base_url/:11: error: "http://kuukivi.example" cannot be the base URL | edit SITE 's,^base_url:.*,base_url: http://kuukivi.example,'
a base_url that only begins like a loopback | 65 | SITE:/^base_url/:11: error: "http://localhost.kuukivi.example" cannot | edit SITE 's,^base_url:.*,base_url: http://localhost.kuukivi.example,'
a base_url with a path | 65 | SITE:/^base_url/:11: error: "https://kuukivi.example/a" cannot | edit SITE 's,^base_url:.*,base_url: https://kuukivi.example/a,'
a base_url with a slash | 65 | SITE:/^base_url/:11: error: "https://kuukivi.example/" cannot | edit SITE 's,^base_url:.*,base_url: https://kuukivi.example/,'
a base_url with a user | 65 | SITE:/^base_url/:11: error: "https://a@kuukivi.example" cannot | edit SITE 's,^base_url:.*,base_url: https://a@kuukivi.example,'
a base_url without a scheme | 65 | SITE:/^base_url/:11: error: "kuukivi.example" cannot | edit SITE 's/^base_url:.*/base_url: kuukivi.example/'
a base_url without a host | 65 | SITE:/^base_url/:11: error: "https://" cannot | edit SITE 's,^base_url:.*,base_url: https://,'
controllers that are no list | 65 | SITE:/^controllers/:14: error: controllers are a list | edit SITE '/^  /d; s/^controllers:.*/controllers: x/'
a document that is not there | 65 | content/terms: error: document "terms" has no version | edit SITE 's/^documents: .*/documents: [privacy-policy, cookies, terms]/'
a document where answers go | 65 | SITE:/^documents/:13: error: "choices" is reserved for the site's own pages | edit SITE 's/^documents: .*/documents: [choices, cookies]/'
a document where receipts are explained | 65 | SITE:/^documents/:13: error: "proof" is reserved for the site's own pages | edit SITE 's/^documents: .*/documents: [proof, cookies]/'
a document where the templates' messages are | 65 | SITE:/^documents/:13: error: "site" is reserved for the site's own pages | edit SITE 's/^documents: .*/documents: [site, cookies]/'
a document twice | 65 | SITE:/^documents/:22: error: document "cookies" is listed twice | edit SITE 's/^documents: .*/documents: [cookies, cookies]/'
a document outside content/ | 65 | SITE:/^documents/:13: error: not the name of a document | edit SITE 's,^documents: .*,documents: [../content/cookies],'
a record_of_choices that is no document | 65 | SITE:/^record_of/:20: error: "terms" is not one of the documents | edit SITE 's/^record_of_choices:.*/record_of_choices: terms/'
no months of retention | 65 | SITE:/^retention/:12: error: a changed answer could never be proved | edit SITE 's/^retention:.*/retention: 0/'
too many months of retention | 65 | SITE:/^retention/:12: error: "121" is not a valid number here | edit SITE 's/^retention:.*/retention: 121/'
retention in words | 65 | SITE:/^retention/:12: error: "3 years" is not a valid number here | edit SITE 's/^retention:.*/retention: 3 years/'
no months of consent_validity | 65 | SITE:/^consent_validity/:19: error: no answer would ever be valid | edit SITE 's/^consent_validity:.*/consent_validity: 0/'
children without a country | 65 | SITE:/^children/:11: error: children is a map of a country and an age | edit SITE 's/^children:.*/children: 13/'
children of nowhere | 65 | SITE:/^children/:11: error: children is a map of a country and an age | edit SITE 's/^children:.*/children: {}/'
children of a country that is none | 65 | SITE:/^children/:12: error: "XX" is not a country code | edit SITE 's/^children:.*/children: {XX: 13}/'
children of a country by name | 65 | SITE:/^children/:20: error: "Latvia" is not a country code | edit SITE 's/^children:.*/children: {EE: 13, Latvia: 14}/'
children of a country twice | 65 | SITE:/^children/:20: error: key "EE" is written twice, first in line | edit SITE 's/^children:.*/children: {EE: 13, EE: 14}/'
children of no age | 65 | SITE:/^children/:16: error: an age of 0 years has no effect | edit SITE 's/^children:.*/children: {EE: 0}/'
children who are old | 65 | SITE:/^children/:16: error: "26" is not a valid number here | edit SITE 's/^children:.*/children: {EE: 26}/'
an age in words | 65 | SITE:/^children/:16: error: "young" is not a valid number here | edit SITE 's/^children:.*/children: {EE: young}/'
a jurisdiction that is no country | 65 | SITE:/^jurisdiction/:15: error: "EU" is not a country code | edit SITE 's/^jurisdiction:.*/jurisdiction: EU/'
a jurisdiction in small letters | 65 | SITE:/^jurisdiction/:20: error: "lv" is not a country code | edit SITE 's/^jurisdiction:.*/jurisdiction: [EE, lv]/'
site.yaml is not there | 66 | SITE: error: cannot read: No such file or directory | rm SITE
site.yaml is a folder | 66 | SITE: error: cannot read: Is a directory | rm SITE; mkdir SITE
site.yaml is empty | 65 | SITE:1:1: error: there are no settings here | : >SITE
site.yaml is not UTF-8 | 65 | SITE:/^name/:12: error: byte 0xD5 is not UTF-8 | edit SITE 's/^name:.*/name: \xc3\x95huk \xd5/'
site.yaml with a NUL | 65 | SITE:/^name/:7: error: a NUL byte in a text file | edit SITE 's/^name:.*/name: \x00x/'
site.yaml with a byte order mark | 65 | SITE:1:1: error: the file begins with a byte order mark | edit SITE '1 s/^/\xef\xbb\xbf/'
a value that a NUL would cut | 65 | SITE:/^name/:7: error: the character U+0000 cannot be shown on a page | edit SITE 's/^name:.*/name: "Kuu\\0kivi"/'
site.yaml of an unfinished merge | 65 | SITE:/^<<<<</:1: error: a merge left both wordings here: <<<<<<< HEAD | printf '<<<<<<< HEAD\nretention: 12\n=======\nretention: 24\n>>>>>>> theirs\n' >>SITE
site.yaml with a control character | 65 | SITE:/^name/:7: error: the character U+0007 cannot be shown on a page | edit SITE 's/^name:.*/name: \x07x/'

# Front matter
a revision without a title | 65 | POLICY:2:1: error: key "title" is missing | edit POLICY '/^title:/d'
a revision without a language | 65 | POLICY:2:1: error: key "language" is missing | edit POLICY '/^language:/d'
a revision without published | 65 | POLICY:2:1: error: key "published" is missing | edit POLICY '/^published:/d'
a revision without effective | 65 | POLICY:2:1: error: key "effective" is missing | edit POLICY '/^effective:/d'
a revision without a class | 65 | POLICY:2:1: error: key "class" is missing | edit POLICY '/^class:/d'
a revision without authoritative | 65 | POLICY:2:1: error: key "authoritative" is missing | edit POLICY '/^authoritative:/d'
a purpose without a basis | 65 | POLICY:/^    x: y/:5: error: key "basis" is missing | edit POLICY '/^  booking:/,/basis/ s/basis:.*/x: y/'
a recipient without a country | 65 | POLICY:/id: randur/:9: error: key "country" is missing | edit POLICY '/country: LV/d'
an unknown key of front matter | 65 | POLICY:2:1: error: unknown key "zone" | edit POLICY '1 a zone: UTC'
an unknown key of a purpose | 65 | POLICY:/^    bases/:5: error: unknown key "bases" | edit POLICY '/^  booking:/ a \    bases: x'
an unknown key of a recipient | 65 | POLICY:/land: LV/:9: error: unknown key "land" | edit POLICY 's/country: LV/land: LV/'
a duplicate key of front matter | 65 | POLICY:/^title: Other/:1: error: key "title" is written twice, first in line 2 | edit POLICY '2 a title: Other'
a duplicate key of a purpose | 65 | POLICY:/^    basis: contract/:5: error: key "basis" is written twice | edit POLICY '/^  booking:/ a \    basis: consent'
a duplicate purpose | 65 | POLICY:/^  booking: {/:3: error: key "booking" is written twice | edit POLICY '/^  research:/ i \  booking: {basis: consent}'
a duplicate recipient | 65 | POLICY:/- {id: randur/:9: error: recipient "randur" is listed twice | edit POLICY '/- id: meteor/ i \      - {id: randur, name: x, country: EE, data: y}'
an unknown basis | 65 | POLICY:/basis: necessity/:12: error: unknown value "necessity" | edit POLICY '/^  booking:/,/basis/ s/basis:.*/basis: necessity/'
an unknown class | 65 | POLICY:/^class/:8: error: unknown value "silent" | edit POLICY 's/^class:.*/class: silent/'
a day that does not exist | 65 | POLICY:/^effective/:12: error: "2026-02-30" is not a day | edit POLICY 's/^effective:.*/effective: 2026-02-30/'
a day in words | 65 | POLICY:/^published/:12: error: "1 March 2026" is not a day | edit POLICY 's/^published:.*/published: 1 March 2026/'
published on another day than the name says | 65 | POLICY:/^published/:12: error: version 2026-03-01 says it is published on 2026-02-28 | edit POLICY 's/^published:.*/published: 2026-02-28/'
effective before it is published | 65 | POLICY:/^effective/:12: error: effective 2026-02-28 is before published 2026-03-01 | edit POLICY 's/^effective:.*/effective: 2026-02-28/'
an unknown language of a revision | 65 | POLICY:/^language/:11: error: "klingon" is not a language | edit POLICY 's/^language:.*/language: klingon/'
a language that the site has not | 65 | POLICY:/^language/:11: error: language "fi" is not one of the site's | edit POLICY 's/^language:.*/language: fi/'
an authoritative language that the site has not | 65 | POLICY:/^authoritative/:16: error: language "fi" is not one of the site's | edit POLICY 's/^authoritative:.*/authoritative: fi/'
a bad source_date | 65 | POLICY:2:14: error: "long ago" is not a day | edit POLICY '1 a source_date: long ago'
a bad basis_assumed | 65 | POLICY:2:16: error: unknown value "yes" | edit POLICY '1 a basis_assumed: yes'
a purpose that cannot be an id | 65 | POLICY:/^  Booking/:3: error: "Booking" cannot be an id | edit POLICY 's/^  booking:/  Booking:/'
purposes as a list | 65 | COOKIES:2:11: error: purposes are a map | edit COOKIES '1 a purposes: [a]'
more questions than a record answers | 65 | POLICY:/id: r63$/:9: error: version 2026-03-01 asks 67 questions; one record can have 64 answers | more_recipients r%d 63
answers that are too large a form | 65 | POLICY:/id: meteor$/:9: error: the answers to version 2026-03-01 are a form of 9462 bytes; the endpoint takes 8192 | more_recipients r%063d 55; edit POLICY s/partner-offers/partner-offers-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx/
recipients without consent | 65 | POLICY:/^  booking:/:3: error: only a purpose based on consent is asked for each recipient | edit POLICY '/^  booking:/ a \    recipients: []'
recipients that are no list | 65 | POLICY:/recipients: x/:17: error: recipients are a list | edit POLICY '/^  newsletter:/ a \    recipients: x'
a country by name | 65 | POLICY:/country: Latvia/:18: error: "Latvia" is not a country code | edit POLICY 's/country: LV/country: Latvia/'
a country that is none | 65 | POLICY:/country: XX/:18: error: "XX" is not a country code | edit POLICY 's/country: LV/country: XX/'
personal data in words | 65 | POLICY:/personal_data/:20: error: "e-mail address" is not a term for personal data | edit POLICY '/^  newsletter:/ a \    personal_data: e-mail address'
personal data in small letters | 65 | POLICY:/personal_data/:27: error: "name" is not a term for personal data | edit POLICY '/^  newsletter:/ a \    personal_data: [Name, name]'
personal data twice | 65 | POLICY:/personal_data/:27: error: "Name" is listed twice | edit POLICY '/^  newsletter:/ a \    personal_data: [Name, Name]'
no personal data | 65 | POLICY:/personal_data/:20: error: the list is empty | edit POLICY '/^  newsletter:/ a \    personal_data: []'
personal data of a recipient in words | 65 | POLICY:/personal_data/:24: error: "e-mail address" is not a term for personal data | edit POLICY '/^      - id: randur/ a \        personal_data: e-mail address'
no storage_locations | 65 | POLICY:/storage_locations/:24: error: the list is empty | edit POLICY '/^  newsletter:/ a \    storage_locations: []'
a storage location twice | 65 | POLICY:/storage_locations/:29: error: "EE" is listed twice | edit POLICY '/^  newsletter:/ a \    storage_locations: [EE, EE]'
a storage location that says more | 65 | POLICY:/storage_locations/:25: error: a value is required here | edit POLICY '/^  newsletter:/ a \    storage_locations: [{EE: x}]'
storage locations of the site | 65 | SITE:2:1: error: unknown key "storage_locations" | edit SITE '1 a storage_locations: [EE]'
a period that is none: 25 months | 65 | POLICY:/retention_period/:23: error: "25 months" is not a period | edit POLICY '/^  newsletter:/ a \    retention_period: 25 months'
a period that is none: P | 65 | POLICY:/retention_period/:23: error: "P" is not a period | edit POLICY '/^  newsletter:/ a \    retention_period: P'
a period that is none: PT | 65 | POLICY:/retention_period/:23: error: "PT" is not a period | edit POLICY '/^  newsletter:/ a \    retention_period: PT'
a period that is none: P25 | 65 | POLICY:/retention_period/:23: error: "P25" is not a period | edit POLICY '/^  newsletter:/ a \    retention_period: P25'
a period that is none: 25M | 65 | POLICY:/retention_period/:23: error: "25M" is not a period | edit POLICY '/^  newsletter:/ a \    retention_period: 25M'
a period that is none: P1M1Y | 65 | POLICY:/retention_period/:23: error: "P1M1Y" is not a period | edit POLICY '/^  newsletter:/ a \    retention_period: P1M1Y'
a period that is none: P1Y1Y | 65 | POLICY:/retention_period/:23: error: "P1Y1Y" is not a period | edit POLICY '/^  newsletter:/ a \    retention_period: P1Y1Y'
a period that is none: P1W1D | 65 | POLICY:/retention_period/:23: error: "P1W1D" is not a period | edit POLICY '/^  newsletter:/ a \    retention_period: P1W1D'
a period that is none: P1WT1H | 65 | POLICY:/retention_period/:23: error: "P1WT1H" is not a period | edit POLICY '/^  newsletter:/ a \    retention_period: P1WT1H'
a period that is none: P1YT | 65 | POLICY:/retention_period/:23: error: "P1YT" is not a period | edit POLICY '/^  newsletter:/ a \    retention_period: P1YT'
a period that is none: P1.5M | 65 | POLICY:/retention_period/:23: error: "P1.5M" is not a period | edit POLICY '/^  newsletter:/ a \    retention_period: P1.5M'
a period that is none: P25M ago | 65 | POLICY:/retention_period/:23: error: "P25M ago" is not a period | edit POLICY '/^  newsletter:/ a \    retention_period: P25M ago'
a period that is none: p25m | 65 | POLICY:/retention_period/:23: error: "p25m" is not a period | edit POLICY '/^  newsletter:/ a \    retention_period: p25m'
a period that is none: PT1D | 65 | POLICY:/retention_period/:23: error: "PT1D" is not a period | edit POLICY '/^  newsletter:/ a \    retention_period: PT1D'
a period that is none: P-1Y | 65 | POLICY:/retention_period/:23: error: "P-1Y" is not a period | edit POLICY '/^  newsletter:/ a \    retention_period: P-1Y'
no front matter | 65 | COOKIES:1:1: error: there is no front matter | edit COOKIES 1d
front matter without an end | 65 | COOKIES:1:1: error: the front matter does not end | edit COOKIES '2,$ s/^---$//'
a file that is no revision | 65 | content/cookies/draft.md: error: not the name of a version | cp COOKIES content/cookies/draft.md
a folder that is no revision | 66 | content/cookies/2026-03-02.md: error: cannot read: Is a directory | mkdir content/cookies/2026-03-02.md
a revision that is not UTF-8 | 65 | COOKIES:/^title/:8: error: byte 0xE9 is not UTF-8 | edit COOKIES 's/^title:.*/title: \xe9/'
a revision with a control character | 65 | COOKIES:/^Odd/:4: error: the character U+0001 cannot be shown on a page | printf 'Odd\001.\n' >>COOKIES
a revision of an unfinished merge | 65 | COOKIES:/^<<<<</:1: error: a merge left both wordings here: <<<<<<< ours | printf '<<<<<<< ours\nA year.\n||||||| base\n=======\nA month.\n>>>>>>> theirs\n' >>COOKIES
what is left of an unfinished merge | 65 | COOKIES:/^>>>>>/:1: error: a merge left both wordings here: >>>>>>> theirs | printf 'A month.\n>>>>>>> theirs\n' >>COOKIES
a revision with a NUL | 65 | COOKIES:/A NUL/:6: error: a NUL byte in a text file | printf 'A NUL\000.\n' >>COOKIES

# The text
a purpose that is stated nowhere | 65 | POLICY:/^  booking:/:3: error: purpose "booking" is not stated in the text | edit POLICY '/<!-- purpose: booking -->/d'
a purpose that is stated twice | 65 | POLICY:/<!--  purpose/:4: error: purpose "booking" is stated twice | edit POLICY '/<!-- purpose: accounting -->/ i \   <!--  purpose: booking -->'
a purpose that is not declared | 65 | POLICY:/: profit/:4: error: purpose "profit" is not declared | edit POLICY '/<!-- purpose: booking -->/ i \   <!-- purpose: profit -->'
a purpose outside a list | 65 | POLICY:/<!--  purpose/:1: error: purpose "booking" is not inside a list item | edit POLICY '/^## Who we are/ i <!--  purpose: booking -->\n'
an unknown comment | 65 | POLICY:/to do/:1: error: unknown comment "to do" | edit POLICY '/^## Who we are/ i <!-- to do: x -->\n'
raw HTML | 65 | POLICY:/^<b>/:1: error: raw HTML never reaches a page | edit POLICY '/^## Who we are/ i <b>\nx\n'
words between two comments | 65 | POLICY:/lost/:1: error: raw HTML never reaches a page | edit POLICY '/^## Who we are/ i <!-- note: x --> lost <!-- y -->\n'
a comment that is not closed | 65 | POLICY:/oops$/:1: error: a comment inside a comment | edit POLICY '/^<!-- note: KUU/ i <!-- note: oops\n\nLegal words.\n'
a second note for a block | 65 | POLICY:/^<!-- note: KUU/:1: error: a second "note" for the same block | edit POLICY '/^<!-- note: KUU/ i <!-- note: x -->'
a note behind the last block | 65 | COOKIES:/^<!-- note: x/:1: error: a "note" with no block after it | edit COOKIES '$ a <!-- note: x -->'
words behind a comment | 65 | COOKIES:/x --> Words/:1: error: raw HTML never reaches a page | edit COOKIES '$ a \\n- one\n<!-- note: x --> Words'
words that look like HTML | 65 | COOKIES:/^Dear/:6: error: raw HTML never reaches a page: <your name> | edit COOKIES '$ a \\nDear <your name>,'
a link without words | 65 | COOKIES:/^A ..(/:3: error: the link to https://example.com has no words | edit COOKIES '$ a \\nA [](https://example.com)'
a link without an address | 65 | COOKIES:/^A .x./:3: error: a link to "" has no address | edit COOKIES '$ a \\nA [x]()'
a link with a broken host | 65 | COOKIES:/^A .x./:3: error: a link to https:/example.com has no host | edit COOKIES '$ a \\nA [x](https:/example.com)'
a link to no mailbox | 65 | COOKIES:/^A .x./:3: error: a link to mailto:us is not the address of a mailbox | edit COOKIES '$ a \\nA [x](mailto:us)'
a picture | 65 | COOKIES:/^A !/:3: error: pictures do not reach a page: logo.png | edit COOKIES '$ a \\nA ![x](logo.png)'
a link that is not safe | 65 | COOKIES:/^.x.(javascript/:1: error: a link to javascript:x is not safe | edit COOKIES '$ a \\n[x](javascript:x)'
a paragraph that is code by accident | 65 | COOKIES:/^    Legal/:5: error: four spaces make code, which is not translated | edit COOKIES '$ a \\n    Legal words.'
two purposes in an item | 65 | POLICY:/<!--  purpose/:4: error: purpose "accounting" shares its item with another | edit POLICY '/<!-- purpose: booking -->/ a \   <!--  purpose: accounting -->'
a heading with a strange id | 65 | COOKIES:/^## How/:1: error: "How?" cannot be this heading's id | edit COOKIES '/^## How/ i <!-- id: How? -->\n'
a heading with the id of another | 65 | COOKIES:/^## How/:1: error: "which-cookies-we-use" cannot be this heading's id | edit COOKIES '/^## How/ i <!-- id: which-cookies-we-use -->\n'
a heading with an id of the page | 65 | COOKIES:/^## How/:1: error: "choices" cannot be this heading's id | edit COOKIES '/^## How/ i <!-- id: choices -->\n'
an id before a paragraph | 65 | COOKIES:/^<!-- id/:1: error: only a heading can have an id | edit COOKIES '/^A cookie/ i <!-- id: x -->\n'
the id is empty | 65 | COOKIES:/^<!-- id/:1: error: the id is empty | edit COOKIES '/^## How/ i <!-- id: -->\n'
a skip behind the last block | 65 | COOKIES:/^<!-- skip/:1: error: a "skip" with no block after it | edit COOKIES '$ a <!-- skip -->'
a skip that says something | 65 | COOKIES:/^<!-- skip/:1: error: a "skip" with text in it | edit COOKIES '/^## How/ i <!-- skip: x -->\n'
a topic that is none | 65 | COOKIES:/^<!-- states/:1: error: unknown topic "cats" | edit COOKIES '/^## How/ i <!-- states: cats -->\n'
a topic with no block after it | 65 | COOKIES:/^<!-- states/:1: error: a "states: rights" with no block after it | edit COOKIES '$ a <!-- states: rights -->'
a link to no file | 65 | COOKIES:/^.x./:1: error: the link terms.md has no target on this site | edit COOKIES '$ a \\n[x](terms.md)'
a link to a path of the site | 65 | COOKIES:/^.x./:1: error: the link /en/cookies/ has no target on this site | edit COOKIES '$ a \\n[x](/en/cookies/)'
a link to no document | 65 | COOKIES:/^.x./:1: error: the link ../terms/ has no target on this site | edit COOKIES '$ a \\n[x](../terms/)'
a link to no revision | 65 | COOKIES:/^.x./:1: error: the link ../privacy-policy/2025-01-01.md has no target | edit COOKIES '$ a \\n[x](../privacy-policy/2025-01-01.md)'
a link to no heading | 65 | COOKIES:/^.x./:1: error: no heading of cookies/2026-03-01.md has the id "top" | edit COOKIES '$ a \\n[x](#top)'
a link to no heading of another document | 65 | COOKIES:/^.x./:1: error: no heading of privacy-policy/2026-03-01.md has the id "top" | edit COOKIES '$ a \\n[x](../privacy-policy/#top)'
a purpose with a list of its own | 65 | POLICY:/<!-- purpose: booking/:4: error: purpose "booking" is in an item that has more than paragraphs | edit POLICY '/<!-- purpose: booking -->/ a \   - and more'
quotes within quotes | 65 | COOKIES:/^>>>/:101: error: nested too deep to be translated | printf '\n%0200000d\n' 0 | tr 0 '>' >>COOKIES

# Catalogues
a broken string | 65 | LOCALE_et/cookies.po:2:1: error: end-of-line within string | edit LOCALE_et/cookies.po '1 i msgid "open'
a broken keyword | 65 | LOCALE_et/cookies.po:/^mesgid/:1: error: keyword "mesgid" unknown | edit LOCALE_et/cookies.po '$ a mesgid "x"'
a catalogue of an unfinished merge | 65 | LOCALE_et/cookies.po:/^<<<<</:1: error: a merge left both wordings here: <<<<<<< HEAD | printf '<<<<<<< HEAD\nmsgid "x"\nmsgstr "y"\n=======\nmsgid "x"\nmsgstr "z"\n>>>>>>> theirs\n' >>LOCALE_et/cookies.po
no PO file at all | 65 | LOCALE_et/cookies.po:1:1: error: | echo hello >LOCALE_et/cookies.po
a missing catalogue of a document | 66 | LOCALE_et/cookies.po: error: the catalogue is missing | rm LOCALE_et/cookies.po
a missing catalogue of the site | 66 | LOCALE_ja/site.po: error: the catalogue is missing | rm LOCALE_ja/site.po
a fuzzy entry | 65 | LOCALE_ja/cookies.po:/^msgid "Cookies"/:1: error: a fuzzy translation is a guess | edit LOCALE_ja/cookies.po '/^msgid "Cookies"/ i #, fuzzy'
an empty entry | 65 | LOCALE_ja/cookies.po:/^msgid "Cookies"/:1: error: this message is not translated | edit LOCALE_ja/cookies.po '/^msgid "Cookies"/,/^msgstr/ s/^msgstr.*/msgstr ""/'
a message that a catalogue lacks | 65 | COOKIES:2:8: error: locale/ja/LC_MESSAGES/cookies.po does not have this message | edit COOKIES 's/^title:.*/title: Biscuits/'
a message in another context | 65 | COOKIES:/^A cookie/:1: error: locale/et/LC_MESSAGES/cookies.po does not have this message | edit COOKIES '/^A cookie/ i <!-- context: food -->'
a fuzzy entry of the site | 65 | LOCALE_et/site.po:/^msgid "Yes"/:1: error: this message is fuzzy | edit LOCALE_et/site.po '/^msgid "Yes"/ i #, fuzzy'
an empty entry of the site | 65 | LOCALE_et/site.po:/^msgid "Yes"/:1: error: this message is not translated | edit LOCALE_et/site.po '/^msgid "Yes"/,/^msgstr/ s/^msgstr.*/msgstr ""/'
a translation that lacks a variable | 65 | LOCALE_et/site.po:/^msgstr "Kehtib"/:9: error: the translation lacks {{effective}} | edit LOCALE_et/site.po '/^msgid "In force since/,/^msgstr/ s/^msgstr.*/msgstr "Kehtib"/'
a translation with a variable of its own | 65 | LOCALE_et/site.po:/^msgstr "{{yes/:9: error: the translation has {{yes}}, which the message does not have | edit LOCALE_et/site.po '/^msgid "Yes"/,/^msgstr/ s/^msgstr.*/msgstr "{{yes}}"/'
a blank entry | 65 | LOCALE_ja/cookies.po:/^msgid "Cookies"/:1: error: this message is not translated | edit LOCALE_ja/cookies.po '/^msgid "Cookies"/,/^msgstr/ s/^msgstr.*/msgstr " \\n\xe3\x80\x80"/'
a blank entry of the site | 65 | LOCALE_et/site.po:/^msgid "Yes"/:1: error: this message is not translated | edit LOCALE_et/site.po '/^msgid "Yes"/,/^msgstr/ s/^msgstr.*/msgstr " "/'
raw HTML in a translation | 65 | LOCALE_et/cookies.po:/^msgstr "<b>/:9: error: raw HTML never reaches a page: <b> | edit LOCALE_et/cookies.po '/^msgid "How to remove/,/^msgstr/ s/^msgstr.*/msgstr "<b>x"/'
a link that a translation adds | 65 | LOCALE_et/cookies.po:/^msgstr ".meid/:9: error: the translation has the link https://phish.example/, which the message does not have | edit LOCALE_et/cookies.po '/^msgid "How to remove/,/^msgstr/ s,^msgstr.*,msgstr "[meid](https://phish.example/)",'
an image that a translation adds | 65 | LOCALE_et/cookies.po:/^msgstr "x !/:11: error: the translation has the image https://evil.example/x.png, which the message does not have | edit LOCALE_et/cookies.po '/^msgid "How to remove/,/^msgstr/ s,^msgstr.*,msgstr "x ![](https://evil.example/x.png)",'
a link that is not safe in a translation | 65 | LOCALE_et/cookies.po:/^msgstr ".x/:9: error: a link to javascript:x is not safe | edit LOCALE_et/cookies.po '/^msgid "How to remove/,/^msgstr/ s/^msgstr.*/msgstr "[x](javascript:x)"/'
a link that a translation lacks | 65 | LOCALE_et/cookies.po:/^msgstr "Kuidas neid e/:9: error: the translation lacks the link x | edit COOKIES 's/^## How/## [How](x)/'; edit LOCALE_et/cookies.po 's/^msgid "How/msgid "[How](x)/'
code that a translation changes | 65 | LOCALE_et/cookies.po:/^msgstr ".y/:10: error: the translation has the code `y`, which the message does not have | edit COOKIES 's/^## How/## `x` How/'; edit LOCALE_et/cookies.po 's/^msgid "How/msgid "`x` How/; s/^msgstr "Kuidas/msgstr "`y` Kuidas/'
stars that a translation shows | 65 | LOCALE_et/cookies.po:/^msgstr "..x/:9: error: the translation has a star that is shown (*), which the message does not have | edit LOCALE_et/cookies.po '/^msgid "How to remove/,/^msgstr/ s/^msgstr.*/msgstr "**x"/'
two paragraphs in a translation | 65 | LOCALE_et/cookies.po:/^msgstr "x.n/:10: error: the translation has more than one paragraph | edit LOCALE_et/cookies.po '/^msgid "How to remove/,/^msgstr/ s/^msgstr.*/msgstr "x\\n\\ny"/'
a character as a number | 65 | LOCALE_et/cookies.po:/377/:9: error: a character written as a number | edit LOCALE_et/cookies.po '/^msgid "Cookies"/,/^msgstr/ s/^msgstr.*/msgstr "\\377"/'
a control character in a translation | 65 | LOCALE_et/site.po:/^msgstr "\\a"/:9: error: the character U+0007 cannot be shown on a page | edit LOCALE_et/site.po '/^msgid "Yes"/,/^msgstr/ s/^msgstr.*/msgstr "\\a"/'
the catalogue of another language | 65 | LOCALE_et/cookies.po:/^"Language: ja/:1: error: the header says that the language is "ja", not "et" | cp LOCALE_ja/cookies.po LOCALE_et/cookies.po
a catalogue in another charset | 65 | LOCALE_et/cookies.po:/^"Content-Type/:1: error: the header does not say that the file is UTF-8 | edit LOCALE_et/cookies.po 's/charset=UTF-8/charset=ISO-8859-1/'
a catalogue that is not UTF-8 | 65 | LOCALE_et/cookies.po:/^# bad/:7: error: byte 0xF5 is not UTF-8 | edit LOCALE_et/cookies.po '$ a # bad \xf5'
a catalogue of the site that is not UTF-8 | 65 | LOCALE_et/site.po:/^# bad/:7: error: byte 0xF5 is not UTF-8 | edit LOCALE_et/site.po '$ a # bad \xf5'

# Templates
no templates | 66 | templates/: error: cannot read: Not a directory | mv templates elsewhere; touch templates
an unknown slot | 65 | templates/start.html:1:2: error: unknown slot "nope" | edit templates/start.html '1 s/^/ {{nope}}/'
an unknown section | 65 | templates/start.html:1:1: error: unknown slot "nope" | edit templates/start.html '1 s/^/{{^nope}}{{\/nope}}/'
an unknown slot of a part | 65 | templates/parts/foot.html:1:1: error: unknown slot "nope" | edit templates/parts/foot.html '1 s/^/{{nope}}/'
an unknown slot in a message | 65 | templates/start.html:1:1: error: locale/et/LC_MESSAGES/site.po does not have this message | edit templates/start.html '1 s/^/{{#_}}{{nope}}{{\/_}}/'
an unknown slot of the endpoint's page | 65 | templates/choices/choices.html:1:1: error: unknown slot "nope" | edit templates/choices/choices.html '1 s/^/<%nope%>/'
an unknown slot of the text | 65 | templates/text.md:1:1: error: unknown slot "nope" | edit templates/text.md '1 s/^/{{nope}}/'
an unknown slot of nginx's settings | 65 | templates/nginx/teade.conf:1:1: error: unknown slot "nope" | edit templates/nginx/teade.conf '1 s/^/{{nope}}/'
an unknown part | 65 | templates/start.html:1:1: error: unknown partial "nope" | edit templates/start.html '1 s/^/{{>nope}}/'
a list as a slot | 65 | templates/start.html:1:1: error: slot "languages" is a list or an object | edit templates/start.html '1 s/^/{{languages}}/'
an unclosed section | 65 | templates/start.html:1:1: error: section "preview" is not closed | edit templates/start.html '1 s/^/{{#preview}}/'
an unclosed section of the endpoint's page | 65 | templates/choices/problem.html:1:1: error: section "preview" is not closed | edit templates/choices/problem.html '1 s/^/<%#preview%>/'
a section closed twice | 65 | templates/start.html:1:1: error: section "preview" is closed but not open | edit templates/start.html '1 s/^/{{\/preview}}/'
an unclosed tag | 65 | templates/start.html:/{{nope$/:1: error: the tag is not closed | edit templates/start.html '$ a {{nope'
an unclosed tag of the endpoint's page | 65 | templates/choices/problem.html:/<%nope$/:1: error: the tag is not closed | edit templates/choices/problem.html '$ a <%nope'
a tag in a message | 65 | templates/start.html:1:7: error: a message contains only words and variables | edit templates/start.html '1 s/^/{{#_}}{{#preview}}x{{\/preview}}{{\/_}}/'
a template that is not UTF-8 | 65 | templates/start.html:1:2: error: byte 0xFF is not UTF-8 | edit templates/start.html '1 s/^/x\xff/'
a style sheet that is not UTF-8 | 65 | templates/assets/style.css:1:1: error: byte 0xFF is not UTF-8 | edit templates/assets/style.css '1 s/^/\xff/'
a template that is not there | 65 | templates/start.html: error: the template is missing | rm templates/start.html
parts that are not there | 66 | templates/parts/: error: cannot read: No such file or directory | rm -r templates/parts
assets that are not there | 66 | templates/assets: error: cannot read: No such file or directory | rm -r templates/assets
END
while IFS='|' read -r name status finding mutation; do
    case $name in
    '' | '#'*) ;;
    *) check "$name" fault "$status" "$finding" "$mutation" ;;
    esac
done <"$tmp/rows"

rm -rf "$tmp/copy" && cp -R "$tmp/sound" "$tmp/copy" && mkdir -p "$tmp/mine" "$tmp/shut" &&
    echo mine >"$tmp/mine/thesis"
not='error: not a site, so it is not replaced'
check 'an output below a file' unwritable "$tmp/mine/thesis: error: cannot write there: Not a directory" \
    build "$tmp/mine/thesis/site"
check 'an output far below a file' unwritable "$tmp/mine/thesis/a: error: cannot write there: Not a directory" \
    build "$tmp/mine/thesis/a/b"
check 'an output in /proc' unwritable '/proc/site.stage: error: cannot write there: ' build /proc/site
check 'an output far down in /proc' unwritable '/proc/a: error: cannot write there: ' build /proc/a/b
check 'an output that is a file' unwritable "$tmp/mine/thesis: $not" build "$tmp/mine/thesis"
check 'an output that is no site' unwritable "$tmp/mine: $not" build "$tmp/mine"
check 'an output that is the content' unwritable "content: $not" build content
check 'a full disk' unwritable "$output.stage/public/en/index.html" full "$output"
if [ "$(id -u)" = 0 ]; then
    skip 'an output in a closed folder' 'root may write anywhere'
else
    check 'an output in a closed folder' unwritable \
        "$tmp/shut/site.stage: error: cannot write there: Permission denied" \
        closed "$tmp/shut/site"
fi

# Of words on the line of a comment the remedy is another one than of HTML.
remedy() { # LINES REMEDY
    rm -rf "$tmp/copy" && cp -R "$tmp/sound" "$tmp/copy" && cd "$tmp/copy" || return 1
    # shellcheck disable=SC2059
    printf "\n$1\n" >>content/cookies/2026-03-01.md
    run check
    is 'exit status' "$status" 1 && has "$tmp/out" "= remedy: $2"
}

own='put the comment on a line of its own'
check 'words behind a comment in an item' remedy '- <!-- note: x --> Words' "$own"
check 'words behind it in a quotation' remedy '> <!-- skip --> Words' "$own"
check 'words behind two comments' remedy '<!-- note: x --><!-- skip --> Words' "$own"
check 'a tag' remedy '<div>Words</div>' 'write it as Markdown'
check 'a comment that does not end' remedy '<!-- note: x' 'write it as Markdown'

check 'a day that is none' eval '! make -C "$root" -n run DAY=2026-13-01 >"$tmp/out" 2>"$tmp/err" </dev/null &&
    has "$tmp/err" "DAY=2026-13-01 is not a day; write YYYY-MM-DD" && has_not "$tmp/err" "invalid date"'
check 'a document that is none' eval '! (cd "$tmp/sound" && run revise nodoc 2027-01-10 && exit "$status") &&
    has "$tmp/err" "there is no document \"nodoc\""'
check 'line ends of another system' other_line_ends
check 'extraction of what is not sound' extract 65 \
    'content/cookies/2026-03-01.md:/^<b>/:1: error: raw HTML never reaches a page' unsound_extract
check 'extraction to a full disk' extract 73 'locale/site.pot: error: cannot write: No space left on device' \
    full_extract
check 'references' extracted

check 'help' helped '' build check extract render new status
check 'help for build' helped build --content --locale --templates --output --date --base-url --allow-untranslated \
    --draft
check 'help for check' helped check --content --locale --templates --date --base-url --allow-untranslated --draft \
    --gaps --json
check 'help for extract' helped extract --content --locale --templates --stdout
check 'help for render' helped render --catalog --lang
check 'help for status' helped status --content --locale --templates --date --json
check 'help for new' helped new --content --locale --templates
echo "1..$number"
