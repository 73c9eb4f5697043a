#!/bin/sh
# publish.sh: `teade publish` freezes what it puts online; from then on no word of it changes
# unseen.  What is served while it is killed has its test in publish_kill.sh.

. "$(dirname "$0")/../helpers/tap.sh"
POLICY=content/privacy-policy/2026-03-01.md
NEWEST=content/privacy-policy/2026-09-01.md
FROZEN=content/privacy-policy/published
REMEDY='correct the published words with teade publish --erratum'

# A fresh copy of tests/site, published on 2026-09-15, in the current folder.
published() {
    rm -rf "$tmp/copy" && cp -a "$tmp/published" "$tmp/copy" && cd "$tmp/copy" || exit 1
}

run() { # COMMAND [OPTION...]
    "$teade" "$@" >"$tmp/out" 2>"$tmp/err"
}

build() { # [DAY [OUTPUT]]
    run build --output "${2-site}" --date "${1-2026-09-15}"
}

publish() { # DAY [OPTION...]
    day=$1
    shift
    run publish --to site --date "$day" "$@"
}

# What stands for each file: its time and its place on the disk.
stand() { # FOLDER
    (cd "$1" && find . -type f -exec stat -c '%n %i %y' {} + | sort)
}

first() {
    cp -RL "$here/site/content" "$here/site/locale" "$root/templates" "$tmp/published" &&
        cd "$tmp/published" && publish 2026-09-15 && has "$tmp/err" '18 texts frozen' &&
        is 'frozen texts' "$(find content -name '*.md' -path '*/published/*' | wc -l)" 18
}

# Frozen or not, the pages are those of tests/site/golden.
same_pages() {
    published
    perl "$here/helpers/fold.pl" unfold "$here/site/golden" "$tmp/golden" &&
        diff -r -x '*.gz' -x '*.br' "$tmp/golden" site && rm -rf content/*/published && build 2026-09-15 x &&
        diff -r -x '*.gz' -x '*.br' site x
}

# The file's bytes are what the digest is of, and they are the text that the endpoint has.
digests() {
    published
    for text in content/*/published/*.md; do
        digest=$(sha256sum <"$text" | cut -c -64)
        cmp "$text" "site/private/texts/$digest.md" || return 1
    done
}

again() {
    published
    stand site >"$tmp/before" && stand content >>"$tmp/before"
    publish 2026-09-15 && has "$tmp/err" ' 0 of them new' && has_not "$tmp/err" frozen || return 1
    stand site >"$tmp/after" && stand content >>"$tmp/after"
    diff "$tmp/before" "$tmp/after"
}

# A word changes, where it is frozen: all three commands say so, and nothing is touched.
refused() { # FINDING DIFFERENCE CHANGE
    published
    stand site >"$tmp/before"
    eval "$3"
    find content -type f -exec sha256sum {} + | sort >"$tmp/content"
    for command in build check publish; do
        case $command in
        build) build ;;
        check) run check --date 2026-09-15 && false ;;
        publish) publish 2026-09-15 ;;
        esac
        status=$?
        cat "$tmp/out" >>"$tmp/err"
        [ $status != 0 ] && has "$tmp/err" "$1" && has "$tmp/err" "$2" && has "$tmp/err" '= remedy: ' ||
            { echo "$command: $status" && cat "$tmp/err" && return 1; }
    done
    stand site | diff "$tmp/before" - && find content -type f -exec sha256sum {} + | sort | diff "$tmp/content" -
}

line() { # FILE REGEX: the first line that matches
    grep -n -m1 -e "$2" "$1" | cut -d : -f 1
}

# What a catalogue lost since is in the frozen text.
lost_translation() {
    published
    stand site >"$tmp/before"
    msgattrib --set-fuzzy locale/ja/LC_MESSAGES/cookies.po -o "$tmp/po" &&
        cp "$tmp/po" locale/ja/LC_MESSAGES/cookies.po &&
        build && stand site | diff "$tmp/before" -
}

# What stands beside the texts and in records alone may come, go and change; no text does.
beside() { # CHANGE WORDS-OF-THE-PAGE WORDS-OF-THE-MANIFEST
    published
    (cd site/private/texts && sha256sum ./*) >"$tmp/texts"
    cp -a content content.old && eval "$1"
    publish 2026-09-15 && has_not "$tmp/err" frozen && (cd site/private/texts && sha256sum ./*) | diff "$tmp/texts" - &&
        diff -r -x site.yaml -x 2026-03-01.md content.old content || return 1
    for page in site/public/en/privacy-policy/index.html site/private/pages/en/choices.html; do
        if [ "$2" ]; then has $page "$2"; else has_not $page 'class="children"'; fi || return 1
    done
    tr -d ' \n' <site/private/manifest.json >"$tmp/manifest" && has "$tmp/manifest" "$3"
}

# The catalogue of a new revision goes on; the pages of the old ones do not notice.
new_catalogue() {
    rm -rf "$tmp/copy" "$tmp/x" "$tmp/y" && cp -a "$tmp/published" "$tmp/copy" && cd "$tmp/copy" || return 1
    rm -rf content/*/published site && publish 2026-08-15 && is frozen "$(ls $FROZEN | grep -c 'md$')" 9 &&
        build 2026-08-20 x && build 2026-09-15 x.announced || return 1
    perl -0pi -e 's/(msgid "Transfers abroad"\nmsgstr ")[^"]*/$1別の見出し/' locale/ja/LC_MESSAGES/privacy-policy.po
    build 2026-08-20 y && build 2026-09-15 y.announced && diff -r x y || return 1
    # Once it is announced, a notice on every page names its digest.
    find x.announced y.announced -name '*.html' -exec sed -i '/name="digest"/d' {} +
    diff -rq -x '*.gz' -x '*.br' x.announced/public y.announced/public |
        sed 's,Files x.announced/public/\(.*\) and .*,\1,' |
        sort >"$tmp/differ"
    diff "$tmp/differ" - <<'END'
ja/privacy-policy/2026-09-01/about.jsonld
ja/privacy-policy/2026-09-01/index.html
ja/privacy-policy/changes/2026-03-01/2026-09-01/index.html
ja/privacy-policy/changes/2026-05-04/2026-09-01/index.html
ja/privacy-policy/changes/2026-07-01/2026-09-01/index.html
END
}

corrected() {
    published
    sed -i 's/^msgstr "統計：13か月間"/msgstr "統計：十三か月間"/' locale/ja/LC_MESSAGES/privacy-policy.po
    old=$(sha256sum <$FROZEN/2026-05-04.ja.md | cut -c -64)
    publish 2026-09-20 --erratum 'Numeral written as in the law' &&
        has "$tmp/err" 'warning: version 2026-05-04 of "privacy-policy" is corrected in "ja"' &&
        has "$tmp/err" '[-13-]{+十三+}' && has "$tmp/err" '2 texts frozen' || return 1
    new=$(sha256sum <$FROZEN/2026-05-04.ja.md | cut -c -64)
    is 'the old words' "$(sha256sum <$FROZEN/2026-05-04.ja.1.md | cut -c -64)" "$old" &&
        has $FROZEN/2026-05-04.ja.md '統計：十三か月間' &&
        has site/public/ja/privacy-policy/history/index.html 'Numeral written as in the law' &&
        has site/public/ja/privacy-policy/2026-05-04/index.html '訂正（2026年9月20日）' &&
        has_not site/public/et/privacy-policy/history/index.html 'Numeral' &&
        has site/public/ja/feed.xml '<updated>2026-09-19T21:00:00Z</updated>' &&
        cmp "site/private/texts/$old.md" $FROZEN/2026-05-04.ja.1.md &&
        [ -e "site/private/texts/$new.md" ] && publish 2026-09-21 && has_not "$tmp/err" 'frozen' || return 1
    sed -i 's/^msgstr "統計：十三か月間"/msgstr "統計：１３か月間"/' locale/ja/LC_MESSAGES/privacy-policy.po
    publish 2026-09-22 --erratum 'Once more' && ls $FROZEN/2026-05-04.ja.2.md &&
        is errata "$(grep -c 'class="erratum"' site/public/ja/privacy-policy/2026-05-04/index.html)" 2
}

# What status says of the version whose words were corrected.
status_says() { # COUNTS NEXT
    run status --date 2026-09-21 && grep '^privacy-policy *2026-05-04 .* ja ' "$tmp/out" | tr -s ' ' >"$tmp/row" &&
        is row "$(cat "$tmp/row")" "privacy-policy 2026-05-04 superseded ja $1${2:+ $2 in locale/ja/LC_MESSAGES/privacy-policy.po}"
}

# The reason is a message of the catalogue: extracted, translated, and marked until it is.
translated_reason() {
    published
    page=site/public/ja/privacy-policy/2026-05-04/index.html why='Numeral written as in the law' \
        translated='数字を法令の表記に改めました'
    sed -i 's/^msgstr "統計：13か月間"/msgstr "統計：十三か月間"/' locale/ja/LC_MESSAGES/privacy-policy.po
    publish 2026-09-20 --erratum "$why" &&
        has "$tmp/err" 'locale/ja/LC_MESSAGES/privacy-policy.po: warning: the reason of an erratum is not translated into "ja"' &&
        is warnings "$(grep -c 'reason of an erratum' "$tmp/err")" 1 && has $page "<span lang=\"en\">$why</span></p>" &&
        has site/public/ja/privacy-policy/history/index.html "<span lang=\"en\">$why</span></p>" &&
        has_not site/public/ja/feed.xml "$why" &&
        status_says '40 of 41' 'teade po; translate 1' && run extract &&
        grep -A1 '2026-05-04.json:erratum' locale/privacy-policy.pot | has - "msgid \"$why\"" || return 1
    printf '\n#, fuzzy\nmsgid "%s"\nmsgstr "%s"\n' "$why" "$translated" >>locale/ja/LC_MESSAGES/privacy-policy.po
    run check --date 2026-09-21 && has "$tmp/out" 'privacy-policy.po:' && has "$tmp/out" 'reason of an erratum' &&
        status_says '40 of 41' 'confirm 1' || return 1
    sed -i '/^#, fuzzy$/d' locale/ja/LC_MESSAGES/privacy-policy.po
    publish 2026-09-20 && has_not "$tmp/err" 'reason of an erratum' && has $page "$translated</p>" &&
        has_not $page "$why" &&
        has site/public/ja/feed.xml "$translated" && status_says '41 of 41'
}

# In the language that the document is written in it stands as it is, and so where it was translated before.
reason_known() {
    published
    sed -i 's/^- Bookings: two/- Bookings: 2/' content/privacy-policy/2026-0*.md
    sed -i 's/^msgid "Bookings: two/msgid "Bookings: 2/; s/^msgstr "Broneeringud: kaks/msgstr "Broneeringud: 2/' \
        locale/*/LC_MESSAGES/privacy-policy.po
    printf '\nmsgid "A numeral"\nmsgstr "Arv"\n' >>locale/et/LC_MESSAGES/privacy-policy.po
    publish 2026-09-20 --erratum 'A numeral' && has_not "$tmp/err" 'reason of an erratum' &&
        has site/public/en/privacy-policy/2026-05-04/index.html ': A numeral</p>' &&
        has site/public/et/privacy-policy/2026-05-04/index.html ': Arv</p>' &&
        has_not site/public/ja/privacy-policy/2026-05-04/index.html 'class="erratum"'
}

# Killed between the words and their record, it goes on the next time.
interrupted() {
    published
    sed -i 's/^msgstr "統計：13か月間"/msgstr "統計：十三か月間"/' locale/ja/LC_MESSAGES/privacy-policy.po
    cp -a content "$tmp/content.before"
    publish 2026-09-20 --erratum 'Why' || return 1
    for id in 2026-03-01 2026-05-04; do
        cp "$tmp/content.before/privacy-policy/published/$id.json" $FROZEN/
    done
    rm -rf "$tmp/content.before"
    publish 2026-09-20 --erratum 'Why' && has "$tmp/err" '2 texts frozen' && publish 2026-09-21 &&
        is errata "$(grep -c '"why"' $FROZEN/2026-05-04.json)" 1
}

unreadable() { # what cannot be read back as it is
    rm -rf "$tmp/copy" && cp -a "$tmp/published" "$tmp/copy" && cd "$tmp/copy" && rm -rf content/*/published || return 1
    sed -i 's/^msgstr "Statistika: kolmteist kuud"/msgstr "**Statistika:**kolmteist kuud"/' \
        locale/et/LC_MESSAGES/privacy-policy.po
    sed -i 's/^- Statistics: thirteen/- **Statistics:** thirteen/' content/privacy-policy/2026-0[35]*.md
    sed -i 's/^msgid "Statistics: thirteen months"/msgid "**Statistics:** thirteen months"/' \
        locale/*/LC_MESSAGES/privacy-policy.po
    publish 2026-09-15
    is status $? 65 && has "$tmp/err" 'this cannot be frozen: written as CommonMark and read again, it is not the same in "et"' &&
        ! ls content/*/published 2>/dev/null
}

half_translated() {
    rm -rf "$tmp/copy" && cp -a "$tmp/published" "$tmp/copy" && cd "$tmp/copy" && rm -rf content/*/published site ||
        return 1
    sed -i 's/^msgstr "統計：13か月間"/msgstr ""/' locale/ja/LC_MESSAGES/privacy-policy.po
    publish 2026-09-15
    is status $? 65 && has "$tmp/err" 'this message is not translated' && [ ! -e site ]
}

# What the endpoint does not take does not go online.
refused_by_endpoint() { # WORDS OPTION...
    words=$1
    shift
    published
    rm -rf content/*/published && { stand site && stand content; } >"$tmp/before"
    publish 2026-10-15 "$@"
    is status $? 75 && has "$tmp/err" "$words" && has "$tmp/err" 'nothing is frozen' &&
        { stand site && stand content; } | diff "$tmp/before" - && [ ! -e site.stage ]
}

# The texts cannot take their place: the endpoint goes back to the site that is served.
told_again() {
    published
    rm -rf content/*/published && stand site >"$tmp/before" || return 1
    publish 2026-10-15 --reload "cat site/private/manifest.json >>told; echo \$TEADE_MANIFEST >>digests; mkdir -p $FROZEN/2026-09-01.en.md"
    is status $? 73 && has "$tmp/err" "$FROZEN/2026-09-01.en.md: error: cannot write" && stand site |
        diff "$tmp/before" - &&
        is reloads "$(grep -c '"version"' told)" 2 &&
        tail -n "$(wc -l <site/private/manifest.json)" told | cmp - site/private/manifest.json &&
        is digests "$(wc -l <digests) $(tail -n 1 digests)" "2 $(sha256sum <site/private/manifest.json | cut -c -64)"
}

# It counts for nobody, and the next publish removes it.
prepared() {
    published
    cp -a content "$tmp/content.before" && mkdir $FROZEN/next &&
        cp $FROZEN/2026-05-04.ja.md $FROZEN/next/2026-05-04.et.md &&
        echo half >$FROZEN/next/2026-05-04.json.17.tmp && build && publish 2026-09-20 &&
        diff -r content "$tmp/content.before" && rm -rf "$tmp/content.before"
}

corrects_nothing() {
    published
    stand site >"$tmp/before" && stand content >>"$tmp/before"
    publish 2026-09-20 --erratum 'Why'
    is status $? 65 && has "$tmp/err" '--erratum has nothing to correct' && { stand site && stand content; } |
        diff "$tmp/before" -
}

told() {
    published
    publish 2026-10-15 --reload "cp site/private/manifest.json told; cmp -s site/public/en/feed.xml '$tmp/published/site/public/en/feed.xml'" &&
        cmp told site/private/manifest.json &&
        ! cmp -s site/public/en/index.html "$tmp/published/site/public/en/index.html"
}

# 50 versions in three languages, and one word of a translation.
one_word_of_many() {
    rm -rf "$tmp/copy" && mkdir "$tmp/copy" &&
        cp -RL "$here/site/content" "$here/site/locale" "$root/templates" "$tmp/copy" &&
        cd "$tmp/copy" && rm content/*/2026-0[5-9]*.md || return 1
    for number in $(seq 2 50); do
        day=$(date -u -d "2026-03-01 + $number days" +%F)
        sed -e "s/^published: .*/published: $day/; s/^effective: .*/effective: $day\nsummary: Your rights/" \
            -e "s/^- Statistics: thirteen/- Statistics: version $number, thirteen/" $POLICY \
            >content/privacy-policy/"$day".md
        for language in et ja; do
            printf '\nmsgid "Statistics: version %s, thirteen months"\nmsgstr "S: %s"\n' "$number" "$number" \
                >>locale/$language/LC_MESSAGES/privacy-policy.po
        done
    done
    build 2026-09-15 && touch "$tmp/then" && sleep 0.1 || return 1
    sed -i 's/^msgstr "S: 17"/msgstr "S: seitseteist"/' locale/et/LC_MESSAGES/privacy-policy.po
    cp -a site "$tmp/old" && build || return 1
    find site -type f -newer "$tmp/then" | sort >"$tmp/new"
    diff -rq "$tmp/old" site |
        sed 's/^Files .* and \(.*\) differ/\1/; s/^Only in \(site[^:]*\): /\1\//; /^Only in/d' | sort >"$tmp/differ"
    rm -rf "$tmp/old"
    cat "$tmp/new"
    diff "$tmp/differ" "$tmp/new" && grep -v -e "seitseteist" -e '\.gz$' -e '\.br$' -e manifest.json "$tmp/new" |
        grep -v jsonld | while read -r file; do grep -q seitseteist "$file" || { echo "without it: $file" &&
        exit 1; }; done
}

body() { # FILE: behind its settings
    sed '1,/^---$/{1d}' "$1" | sed '1,/^---$/d'
}

# It begins with what it will follow, in force by then or not.
revised() {
    published
    run revise privacy-policy 2026-12-01 --date 2026-09-15 && new=content/privacy-policy/2026-12-01.md &&
        body $new >"$tmp/new" && body $NEWEST | diff - "$tmp/new" && [ -s "$tmp/new" ] &&
        has $new 'published: 2026-12-01' && has $new 'effective: 2026-12-01' && has $new 'class: notify' &&
        has_not $new 'summary:' && has_not $new 'reconsent' &&
        has "$tmp/out" "$new is a copy of 2026-09-01" || return 1
    run revise privacy-policy 2026-12-01 --date 2026-09-15
    is status $? 73 && has "$tmp/err" 'this version already exists'
}

# What is wrong with a draft is nobody's concern until its day: the site goes on every day.
drafted() { # CHANGE FINDING
    published
    run revise privacy-policy 2026-12-01 --date 2026-09-15 && new=content/privacy-policy/2026-12-01.md && eval "$1" ||
        return 1
    publish 2026-10-15 && has site/public/en/privacy-policy/index.html '/en/privacy-policy/2026-09-01/' ||
        { cat "$tmp/err" && return 1; }
    run status --date 2026-10-15 && has "$tmp/out" '2026-09-01  in force' || return 1
    publish 2026-12-01
    is status $? 65 && has "$tmp/err" "$2"
}

misused() { # STATUS WORDS COMMAND...
    wanted=$1 words=$2
    shift 2
    published
    run "$@"
    is status $? "$wanted" && has "$tmp/err" "$words"
}

mkdir "$tmp/published"
check 'the first time' first
check 'frozen pages are the pages' same_pages
check 'a frozen text is what its digest is of' digests
check 'the second time' again
while IFS='|' read -r name finding difference change; do
    check "refused: $name" refused "$(cd "$tmp/published" && eval "echo \"$finding\"")" "$difference" "$change"
done <<'END'
a word of the source|$POLICY:90:3: error: version 2026-03-01 of \"privacy-policy\" is published and its words in \"en\" are frozen|Bookings: [-two-]{+three+} years after the stay|sed -i 's/^- Bookings: two/- Bookings: three/' $POLICY
a word of a translation|locale/ja/LC_MESSAGES/privacy-policy.po:$(line locale/ja/LC_MESSAGES/privacy-policy.po 'msgid "Statistics: thirteen'):1: error: version 2026-05-04 of \"privacy-policy\" is published and its words in \"ja\" are frozen|統計：[-13-]{+12+}か月間|sed -i 's/^msgstr "統計：13か月間"/msgstr "統計：12か月間"/' locale/ja/LC_MESSAGES/privacy-policy.po
a link of the source|$POLICY:|are frozen|sed -i 's,https://www.example.org/,https://www.example.com/,' $POLICY
a word and a link of a translation|/LC_MESSAGES/privacy-policy.po:|[-järelevalveasutusele-]{+muule asutusele+}|sed -i 's,\[järelevalveasutusele\](https://www.example.org/),[muule asutusele](https://www.example.com/),' locale/et/LC_MESSAGES/privacy-policy.po
a word of a translation that is fuzzy elsewhere|locale/ja/LC_MESSAGES/privacy-policy.po:|統計：[-13-]{+12+}か月間|sed -i 's/^msgstr "統計：13か月間"/msgstr "統計：12か月間"/; s/^msgid "Newsletter: until/#, fuzzy\n&/' locale/ja/LC_MESSAGES/privacy-policy.po
a word of a translation that lacks another|locale/ja/LC_MESSAGES/privacy-policy.po:|統計：[-13-]{+12+}か月間|sed -i 's/^msgstr "統計：13か月間"/msgstr "統計：12か月間"/; s/^msgid "Newsletter: until/msgid "Newsletters: until/' locale/ja/LC_MESSAGES/privacy-policy.po
a word of a translation that has HTML elsewhere|locale/ja/LC_MESSAGES/privacy-policy.po:|統計：[-13-]{+12+}か月間|sed -i 's/^msgstr "統計：13か月間"/msgstr "統計：12か月間"/; s/^msgstr "Kuukivi/msgstr "<b>Kuukivi/' locale/ja/LC_MESSAGES/privacy-policy.po
the second of two words|locale/et/LC_MESSAGES/privacy-policy.po:|Raamatupidamine: [-seitse-]{+kuus+}|sed -i 's/^msgstr "Broneeringud: kaks/msgstr "Broneeringud: kolm/; s/^msgstr "Raamatupidamine: seitse/msgstr "Raamatupidamine: kuus/' locale/et/LC_MESSAGES/privacy-policy.po
a title of a translation that is fuzzy elsewhere|locale/et/LC_MESSAGES/cookies.po:|[-Küpsised-]{+Präänikud+}|sed -i '0,/^msgstr "Küpsised"/ s//msgstr "Präänikud"/; s/^msgid "A cookie/#, fuzzy\n&/' locale/et/LC_MESSAGES/cookies.po
the address of a link|$POLICY:|(https://www.example.[-org-]{+com+}/)|sed -i 's,https://www.example.org/,https://www.example.com/,' $POLICY locale/*/LC_MESSAGES/privacy-policy.po
a space that breaks no line|locale/et/LC_MESSAGES/privacy-policy.po:|(U+0020 SPACE, now U+00A0 NO-BREAK SPACE)|sed -i 's/^msgstr "Broneeringud: kaks/msgstr "Broneeringud:\xc2\xa0kaks/' locale/et/LC_MESSAGES/privacy-policy.po
a decomposed letter|locale/et/LC_MESSAGES/privacy-policy.po:|(U+00E4 LATIN SMALL LETTER A WITH DIAERESIS, now U+0061 LATIN SMALL LETTER A + U+0308 COMBINING DIAERESIS)|sed -i 's/^msgstr "Broneeringud: kaks aastat pä/msgstr "Broneeringud: kaks aastat pa\xcc\x88/' locale/et/LC_MESSAGES/privacy-policy.po
a character that is not shown|locale/et/LC_MESSAGES/privacy-policy.po:|(nothing, now U+200B ZERO WIDTH SPACE)|sed -i 's/^msgstr "Broneeringud: ka/&\xe2\x80\x8b/' locale/et/LC_MESSAGES/privacy-policy.po
emphasis|$POLICY:|who works [-*only*-]{+only+} on our|sed -i 's/\*only\*/only/' $POLICY && sed -i '/^msgid/s/\*only\*/only/' locale/*/LC_MESSAGES/privacy-policy.po
the signs of a numbered list|$POLICY: error: version 2026-03-01|the numbers of a list: [-1.-]{+1)+}|sed -i 's/^\([1-6]\)\. /\1) /' $POLICY
the numbers of a list|$POLICY: error: version 2026-03-01|the numbers of a list: [-1.-]{+5.+}|sed -i 's/^1\. /5. /' $POLICY
a list without numbers|$POLICY: error: version 2026-03-01|the numbers of a list: [-1.-]{+-+}|sed -i 's/^[1-6]\. /-  /' $POLICY
the level of a heading|$POLICY:|##{+#+} Your rights|sed -i 's/^## Your rights/### Your rights/' $POLICY
a paragraph less|$POLICY: error: version 2026-03-01|[-We announce every change|sed -i '/^We announce every/,$d' $POLICY
a title|$POLICY:2:8: error: version 2026-03-01|Privacy [-policy-]{+notice+}|sed -i 's/^title: .*/title: Privacy notice/' $POLICY
a recipient|$NEWEST:32:9: error: version 2026-09-01|partner-offers.meteor: consent, Meteor Trails [-Inc-]{+Ltd+}|sed -i 's/Meteor Trails Inc/Meteor Trails Ltd/' $NEWEST
a basis|$NEWEST:42:3: error: version 2026-09-01|research: [-not-stated-]{+contract+}|sed -i '/^  research:/,/basis/ s/basis: .*/basis: contract/' $NEWEST
the day it takes effect|$NEWEST:5:12: error: version 2026-09-01 is published, with effective:|2026-10-15|sed -i 's/^effective: .*/effective: 2026-10-20/' content/privacy-policy/2026-09-01.md
its class|content/privacy-policy/2026-07-01.md:6:8: error: version 2026-07-01 is published, with class:|notify|sed -i 's/^class: .*/class: editorial/' content/privacy-policy/2026-07-01.md
no source|content/privacy-policy/published: error: version 2026-05-04 was published, and its source is missing or cannot be read||rm content/privacy-policy/2026-05-04.md
its summary|$NEWEST:7:10: error: version 2026-09-01|From [-15-]{+16+} October|sed -i 's/^summary: From 15/summary: From 16/' $NEWEST
the language that prevails|$NEWEST:|with authoritative:|sed -i 's/^authoritative: en/authoritative: et/' $NEWEST
a retraction of what has held|content/privacy-policy/2026-07-01.md:|with retracted:|sed -i 's/^class:/retracted: 2026-07-15\n&/' content/privacy-policy/2026-07-01.md
a retraction taken back|content/cookies/2026-06-01.md:|with retracted:|sed -i '/^retracted:/d' content/cookies/2026-06-01.md
the id of a heading|$POLICY: error: version 2026-03-01|[-who-we-are-]{+we+}|sed -i 's/^## Who we are/<!-- id: we -->\n&/' $POLICY
no Markdown at all|content/cookies: error: document \"cookies\" has no version||rm content/cookies/*.md
a frozen word|$FROZEN/2026-05-04.ja.md: error: a frozen text is not the one that was published||sed -i 's/13か月/12か月/' $FROZEN/2026-05-04.ja.md
a broken record|$FROZEN/2026-05-04.json: error: ||echo '{' >$FROZEN/2026-05-04.json
a record changed by hand|$FROZEN/2026-05-04.json: error: the record was changed after it was written||sed -i 's/"country": "US"/"country": "EE"/' $FROZEN/2026-05-04.json
a record of another revision|$FROZEN/2026-05-04.json: error: the record was changed after it was written||cp $FROZEN/2026-03-01.json $FROZEN/2026-05-04.json
errata that are forgotten|$FROZEN/2026-05-04.json: error: the record was changed after it was written||sed -i 's/"errata": \[\]/"errata": null/' $FROZEN/2026-05-04.json
a record of a newer release|$FROZEN/2026-05-04.json: error: the record has format version 2, and this program reads version 1||sed -i 's/"version": 1/"version": 2/' $FROZEN/2026-05-04.json
a sentence of the form|$(echo content/privacy-policy/2026-07-01.md): error: version 2026-07-01|are frozen|sed -i 's/^msgstr "No to all"/&/; s/{{#_}}No to all{{\/_}}/{{#_}}No{{\/_}}/' templates/text.md
END
while IFS='|' read -r name page manifest change; do
    check "beside the frozen texts: $name" beside "$change" "$page" "$manifest"
done <<'END'
children of one country|If your country is Estonia and you are younger than 13, please let a parent or guardian answer.|"version":5|sed -i 's/^children:.*/children: {EE: 13}/' content/site.yaml
children of a country with & in its name|(Bosnia &amp; Herzegovina: 16, Trinidad &amp; Tobago: 18, Japan: 18)|"version":5|sed -i 's/^children:.*/children: {BA: 16, TT: 18, JP: 18}/' content/site.yaml
no children||"version":5|sed -i '/^children:/d' content/site.yaml
other numbers|Estonia: 13|"consent_validity":12,"retention":6|sed -i 's/^retention.*/retention: 6/; s/^consent_validity.*/consent_validity: 12/' content/site.yaml
settings that records name|Estonia: 13|"jurisdiction":["LV","EE"],|sed -i 's/^jurisdiction.*/jurisdiction: [LV, EE]/' content/site.yaml
personal data|Estonia: 13|"personal_data":["EmailAddress","Age1"]|sed -i 's/^  newsletter:/&\n    personal_data: [EmailAddress, Age1]/' $POLICY
how long data are kept|Estonia: 13|"retention_period":"P1Y6M","storage_locations":["EE"]|sed -i 's/^  newsletter:/&\n    retention_period: P1Y6M\n    storage_locations: EE/' $POLICY
personal data for a recipient|Estonia: 13|"personal_data":["Name"]|sed -i 's/^      - id: randur/&\n        personal_data: Name/' $POLICY
END
# The same English words in the sources and in the catalogues, which go on translating them.
reworded() { # WORDS OTHER_WORDS
    old=$1 new=$2 perl -pi -e 's/\Q$ENV{old}\E/$ENV{new}/' content/privacy-policy/2026-*.md \
        locale/*/LC_MESSAGES/privacy-policy.po
}
# What an erratum cannot do.
no_slip() { # WORDS CHANGE
    published
    stand site >"$tmp/before"
    eval "$2"
    cp -a content "$tmp/content.before"
    publish 2026-09-20 --erratum 'Slip'
    status=$?
    diff -r content "$tmp/content.before" && rm -rf "$tmp/content.before" && stand site | diff "$tmp/before" - &&
        is status $status 65 && has "$tmp/err" "$1" && has_not "$tmp/err" ', ,' &&
        is 'the same error twice' "$(grep ': error: ' "$tmp/err" | sort | uniq -d)" ''
}
while IFS='|' read -r name words change; do
    check "no slip: $name" no_slip "$(cd "$tmp/published" && eval "echo \"$words\"")" "$change"
done <<'END'
a recipient|its questions are frozen: partner-offers.meteor: consent, [-Meteor Trails Inc.-]{+Data Brokers plc+}, US|sed -i 's/name: Meteor Trails Inc\./name: Data Brokers plc/' $NEWEST
a recipient's country|its questions are frozen: partner-offers.meteor: consent, Meteor Trails Inc., [-US-]{+CN+}|sed -i 's/country: US/country: CN/' $NEWEST
a recipient that is added|its questions are frozen: partner-offers.more: {+consent, More Inc., US+}|sed -i 's/^      - id: southern-sky/      - id: more\n        name: More Inc.\n        country: US\n        data: name and e-mail address\n&/' $NEWEST
a recipient that is removed|its questions are frozen: partner-offers.southern-sky: [-consent, Southern Sky Tours Ltd, NZ-]|sed -i '/- id: southern-sky/,/personal_data/d' $NEWEST
the data that a recipient gets|2026-09-01 of \"privacy-policy\" is published and its questions in \"en\" are frozen: partner-offers.meteor: postal address and year of [-birth-]{+marriage+}|sed -i 's/^\(        data: postal address and year of \)birth/\1marriage/' $NEWEST
these data in a translation|locale/et/LC_MESSAGES/privacy-policy.po:$(line locale/et/LC_MESSAGES/privacy-policy.po '^msgid .postal address and year of birth'):1: error: version 2026-09-01 of \"privacy-policy\" is published and its questions in \"et\" are frozen: partner-offers.meteor: |perl -0pi -e 's/(msgid "postal address and year of birth"\nmsgstr ")[^"]*/$1kogu raha/' locale/et/LC_MESSAGES/privacy-policy.po
a basis|its questions are frozen: newsletter: [-consent-]{+contract+}|sed -i '/^  newsletter:/,/basis/ s/basis: .*/basis: contract/' $NEWEST
the words of a question|content/privacy-policy/2026-09-01.md:|reworded 'Sending the newsletter **Night Sky** by e-mail, at most once a month.' 'Printing your address in a newspaper.'
the words of a question in a catalogue|locale/ja/LC_MESSAGES/privacy-policy.po:$(line locale/ja/LC_MESSAGES/privacy-policy.po '^msgid .Sending the newsletter'):1: error: version 2026-03-01 of \"privacy-policy\" is published and its questions in \"ja\" are frozen: |sed -i 's/月1回を限度として/毎日/' locale/ja/LC_MESSAGES/privacy-policy.po
a letter of a question|its questions in \"en\" are frozen: newsletter: Sending the newsletter Night Sky by [-e-mail-]{+email+}|reworded 'Sending the newsletter **Night Sky** by e-mail, at most' 'Sending the newsletter **Night Sky** by email, at most'
the words of an objection|its questions in \"en\" are frozen: |reworded 'Counting visits to this website, so that' 'Recording visits to this website, so that'
a second paragraph of a question|its questions in \"en\" are frozen: newsletter: |sed -i 's/^   <!-- purpose: newsletter -->/\n   We are closed on Mondays too.\n\n&/' $NEWEST; for language in et ja; do printf '\nmsgid "We are closed on Mondays too."\nmsgstr "Kinni."\n' >>locale/$language/LC_MESSAGES/privacy-policy.po; done
the item that states a purpose|its questions in \"en\" are frozen: visitor-statistics: [-Counting visits|perl -0pi -e 's/\n   <!-- purpose: visitor-statistics -->//; s/(4\. Counting[^\n]*)/$1\n   <!-- purpose: visitor-statistics -->/; s/3\. Keeping the accounts that the law requires of us\.\n   <!-- purpose: accounting -->\n/3. Keeping the accounts that the law requires of us.\n   <!-- purpose: visitor-statistics -->\n/; s/(4\. Counting[^\n]*\n)   <!-- purpose: visitor-statistics -->/$1   <!-- purpose: accounting -->/' $NEWEST
a question beside a correction|its questions in \"en\" are frozen: |sed -i 's/^- Bookings: two/- Bookings: 2/' content/privacy-policy/2026-0*.md; sed -i 's/Bookings: two/Bookings: 2/; s/Broneeringud: kaks/Broneeringud: 2/' locale/*/LC_MESSAGES/privacy-policy.po; reworded 'Counting visits to' 'Recording visits to'
a form that asks otherwise in a language|version 2026-07-01 of \"privacy-policy\" is published and its questions in \"et\" are frozen: the form's sentences: |perl -0pi -e 's/(msgid "Yes"\nmsgstr ")[^"]*/$1Ei ole vastu/' locale/et/LC_MESSAGES/site.po
a form that asks otherwise|its questions in \"ja\" are frozen: the form's sentences: |sed -i 's,^  {{#_}}Yes{{/_}} / {{#_}}No{{/_}},  {{#_}}No{{/_}} / {{#_}}Yes{{/_}},' templates/text.md
one language of three|version 2026-03-01 in \"et\" lacks the translation of what is corrected|sed -i 's/^- Bookings: two/- Bookings: three/' $POLICY
other questions in other languages|its questions are frozen: the order: [-newsletter, booking-]{+booking, newsletter+}|perl -0pi -e 's/(1\. <!-- note.*?newsletter -->\n)(2\. .*?booking -->\n)/"1. " . substr($2, 3) . "2. " . substr($1, 3)/se' content/privacy-policy/2026-07-01.md
END

# What it can correct although it stands in a purpose's item or in the form.
slip() { # WORDS CHANGE
    published
    eval "$2"
    publish 2026-09-20 --erratum 'Slip' && has "$tmp/err" "$1" && has "$tmp/err" 'texts frozen' || { cat "$tmp/err" &&
        return 1; }
}
while IFS='|' read -r name words change; do
    check "a slip: $name" slip "$words" "$change"
done <<'END'
a purpose that is stated and not asked|is corrected in "en": Making, changing [-and-]{+or+} cancelling|reworded 'Making, changing and cancelling' 'Making, changing or cancelling'
stars in a question|is corrected in "et": |perl -pi -e 's/\*\*(Night Sky|„Tähistaevas“|「星空」)\*\*/*$1*/' content/privacy-policy/*.md locale/*/LC_MESSAGES/privacy-policy.po
another address of who asks|is corrected in "ja"|sed -i '0,/email: .*/s//email: other@kuukivi.example/' content/site.yaml
another sentence of the form|is corrected in "et"|perl -0pi -e 's/(msgid "Your choices"\nmsgstr ")[^"]*/$1Sinu valikud/' locale/et/LC_MESSAGES/site.po
a question whose lines are broken elsewhere, beside a correction|is corrected in "en": Bookings|sed -i 's/^- Bookings: two/- Bookings: 2/; s/^\(   Sending the newsletter\) /\1\n   /' content/privacy-policy/2026-0*.md; sed -i 's/Bookings: two/Bookings: 2/; s/Broneeringud: kaks/Broneeringud: 2/' locale/*/LC_MESSAGES/privacy-policy.po
END

reasonless() { # WHY
    published
    run publish --to site --date 2026-09-20 --erratum "$1"
    is status $? 64 && has "$tmp/err" 'is not a sentence in UTF-8 that says why'
}
check 'an erratum without a reason' reasonless ' '
check 'a reason that is no UTF-8' reasonless "$(printf 'why\377')"

# The site that is served bears witness.
witnessed() { # FINDING CHANGE
    published
    stand site >"$tmp/before"
    eval "$2"
    publish "${day:-2026-09-20}"
    is status $? 65 && has "$tmp/err" "$1" && stand site | diff "$tmp/before" -
}
check 'served: frozen texts that were taken away' witnessed 'is served in "en" with words that are no longer in content' \
    "rm -rf content/*/published && sed -i 's/^- Bookings: two/- Bookings: three/' content/privacy-policy/2026-0*.md locale/*/*/*.po && sed -i 's/Bookings: two/Bookings: three/' locale/*/LC_MESSAGES/privacy-policy.po"
check 'served: a version that would go offline' witnessed \
    'version 2026-09-01 of "privacy-policy" is online and would no longer be served' 'day=2026-08-15'

check 'served: another address' witnessed \
    'the site is served at https://kuukivi.example, and its pages would name http://127.0.0.1:8080' \
    "sed -i 's,^base_url: .*,base_url: http://127.0.0.1:8080,' content/site.yaml"
check 'served: another scheme' witnessed 'remedy: give --base-url https://kuukivi.example; if the site moves' \
    "sed -i 's,^base_url: .*,base_url: http://localhost,' content/site.yaml"
check 'served: another port' witnessed 'and its pages would name https://kuukivi.example:8443' \
    "sed -i 's,^base_url: .*,base_url: https://kuukivi.example:8443,' content/site.yaml"
check 'served: a language less' witnessed 'language "ja" is online and would no longer be served' \
    "sed -i 's/, ja//' content/site.yaml"
check 'served: a document less' witnessed 'document "privacy-policy" is online and would no longer be served' \
    "sed -i 's/privacy-policy, //' content/site.yaml"

# What the editor says beforehand is done.
moved() {
    published
    publish 2026-09-20 --base-url https://www.example.org --move &&
        has site/private/manifest.json '"https://www.example.org"' &&
        publish 2026-09-20 --base-url https://www.example.org
}
withdrawn() { # NAME WORDS-THAT-REMAIN CHANGE
    published
    eval "$3"
    publish 2026-09-20 --withdraw "$1" && [ ! -e "site/public/$2" ] && publish 2026-09-21 || { cat "$tmp/err" &&
        return 1; }
    publish 2026-09-21 --withdraw "$1"
    is status $? 65 && has "$tmp/err" "--withdraw $1: no such language or document is served"
}
check 'a site that moves' moved
check 'a language that is withdrawn' withdrawn ja ja "sed -i 's/, ja//' content/site.yaml"
still_listed() {
    published
    publish 2026-09-20 --withdraw ja
    is status $? 65 && has "$tmp/err" '--withdraw ja: site.yaml still lists it' && [ -e site/public/ja ]
}
check 'a document that is withdrawn' withdrawn privacy-policy en/privacy-policy \
    "sed -i 's/privacy-policy, //' content/site.yaml"
check 'a withdrawal of what is still listed' still_listed

check 'served: another time zone' witnessed 'would take effect at another hour than was announced' \
    "sed -i 's,^time_zone: .*,time_zone: Asia/Tokyo,' content/site.yaml"

# The rules of the zone became others meanwhile: its days begin when they begin there.
other_rules() {
    published
    sed -i 's/"effective": 1792011600/"effective": 1792015200/' site/private/manifest.json
    publish 2026-09-20 &&
        has "$tmp/err" 'warning: version 2026-09-01 of "privacy-policy" would take effect at another hour' &&
        has site/private/manifest.json '"effective": 1792011600'
}
check 'served: the rules of the time zone changed' other_rules

late() { # STATUS WORDS SETTINGS
    published
    sed "s/^published: .*/published: 2026-09-02/; s/^effective: .*/effective: 2026-10-20/; $3" $NEWEST \
        >content/privacy-policy/2026-09-02.md
    publish 2026-09-25
    is status $? "$1" && has "$tmp/err" "$2"
}
check 'a change that asks anew and goes online too late' late 65 \
    'error: version 2026-09-02 goes online 23 days after its published date, 25 before it takes effect' ''
check 'a change that goes online late' late 0 'warning: version 2026-09-02 goes online 23 days after its published date' \
    's/^class: .*/class: notify/; /^reconsent/d'

retracts() {
    published
    sed -i 's/^class:/retracted: 2026-09-20\n&/' $NEWEST
    publish 2026-09-20 && has $FROZEN/2026-09-01.json '"retracted": "2026-09-20"' &&
        has site/public/en/privacy-policy/2026-09-01/index.html 'class="state retracted"' || return 1
    sed -i '/^retracted:/d' $NEWEST
    publish 2026-09-21
    is status $? 65 && has "$tmp/err" 'with retracted: "2026-09-20"'
}
check 'a retraction' retracts

empty_heading() {
    published
    rm -rf content/*/published site && sed -i 's/^## Your rights/##\n\n&/' $POLICY && publish 2026-09-20 &&
        publish 2026-09-21
}
check 'an empty heading' empty_heading

undone() { # an erratum that was interrupted, and given up
    published
    cp $FROZEN/2026-05-04.ja.md $FROZEN/2026-05-04.ja.1.md && echo 'other words' >$FROZEN/2026-05-04.ja.md &&
        publish 2026-09-20 && cmp $FROZEN/2026-05-04.ja.md $FROZEN/2026-05-04.ja.1.md &&
        rm $FROZEN/2026-05-04.ja.1.md && build
}
check 'an erratum that was interrupted, and given up' undone

first_refused() {
    rm -rf "$tmp/copy" && cp -a "$tmp/published" "$tmp/copy" && cd "$tmp/copy" && rm -rf site content/*/published ||
        return 1
    publish 2026-09-20 --reload false
    is status $? 75 && [ ! -e site ] && [ ! -e site.stage ] && ! ls -d content/*/published
}
check 'a first site that the endpoint does not take' first_refused
check 'a translation that was lost since' lost_translation
# The text is frozen anew as a whole, so it must be sound.
unsound() { # WORDS CHANGE
    published
    stand site >"$tmp/before" && stand content >>"$tmp/before"
    eval "sed -i 's/^msgstr \"統計：13か月間\"/msgstr \"統計：12か月間\"/; $2' locale/ja/LC_MESSAGES/privacy-policy.po"
    publish 2026-09-20 --erratum 'Why'
    is status $? 65 && has "$tmp/err" '[-13-]{+12+}' && has "$tmp/err" "$1" && { stand site && stand content; } |
        diff "$tmp/before" -
}
check 'an erratum of a text that is fuzzy elsewhere' unsound 'a fuzzy translation is a guess' \
    's/^msgid "Newsletter: until/#, fuzzy\n&/'
check 'an erratum of a text that lacks another message' unsound 'does not have this message' \
    's/^msgid "Newsletter: until/msgid "Newsletters: until/'
check 'an erratum of a text with another link' unsound 'the translation has the link https://www.example.com/' \
    '/supervisory/!s,https://www.example.org/,https://www.example.com/,'

# Headings of the same words: their editor is asked to name one, and may do so when they are published.
named() { # ID-OF-THE-FIRST ID-OF-THE-SECOND WORDS
    published
    rm -rf content/*/published site && printf '\n## Your rights\n\nTwice.\n' >>content/cookies/2026-03-01.md &&
        printf '\n## Your rights\n\nTwice.\n' >>content/cookies/2026-03-01.md
    for language in et ja; do
        printf '\nmsgid "Your rights"\nmsgstr "R"\n\nmsgid "Twice."\nmsgstr "T"\n' \
            >>locale/$language/LC_MESSAGES/cookies.po
    done
    publish 2026-09-20 && has "$tmp/err" 'two headings have the id "your-rights"' && cp -a site before || return 1
    perl -0pi -e "s/## Your rights/<!-- id: $1 -->\n\n## Your rights/ if '$1'; s/(.*)## Your rights/\$1<!-- id: $2 -->\n\n## Your rights/s if '$2'" \
        content/cookies/2026-03-01.md
    run check --date 2026-09-21 && cat "$tmp/out" >>"$tmp/err" && has_not "$tmp/err" 'two headings' &&
        has "$tmp/err" "$3" &&
        publish 2026-09-20 && diff -r before site
}
check 'a heading that is named, the second of two' named '' rights-again \
    'keeps the id "your-rights-2" that it was published with'
check 'a heading that is named, the first of two' named rights-first '' \
    'keeps the id "your-rights" that it was published with'
check 'a heading that is named as it was published' named '' your-rights-2 'no errors'
check 'an erratum that corrects nothing' corrects_nothing
check 'an endpoint that is told of the old site again' told_again
check 'what an interrupted publish prepared' prepared
check 'the catalogue of a new version' new_catalogue
check 'an erratum' corrected
check 'an erratum whose reason is translated later' translated_reason
check 'an erratum whose reason is translated already' reason_known
check 'an erratum that was interrupted' interrupted
check 'a text that does not read back' unreadable
check 'a text that is half translated' half_translated
check 'the command of --reload' told
check 'a command of --reload that fails' refused_by_endpoint 'the command of --reload failed' --reload false
check 'one word of fifty versions' one_word_of_many
check 'a new version' revised
check 'a draft without a summary' drafted : 'does not say what changes'
check 'a draft with a bad day' drafted "sed -i 's/^effective: .*/effective: soon/' \$new" '"soon" is not a day'
check 'a draft that is not translated' drafted \
    "sed -i 's/^class:/summary: Your rights\n&/; s/^Write to/Please write to/' \$new" 'does not have this message'
check 'revise: a day that is over' misused 64 'that day is in the past' revise privacy-policy 2026-09-14 --date 2026-09-15
check 'revise: no such document' misused 64 'there is no document "policy"' revise policy 2026-12-01
check 'revise: no day' misused 64 'not the name of a version' revise privacy-policy soon
echo "1..$number"
