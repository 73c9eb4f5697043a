#!/bin/sh
# translation.sh: a message that is not translated, from the catalogue to the page; and the
# engine by itself, on files of no site.

. "$(dirname "$0")/../helpers/tap.sh"

# The real policy, one message of whose Japanese catalogue a translator has to confirm.
make_fuzzy() {
    copy_site "$tmp" && sed -i 's/^msgid "Kui seadus seda nõuab."/#, fuzzy\n&/' \
            "$tmp/locale/ja/LC_MESSAGES/privacy-policy.po"
}

build() { # OPTION...
    cd "$tmp" && "$teade" build --output "$tmp/site" --date 2026-11-22 "$@" >"$tmp/out" 2>"$tmp/err"
}

refused() {
    build
    is 'exit status' $? 65 && [ ! -e "$tmp/site" ] &&
        has "$tmp/err" 'locale/ja/LC_MESSAGES/privacy-policy.po' &&
        has "$tmp/err" 'error: a fuzzy translation is a guess and is not published' &&
        has "$tmp/err" 'msgid "Kui seadus seda nõuab."'
}

allowed() {
    build --allow-untranslated
    is 'exit status' $? 0 && has "$tmp/err" 'warning: a fuzzy translation is a guess'
}

page() { # LANGUAGE
    echo "$tmp/site/public/$1/privacy-policy/index.html"
}

marked() {
    has "$(page ja)" '<li><span lang="et">Kui seadus seda nõuab.</span> <span class="untranslated">この部分は' &&
        is marks "$(grep -cF 'class="untranslated"' "$(page ja)")" 1 &&
        has_not "$(page en)" 'class="untranslated"'
}

nobodys_alternate() {
    has_not "$(page ja)" 'rel="alternate" hreflang' &&
        has_not "$(page en)" '<link rel="alternate" hreflang="ja"' &&
        has "$(page en)" '<link rel="alternate" hreflang="et"' &&
        has "$(page ja)" '<li><a href="/en/privacy-policy/" lang="en" hreflang="en">'
}

# Files of no site.
printf '%s\n' '---' 'title: not ours' '---' '# Õigus' '' '<!-- note: legal -->' 'See on [meie][m].' '' \
    '<!-- skip -->' 'ASTRAX' '' '[m]: https://example.org/' >"$tmp/file.md"

extracted() {
    cd "$tmp" && "$teade" extract --stdout file.md >file.pot 2>err && is talk "$(cat err)" '' &&
        msgfmt --check-format -o /dev/null file.pot &&
        sed -n '/^#: /,$p' file.pot >got && cat >wanted <<'END' && diff wanted got
#: file.md:oigus.heading
msgid "Õigus"
msgstr ""

#. legal
#: file.md:oigus.paragraph1
msgid "See on [meie](https://example.org/)."
msgstr ""
END
}

translated() {
    cd "$tmp" && cat >file.po <<'END' || return 1
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\nLanguage: ja\n"

msgid "Õigus"
msgstr "個人情報の取扱い"

msgid "See on [meie](https://example.org/)."
msgstr "これは**「[当社](https://example.org/)」**です。"
END
    "$teade" render file.md --catalog file.po --lang ja >got 2>err && has err '0 errors, 1 warning' &&
        cat >wanted <<'END' && diff wanted got
<h1 id="oigus">個人情報の<wbr>取扱い</h1>
<p>これは<strong>「<a href="https://example.org/">当社</a>」</strong>です。</p>
<p>ASTRAX</p>
END
}

alone() {
    cd "$tmp" && "$teade" render file.md >got 2>err && is talk "$(cat err)" '' && cat >wanted <<'END' && diff wanted got
<h1 id="oigus">Õigus</h1>
<p>See on <a href="https://example.org/">meie</a>.</p>
<p>ASTRAX</p>
END
}

# What is no character reaches no page, however it is spelled.
no_character() {
    cd "$tmp" && printf 'Rights\n' >plain.md && cat >plain.po <<'END' || return 1
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\nLanguage: et\n"

msgid "Rights"
msgstr ""
"\303\225igus&#xFFFE;ed, "
"24 päeva"
END
    sed -i 's/\\303\\225/Õ/' plain.po
    "$teade" render plain.md --catalog plain.po --lang et >got 2>err
    is 'exit status' $? 65 && is output "$(cat got)" '' &&
        has err 'plain.po:6:7: error: the character U+FFFE cannot be shown on a page' &&
        has err 'plain.po:7:2: warning: the translation has the number 24, which the message does not have'
}

another_language() {
    cd "$tmp" && "$teade" render file.md --catalog file.po --lang fr >got 2>err
    is 'exit status' $? 65 && is output "$(cat got)" '' &&
        has err 'the header says that the language is "ja", not "fr"'
}

# Readers are told it below the text, which keeps its digest.
noted() {
    rm -rf "$tmp/noted" && mkdir "$tmp/noted" && copy_site "$tmp/noted" && cd "$tmp/noted" || return 1
    "$teade" build --output before --date 2026-11-22 2>err &&
        sed -i "s/^msgid \"Kui seadus seda nõuab.\"/# Translator's note: 2 \\& <3>\n&/" \
            locale/ja/LC_MESSAGES/privacy-policy.po &&
        "$teade" build --output after --date 2026-11-22 2>err || { cat err && return 1; }
    diff -r before/private after/private && diff -r before/public/et after/public/et &&
        has after/public/ja/privacy-policy/index.html '<li>2 &amp; &lt;3&gt;</li>' &&
        has_not after/public/et/privacy-policy/index.html translators-notes
}

# It is words on a page like others.
bad_note() {
    cd "$tmp/noted" && printf '\342\200\256' >turning &&
        sed -i "s/Translator's note: 2/&$(cat turning)/" locale/ja/LC_MESSAGES/privacy-policy.po && "$teade" check >out
    has out ':23: warning: the invisible character U+202E'
}

make_fuzzy || { echo 'Bail out! copy' && exit 1; }
check 'a fuzzy message of a language stops the build' refused
# What the sitemap says of a page in other languages is what the page says, and nothing leads to or from
# one that is not translated to the end.
# shellcheck disable=SC2016 # Perl's variables
alternates() { # CATALOGUE CHANGE PAGES-WITHOUT-ALTERNATES [LANGUAGES]
    rm -rf "$tmp/map" && mkdir "$tmp/map" &&
        cp -RL "$here/site/content" "$here/site/locale" "$root/templates" "$tmp/map" &&
        cd "$tmp/map" && sed -i "$2" "locale/$1" &&
        sed -i "s/^languages: .*/languages: [${4-en, et, ja}]/" content/site.yaml &&
        "$teade" build --output site --date 2026-09-15 \
        --base-url https://kuukivi.example --allow-untranslated 2>err || { cat err && return 1; }
    perl -0ne '
        for (m{<url>(.*?)</url>}sg) {
            my ($path) = m{<loc>https://kuukivi.example/(.*?)</loc>};
            my $map = join "\n", sort m{hreflang="(.*?)" href="(.*?)"}g;
            open my $file, "<", "site/public/${path}index.html" or die $path;
            my $page = join "\n", sort map m{hreflang="(.*?)" href="(.*?)"}, grep m{rel="alternate" hreflang}, <$file> =~ m{<link .*?>}g;
            print "$path\n$map\n-\n$page\n" if $map ne $page;
            $none++ unless $map;
        }
        print $none + 0' site/public/sitemap.xml >got && is pages "$(cat got)" "$3"
}

check '--allow-untranslated builds all the same' allowed
check 'alternates where all is translated' alternates ja/LC_MESSAGES/cookies.po '' 0
check 'where a sentence of all versions is not' alternates ja/LC_MESSAGES/privacy-policy.po \
    's/^msgid "Who we are"/#, fuzzy\n&/' 6
check 'where one of a version is not' alternates et/LC_MESSAGES/cookies.po \
    '0,/^msgid "How to remove them"/s//#, fuzzy\n&/' 4
check 'where the first language is not' alternates ja/LC_MESSAGES/cookies.po 's/^msgid "Cookies"/#, fuzzy\n&/' 4 \
    'ja, en, et'
check 'the block is in its own language, and says so' marked
check 'the page is nobody'"'"'s alternate' nobodys_alternate
check 'a note of the translator' noted
check 'what no note may hold' bad_note
check 'extract --stdout' extracted
check 'render with a catalogue' translated
check 'render without one' alone
check 'render with the catalogue of another language' another_language
check 'render with what is no character' no_character
echo "1..$number"
