#!/bin/sh
# golden.sh: what `teade build` makes of tests/site is, file by file, what stands in
# tests/site/golden; golden.sh --update puts it there, to be read in the diff.  And the
# real policy's pages hold every clause of it in every language.  SEED names the text that
# the policy was taken from.

. "$(dirname "$0")/../helpers/tap.sh"
golden=$here/site/golden
seed=${SEED:-$root/../shared/seed/privacy-policy.et.txt}

build_demo() { # OUTPUT
    "$teade" build --content "$here/site/content" --locale "$here/site/locale" \
        --templates "$root/templates" --output "$1" --date 2026-09-15
}

build_real() { # OUTPUT
    cd "$root" && "$teade" build --output "$1" --date 2026-11-22
}

# What pages share stands in one of them: ../helpers/fold.pl.
update() {
    rm -rf "$golden" && perl "$here/helpers/fold.pl" fold "$tmp/demo" "$golden"
}

# The difference is told where it is held; then the whole pages are compared, byte for byte.
as_golden() {
    perl "$here/helpers/fold.pl" fold "$tmp/demo" "$tmp/folded" && diff -ru "$golden" "$tmp/folded" &&
        perl "$here/helpers/fold.pl" unfold "$golden" "$tmp/whole" &&
        diff -r --exclude='*.gz' --exclude='*.br' "$tmp/whole" "$tmp/demo"
}

# Whatever the clock, the folder, the language and the mask of the one who builds.
built_again() {
    cd / && umask 077 && TZ=Pacific/Kiritimati LC_ALL=C.UTF-8 LANGUAGE=ja build_demo "$tmp/again" &&
        diff -r "$tmp/demo" "$tmp/again"
}

# Every file has a packed copy, and it unpacks to it.
packed() { # ENDING UNPACK...
    ending=$1
    shift
    find "$tmp/demo/public" -type f ! -name '*.gz' ! -name '*.br' >"$tmp/files"
    while read -r file; do
        "$@" <"$file.$ending" | cmp - "$file" || return 1
    done <"$tmp/files"
    is 'packed files' "$(find "$tmp/demo" -name "*.$ending" | wc -l)" "$(wc -l <"$tmp/files")"
}

# The tags of both phases are used up in what visitors get, those of the first everywhere.
no_tags() { # SITE
    ! grep -rnF --include='*.html' -e '{{' -e '<%' "$1/public" &&
        ! grep -rnF -e '<%' "$1/private/pages" &&
        ! grep -rnF -e '{{' -e '<%' "$1/private/nginx" "$1/private/texts"
}

slots() { # FILE
    grep -Eo '\{\{[^{}]*\}\}' "$1" | tr -d ' ' | sort -u
}

keeps_slots() { # TEMPLATE PAGE
    slots "$1" >"$tmp/wanted" && slots "$2" | diff "$tmp/wanted" -
}

# The words of HTML, and of the little CommonMark there is in catalogues and texts: each
# run of white space becomes a space, and each message, up to a NUL, a line.
words_of_html() {
    perl -0 -pe 's/\0$//; s/<[^>]*>//g; s/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&#39;/\x27/g;
        s/&amp;/&/g; s/\s+/ /g; s/^ | $//g; $_ .= "\n"'
}
words_of_markdown() {
    perl -0 -pe 's/\0$//; s/\[([^]]*)\]\([^)]*\)/$1/g; s/\\\n/ /g; s/(?<!\\)[*`]//g;
        s/\\([[:punct:]])/$1/g; s/\s+/ /g; s/^ | $//g; $_ .= "\n"'
}

# Each line of a file stands in another, or with `no` does not.
among() { # yes|no LINES WORDS
    [ -s "$2" ] || { echo 'nothing to look for' && return 1; }
    failed=0
    while IFS= read -r line; do
        if grep -qF -e "$line" "$3"; then found=yes; else found=no; fi
        [ "$found" = "$1" ] || { echo "$found: $line" && failed=1; }
    done <"$2"
    return $failed
}

words_of_document() { # SITE LANGUAGE DOCUMENT: all its pages
    cat "$1/public/$2/$3/index.html" "$1/public/$2/$3"/*/index.html | words_of_html >"$tmp/words"
}

clauses_of_seed() {
    sed -E -e '/^(top|bottom) of page$/d' -e 's/^[0-9]+\. //' -e 's/【|】|^\[|\]$//g' -e '/^ *$/d' \
        "$seed" >"$tmp/lines"
    words_of_document "$tmp/real" et privacy-policy && among yes "$tmp/lines" "$tmp/words"
}

# The catalogue's messages, each with a NUL behind it.
messages() { # FILE MSGIDS MSGSTRS
    : >"$2" && : >"$3"
    # shellcheck disable=SC2016 # the inner shell's variables
    msgattrib --no-obsolete "$1" | MSGIDS=$2 MSGSTRS=$3 msgexec sh -c '
        if [ -n "$MSGEXEC_MSGID" ]; then # not the header
            printf "%s\0" "$MSGEXEC_MSGID" >>"$MSGIDS"
            { cat && printf "\0"; } >>"$MSGSTRS"
        fi'
}

# Every translation is there, and nothing that should have been translated; a name stays as it is.
clauses_of_catalogue() { # SITE LANGUAGE CATALOGUE
    document=${3##*/}
    messages "$3" "$tmp/msgids" "$tmp/msgstrs"
    words_of_markdown <"$tmp/msgstrs" >"$tmp/own"
    words_of_markdown <"$tmp/msgids" | grep -vxF -f "$tmp/own" >"$tmp/foreign"
    words_of_document "$1" "$2" "${document%.po}" &&
        among yes "$tmp/own" "$tmp/words" && among no "$tmp/foreign" "$tmp/words"
}

# What a form says is in the text that its digest names.
signed() { # SITE PAGE
    perl -0777 -ne 'print $1 if m,<section class="choices"[^>]*>(.*?)</section>,s' "$2" >"$tmp/form"
    digest=$(sed -n 's/.* name="digest" value="\([^"]*\)".*/\1/p' "$tmp/form" | sort -u)
    words_of_markdown <"$1/private/texts/$digest.md" >"$tmp/words" || return 1
    perl -0777 -pe 's/<[^>]*>/\0/g' "$tmp/form" | words_of_html |
        sed '/^$/d' >"$tmp/lines"
    among yes "$tmp/lines" "$tmp/words"
}

# Each text is named by its digest, and the manifest names just these.
named_by_digest() { # SITE
    cd "$1/private/texts" || return 1
    for file in *.md; do
        is "$file" "$(sha256sum <"$file")" "${file%.md}  -" >&2 || return 1
        echo "${file%.md}"
    done >"$tmp/texts"
    grep -Eo '"digest": *"[0-9a-f]*"' ../manifest.json | cut -d '"' -f 4 | sort -u | diff "$tmp/texts" -
}

for site in demo real; do
    "build_$site" "$tmp/$site" >"$tmp/log" 2>&1 ||
        { echo "Bail out! $site: $(head -n 1 "$tmp/log")" && exit 1; }
done
if [ "${1-}" = --update ]; then
    update
    exit
fi

check 'tests/site is as it was' as_golden
check 'two builds are the same' built_again
check 'each .gz is its file' packed gz gzip -dc
if command -v brotli >/dev/null; then
    check 'each .br is its file' packed br brotli -dc
else
    skip 'each .br is its file' 'there is no brotli'
fi
for site in demo real; do
    check "no tag is left in the $site site" no_tags "$tmp/$site"
    check "texts of the $site site are named by their digests" named_by_digest "$tmp/$site"
    for template in "$root"/templates/choices/*.html; do
        for language in en et ja; do
            page=$site/private/pages/$language/${template##*/}
            check "$page keeps its slots" keeps_slots "$template" "$tmp/$page"
        done
    done
    grep -rlF 'class="choices"' "$tmp/$site/public" --include='*.html' | sort >"$tmp/forms"
    check "the $site site has forms" test -s "$tmp/forms"
    while read -r page; do
        check "the form of $site/${page#"$tmp/$site/public/"} is in its text" signed "$tmp/$site" "$page"
    done <"$tmp/forms"
done
if [ -e "$seed" ]; then
    check 'the Estonian page has every clause' clauses_of_seed
else
    skip 'the Estonian page has every clause' "there is no $seed"
fi
for catalogue in "$root/locale"/*/*/*.po "$here/site/locale"/*/*/*.po; do
    case $catalogue in
    */site.po) continue ;; # not one document's
    "$here"/*) site=demo ;;
    *) site=real ;;
    esac
    language=${catalogue%/*/*}
    language=${language##*/}
    check "$language has all that ${catalogue#"$root/"} translates, and nothing else" \
        clauses_of_catalogue "$tmp/$site" "$language" "$catalogue"
done
echo "1..$number"
