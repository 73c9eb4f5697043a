#!/bin/sh
# check.sh: what `teade check` tells of a sound site: gaps, which it never fills, and how
# programs hear of it.

. "$(dirname "$0")/../helpers/tap.sh"

# The findings of the real policy: each text once, sorted.
real() {
    cd "$root" && "$teade" check --gaps --date 2026-11-22 >"$tmp/out" 2>"$tmp/err"
    is 'exit status' $? 0 && sed -n 's/.*: warning: //p' "$tmp/out" | sort >"$tmp/got" &&
        cat >"$tmp/wanted" <<'END' && diff "$tmp/wanted" "$tmp/got"
gap: no block is marked as stating how long data are kept
gap: no block is marked as stating that consent can be withdrawn
gap: no block is marked as stating what applies to children
gap: no block is marked as stating what people may ask for: access, correction, erasure and the like
gap: no block is marked as stating where people may complain
gap: no block is marked as stating whether data go to other countries
gap: no block is marked as stating who receives the data
gap: purpose "notices" does not state how long its data are kept
gap: purpose "notices" does not state in which countries its data are kept
gap: purpose "notices" does not state which data it uses
gap: purpose "statistics" does not state how long its data are kept
gap: purpose "statistics" does not state in which countries its data are kept
gap: purpose "statistics" does not state which data it uses
gap: site.yaml does not state which country's law governs what is recorded
gap: the legal bases are assumed, the text does not state them
gap: there is no way to reach ASTRAX Co., Ltd.
gap: there is no way to reach ASTRAX HAWAII, LLC
gap: there is no way to reach ASTRAX INTERNATIONAL
gap: there is no way to reach Kokusai Space Service Co., Ltd.
END
}

demo() {
    cd "$here/site" && "$teade" check --gaps --templates ../../templates --date 2026-03-15 >"$tmp/out" 2>"$tmp/err"
    is 'exit status' $? 0 && sed -n 's/.*: warning: //p' "$tmp/out" | sort >"$tmp/got" &&
        cat >"$tmp/wanted" <<'END' && diff "$tmp/wanted" "$tmp/got"
gap: no block is marked as stating what applies to children
gap: no block is marked as stating whether data go to other countries
gap: purpose "newsletter" does not state how long its data are kept
gap: purpose "newsletter" does not state in which countries its data are kept
gap: purpose "newsletter" does not state which data it uses
gap: purpose "partner-offers" does not state how long its data are kept
gap: purpose "partner-offers" does not state in which countries its data are kept
gap: purpose "partner-offers" does not state which data it uses
gap: purpose "visitor-statistics" does not state how long its data are kept
gap: purpose "visitor-statistics" does not state in which countries its data are kept
gap: purpose "visitor-statistics" does not state which data it uses
gap: the text does not mention 24 months (consent_validity)
gap: the text does not mention 36 months (retention)
gap: the text does not state the legal basis of "research"
END
}

# What is announced does not fill a gap of what is in force, and a draft is nobody's yet.
announced() { # DATE GAPS-OF-THE-OLD GAPS-OF-THE-NEW
    rm -rf "$tmp/copy" && copy_site "$tmp/copy" && cd "$tmp/copy/content/privacy-policy" &&
        sed -e 's/2026-11-22/2026-11-24/' -e \
            's/^effective: .*/effective: 2026-11-28\nsummary: Kui seadus seda nõuab./' -e '/^basis_assumed/d' \
            -e 's/^Rakendame/<!-- states: retention -->\n&/' 2026-11-22.md >2026-11-24.md && cd ../.. || return 1
    "$teade" check --gaps --date "$1" >"$tmp/out" 2>"$tmp/err"
    is 'exit status' $? 0 &&
        is 'gaps of the old' "$(grep -c '^content/privacy-policy/2026-11-22.*: gap:' "$tmp/out")" "$2" &&
        is 'gaps of the new' "$(grep -c '^content/privacy-policy/2026-11-24.*: gap:' "$tmp/out")" "$3"
}

# A sound setting less is one more gap, at its place and with the field that wants it.
gap_of() { # REMEDY FINDING CHANGE
    rm -rf "$tmp/copy" && mkdir "$tmp/copy" &&
        cp -RL "$here/site/content" "$here/site/locale" "$root/templates" "$tmp/copy" &&
        cd "$tmp/copy" || return 1
    "$teade" check --gaps --date 2026-09-15 >"$tmp/before" 2>"$tmp/err"
    eval "$3"
    "$teade" check --gaps --date 2026-09-15 >"$tmp/out" 2>"$tmp/err"
    is 'exit status' $? 0 && has_not "$tmp/before" "$2" && has "$tmp/out" "$2" &&
        grep -F -A4 -e "$2" "$tmp/out" | grep 'remedy: ' | grep -qF -e "$1" || { cat "$tmp/out" && false; }
}

numbers() {
    rm -rf "$tmp/copy" && mkdir "$tmp/copy" &&
        cp -RL "$here/site/content" "$here/site/locale" "$root/templates" "$tmp/copy" &&
        cd "$tmp/copy" &&
        sed -i 's/^retention: .*/retention: 36/; s/^consent_v.*/consent_validity: 40/; s/^languages:.*/languages: [en]/' content/site.yaml &&
        printf '\nRecords go after 36 months, answers after 40.\n' >>content/cookies/2026-03-01.md || return 1
    "$teade" check --gaps --date 2026-09-15 >"$tmp/out" 2>"$tmp/err"
    is 'exit status' $? 0 && has_not "$tmp/out" 'speak of'
}

# Both streams to one place: what is said last stands last, and in no other line.
in_order() {
    for row in 1:1 40:40; do
        rm -rf "$tmp/copy" && copy_site "$tmp/copy" && cd "$tmp/copy" || return 1
        for i in $(seq "${row%:*}"); do
            printf '\n<!-- nonsense: it takes up some room, so that buffers fill, %s -->\n' "$i"
        done >>content/record-of-choices/2026-11-22.md
        "$teade" check --date 2026-11-22 2>&1 | cat >"$tmp/both"
        is 'the last line' "$(tail -n 1 "$tmp/both")" \
            "teade: $([ "${row#*:}" = 1 ] && echo '1 error' || echo "${row#*:} errors"), 0 warnings" &&
            is 'lines of another kind' "$(grep -Evc '^(content|teade|locale)|^ +[0-9]+ \||^ +(\||=)' "$tmp/both")" \
                0 || return 1
    done
}

# Without --gaps they are one line.
counted() { # LINE CHANGE
    rm -rf "$tmp/copy" && copy_site "$tmp/copy" && cd "$tmp/copy" && eval "$2" || return 1
    "$teade" check --date 2026-11-22 >"$tmp/out" 2>"$tmp/err"
    is 'exit status' $? 0 && has_not "$tmp/out" 'gap:' && has "$tmp/err" "teade: $1"
}

# One that is accepted is not listed; one that is none is told.
accepted() { # NAME... LISTED
    rm -rf "$tmp/copy" && copy_site "$tmp/copy" && cd "$tmp/copy" && echo 'accepted_gaps:' >>content/site.yaml ||
        return 1
    while [ $# -gt 1 ]; do
        echo "  $1: the companies are asked" >>content/site.yaml
        shift
    done
    "$teade" check --gaps --date 2026-11-22 >"$tmp/out" 2>"$tmp/err"
    is 'exit status' $? 0 && is gaps "$(grep -c 'gap:' "$tmp/out")" "$1"
}

no_such_gap() {
    accepted complaints 19 &&
        has "$tmp/out" 'content/site.yaml:34:3: warning: no missing statement has the name "complaints"' &&
        accepted complaint legal-basis.notices 18 &&
        has "$tmp/out" 'no missing statement has the name "legal-basis.notices"'
}

unreasoned() {
    accepted complaint 18 && sed -i 's/^  complaint: .*/  complaint:/' content/site.yaml
    "$teade" check --date 2026-11-22 >"$tmp/out" 2>"$tmp/err"
    is 'exit status' $? 1 && has "$tmp/out" 'a value is required here'
}

# A version that is over is no longer warned of; a draft's faults are told once.
over() { # DATE WARNINGS
    rm -rf "$tmp/copy" && copy_site "$tmp/copy" && cd "$tmp/copy/content/privacy-policy" &&
        sed -e 's/2026-11-22/2026-11-24/' -e \
            's/^effective: .*/effective: 2026-11-28\nsummary: Kui seadus seda nõuab./' 2026-11-22.md >2026-11-24.md &&
        printf '\n## Kontakt\n\n## Kontakt\n' >>2026-11-22.md && cd ../.. || return 1
    "$teade" check --allow-untranslated --date "$1" >"$tmp/out" 2>"$tmp/err"
    is warnings "$(grep -c '2026-11-22.md.*warning: two headings have the id' "$tmp/out")" "$2"
    "$teade" extract --content content 2>"$tmp/err" && has_not "$tmp/err" warning
}

once() {
    rm -rf "$tmp/copy" && copy_site "$tmp/copy" && cd "$tmp/copy" && for file in content/*/2026-11-22.md; do
        sed -e 's/2026-11-22/2999-01-01/; s/^class/summary: x\n&/; s/^basis: .*//' "$file" >"${file%/*}/2999-01-01.md"
    done && printf '\n## Kontakt\n\n## Kontakt\n' >>content/privacy-policy/2026-11-22.md &&
        sed 's/2999-01-01/2999-01-02/; /^authoritative/d' content/privacy-policy/2999-01-01.md \
            >content/privacy-policy/2999-01-02.md &&
        echo '#, fuzzy' >>locale/ja/LC_MESSAGES/site.po || return 1
    "$teade" check --allow-untranslated >"$tmp/out" 2>"$tmp/err"
    grep '^[^ ].*warning:' "$tmp/out" | sort >"$tmp/all" && sort -u "$tmp/all" | diff "$tmp/all" - &&
        has "$tmp/all" 'key "authoritative" is missing' &&
        has "$tmp/err" "0 errors, $(wc -l <"$tmp/all") warning"
}

build_is_silent() {
    cd "$root" && "$teade" build --output "$tmp/site" --date 2026-11-22 2>"$tmp/err" && has_not "$tmp/err" gap
}

# shellcheck disable=SC2016 # Perl's variables
json() {
    cd "$root" && "$teade" check --json --gaps --date 2026-11-22 >"$tmp/out" 2>"$tmp/err"
    is 'exit status' $? 0 && perl -MJSON::PP -ne '
        $_ = decode_json($_);
        print "$_->{file}:$_->{line}:$_->{column}: $_->{severity}: $_->{text}\n$_->{source}\n$_->{remedy}\n"
            if $_->{text} =~ /assumed/' "$tmp/out" >"$tmp/got" && cat >"$tmp/wanted" <<'END' && diff "$tmp/wanted" "$tmp/got"
content/privacy-policy/2026-11-22.md:9:16: warning: gap: the legal bases are assumed, the text does not state them
basis_assumed: true
only a new version of the policy can state it; GDPR art. 13(1)(c); or give the reason to accept it in site.yaml: accepted_gaps: {legal-basis: …}
END
}

# Whatever is wrong, each line is an object with what people are told, and the exit status is theirs.
# shellcheck disable=SC2016
json_fault() { # FAULT TEXT-OF-THE-FIRST
    rm -rf "$tmp/copy" && copy_site "$tmp/copy" && cd "$tmp/copy" && eval "$1" || return 1
    "$teade" check --json --date 2026-11-22 >"$tmp/out" 2>"$tmp/err"
    is 'exit status' $? 1 && perl -MJSON::PP -ne '
        $_ = decode_json($_);
        print join(":", grep { defined } @$_{qw(file line column severity text)}), "\n" if $. == 1 && $_->{remedy};
        die unless $_->{severity} =~ /^(error|warning)$/ && defined $_->{line} == defined $_->{source}' \
        "$tmp/out" >"$tmp/got" && is first "$(cat "$tmp/got")" "$2"
}

# A header that a tool wrote for another language.
plurals() { # LANGUAGE WANTED SED
    rm -rf "$tmp/copy" && copy_site "$tmp/copy" && cd "$tmp/copy" &&
        sed -i "$3" "locale/$1/LC_MESSAGES/site.po" || return 1
    "$teade" check --date 2026-11-22 >"$tmp/out" 2>"$tmp/err"
    is 'exit status' $? 0 && is told "$(grep 'plural form' "$tmp/out" | sed 's/.*: warning: //')" "$2"
}

check 'gaps of the real policy' real
check 'gaps of the fictional one' demo
check 'gaps before a new version is published' announced 2026-11-23 14 0
check 'gaps while it is announced' announced 2026-11-25 14 12
check 'gaps once it is in force' announced 2026-11-28 0 12
check 'a build does not tell of gaps' build_is_silent
check 'gaps are one line' counted \
    '19 missing statements that the law or a record requires, and 0 accepted; `teade check --gaps` lists them' :
check 'some are accepted' counted '14 missing statements that the law or a record requires, and 5 accepted' \
    'printf "accepted_gaps: {contact: the companies name none, complaint: \"they are asked\"}\n" >>content/site.yaml'
check 'an accepted gap is not listed' accepted complaint 18
check 'one of a purpose' accepted personal-data.notices storage-locations.notices 17
check 'one that is none' no_such_gap
check 'one without a reason' unreasoned
check 'a version in force is warned of' over 2026-11-27 1
check 'a version that is over is not' over 2026-11-28 0
check 'what is wrong is told once' once
check 'two streams in one place are not torn' in_order
while IFS='|' read -r name lost new change; do
    check "a gap of $name" gap_of "$lost" "$new" "$change"
done <<'END'
retention|retention:|content/site.yaml:2:1: warning: gap: site.yaml does not state how long records are kept|sed -i '/^retention/d' content/site.yaml
a jurisdiction|add jurisdiction:|content/site.yaml:2:1: warning: gap: site.yaml does not state which country's law governs what is recorded|sed -i '/^jurisdiction/d' content/site.yaml
storage locations|storage_locations:|content/privacy-policy/2026-09-01.md:11:3: warning: gap: purpose "newsletter" does not state in which countries its data are kept|sed -i '/^    storage_locations: .EE, FI/d' content/privacy-policy/2026-09-01.md
a period|retention_period: P25M|content/privacy-policy/2026-09-01.md:20:3: warning: gap: purpose "visitor-statistics" does not state how long its data are kept|sed -i '/^    retention_period: P25M/d' content/privacy-policy/2026-09-01.md
an address|(party_address)|content/site.yaml:9:5: warning: gap: there is no address of Kuukivi Observatory OÜ|sed -i '/^    address/d' content/site.yaml
a contact|(party_contact)|content/site.yaml:9:5: warning: gap: there is no e-mail address or telephone number of Kuukivi Observatory OÜ|sed -i '/^    email/d; /^    phone/d' content/site.yaml
both|(party_address, party_contact)|content/site.yaml:9:5: warning: gap: there is no way to reach Kuukivi Observatory OÜ|sed -i '/^    address/d; /^    email/d; /^    phone/d' content/site.yaml
personal data|(pii_information)|content/privacy-policy/2026-09-01.md:11:3: warning: gap: purpose "newsletter" does not state which data it uses|sed -i '/^    personal_data: Em/d' content/privacy-policy/2026-09-01.md
personal data of a recipient|for each recipient|content/privacy-policy/2026-09-01.md:24:3: warning: gap: purpose "partner-offers" does not state which data it uses|sed -i '/^        personal_data: .Phys/d' content/privacy-policy/2026-09-01.md
a number of the record of choices|site.yaml|content/cookies/2026-03-01.md: warning: gap: the text does not mention 18 months (retention)|sed -i 's/^retention: .*/retention: 18/' content/site.yaml
a part of a number|site.yaml|content/cookies/2026-03-01.md: warning: gap: the text does not mention 40 months (retention)|sed -i 's/^retention: .*/retention: 40/' content/site.yaml
END
check 'no gap of a number that is there' numbers
check '--json' json
check '--json of a file that is missing' json_fault 'rm content/site.yaml' \
    'content/site.yaml:error:cannot read: No such file or directory'
policy=content/privacy-policy/2026-11-22.md
check '--json of what is not UTF-8' json_fault "printf 'a\\377\\n' >>$policy" \
    "$policy:107:2:error:byte 0xFF is not UTF-8"
check '--json of quotes and tabs' json_fault "printf '\\n<b>\"\\\\\\\\\\t</b>\\n' >>$policy" \
    "$policy:108:1:error:raw HTML never reaches a page: <b>"
check 'plural forms of Japanese' plurals ja 'the header gives "ja" 2 plural forms, CLDR 1' 's/nplurals=1/nplurals=2/'
check 'plural forms of Estonian' plurals et 'the header gives "et" 1 plural form, CLDR 2' 's/nplurals=2/nplurals=1/'
check 'no plural forms where there are no plurals' plurals et '' '/Plural-Forms/d'

# Wording that may be more than wording.
editorial() {
    rm -rf "$tmp/copy" && mkdir "$tmp/copy" &&
        cp -RL "$here/site/content" "$here/site/locale" "$root/templates" "$tmp/copy" &&
        cd "$tmp/copy" && sed -i 's/^languages: .*/languages: [en]/' content/site.yaml &&
        sed -i 's/^6\. Studying how far/6. Studying why and how far/' content/privacy-policy/2026-0[579]*.md &&
        "$teade" check --date 2026-06-15 >"$tmp/out" 2>"$tmp/err" &&
        has "$tmp/out" 'content/privacy-policy/2026-05-04.md:29:3: warning: an editorial version changes the words of purpose "research"' &&
        is warnings "$(grep -c 'warning: an editorial' "$tmp/out")" 1 || return 1
    "$teade" check --date 2026-09-15 >"$tmp/out" 2>"$tmp/err" && has_not "$tmp/out" 'an editorial'
}
check 'an editorial change of a purpose' editorial

# A draft is looked at before its day, when somebody asks.
draft() {
    rm -rf "$tmp/copy" && copy_site "$tmp/copy" && cd "$tmp/copy" &&
        "$teade" revise privacy-policy 2999-01-01 >"$tmp/out" &&
        sed -i 's/^class:/summary: Midagi uut.\n&/' content/privacy-policy/2999-01-01.md &&
        "$teade" check >"$tmp/out" 2>"$tmp/err" &&
        has "$tmp/out" 'content/privacy-policy/2999-01-01.md:6:10: warning: locale/ja/LC_MESSAGES/privacy-policy.po does not have this message' &&
        "$teade" check --date 2026-11-22 >"$tmp/out" 2>"$tmp/err" && has_not "$tmp/out" 2999 &&
        "$teade" build --output "$tmp/site" 2>"$tmp/err" && has_not "$tmp/err" 2999
}
check 'a draft before its day' draft

# Sound Markdown that a page would show otherwise than it was meant, in the source and in a translation.
otherwise() {
    rm -rf "$tmp/copy" && copy_site "$tmp/copy" && cd "$tmp/copy" || return 1
    printf '\n12. detsembril\n\n(a) nimi;\n(b) aadress.\n\nVaata ~~siia~~ või kirjuta a@b.example.\n' >>"$policy"
    printf '\nmsgid "detsembril"\nmsgstr "15. december"\n' >>locale/ja/LC_MESSAGES/privacy-policy.po
    "$teade" check --date 2026-11-22 >"$tmp/out" 2>"$tmp/err"
    has "$tmp/out" 'warning: this begins a list with the number 12' &&
        has "$tmp/out" 'warning: lines that begin with list signs are shown as one paragraph' &&
        has "$tmp/out" 'warning: "~~siia~~" is shown as it is: strike-through is not supported' &&
        has "$tmp/out" 'warning: "a@b.example" is shown as it is: an address by itself is not a link' &&
        has_not "$tmp/out" 'this would be a list'
}
check 'what a page would show otherwise' otherwise

# What lies beside the documents: passed over, told once, and no error.
beside() { # FINDING CHANGE
    rm -rf "$tmp/copy" && copy_site "$tmp/copy" && cd "$tmp/copy" && eval "$2" || return 1
    "$teade" check --date 2026-11-22 >"$tmp/out" 2>"$tmp/err"
    is 'exit status' $? 0 && is warnings "$(grep -c ': warning: ' "$tmp/out")" 1 && has "$tmp/out" "$1" &&
        has "$tmp/out" '= remedy: '
}
while IFS='|' read -r name finding change; do
    check "beside the documents: $name" beside "$finding" "$change"
done <<'END'
a folder that site.yaml does not name|content/terms: warning: "terms" is not listed in site.yaml: nothing in it is published|cp -r content/privacy-policy content/terms
a folder of drafts|content/new: warning: "new" is not listed in site.yaml|mkdir content/new && echo Text >content/new/text.md
what was published of a document that is not named|content/terms: warning: "terms" is not listed in site.yaml|mkdir -p content/terms/published
a copy of a folder|content/terms.old: warning: a backup copy: it is ignored|cp -r content/privacy-policy content/terms.old
a copy of site.yaml|content/site.yaml~: warning: a backup copy|cp content/site.yaml content/site.yaml~
a file of the system|content/.DS_Store: warning: a file of the operating system|touch content/.DS_Store
a copy of a version|content/privacy-policy/2026-11-22 (conflicted copy).md: warning: a copy of a file that was changed in two places|cp content/privacy-policy/2026-11-22.md "content/privacy-policy/2026-11-22 (conflicted copy).md"
a version that is open in an editor|content/privacy-policy/.#2026-11-22.md: warning: the lock or swap file of an editor|ln -s mari@host.17 content/privacy-policy/.#2026-11-22.md
END
quiet_beside() {
    rm -rf "$tmp/copy" && copy_site "$tmp/copy" && cd "$tmp/copy" && echo Text >content/README.md &&
        mkdir content/pictures &&
        touch content/pictures/a.png content/.gitignore content/privacy-policy/.gitkeep || return 1
    "$teade" check --date 2026-11-22 >"$tmp/out" 2>"$tmp/err"
    is 'exit status' $? 0 && has_not "$tmp/out" ': warning: '
}
check 'beside the documents: what is nobody'"'"'s concern' quiet_beside
echo "1..$number"
