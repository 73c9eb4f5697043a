#!/bin/sh
# consent_documents.sh: two documents that ask a purpose of the same name: what is withdrawn in one
# stays in the other.  TAP.

# shellcheck source=tests/helpers/lib.sh
. "$(dirname "$0")/../helpers/lib.sh"

# A document of its own words, with a question and an objection.
document() { # ID
    mkdir -p "$tmp/content/$1"
    cat >"$tmp/content/$1/2026-03-01.md" <<END
---
title: Privacy at the $1
language: en
published: 2026-03-01
effective: 2026-03-01
class: notify
authoritative: en
purposes:
  letters:
    basis: consent
  counting:
    basis: legitimate-interests
---

What the $1 uses.

1. Letters from the $1.
   <!-- purpose: letters -->
2. Counting those who visit the $1.
   <!-- purpose: counting -->
END
}

# A visitor who said yes to both and objects to both.
begin() { # JAR
    jar=$tmp/jar.$1
    for id in museum library; do
        for answer in letters=given counting=objected; do
            post /en/choices/record "$(offer "$id" 2026-03-01 en)&choice.$answer"
            is status "$status" 303 || return 1
        done
    done
}

# What the form of a button on the visitor's page sends, by the question's words and the button's.
# shellcheck disable=SC2016 # Perl's variables
form_of() { # WORDS BUTTON
    ask /en/choices/
    words=$1 button=$2 perl -0ne '
        my $page = $_;
        for (grep index($_, $ENV{words}) >= 0, m!<((?:fieldset|li)\b.*?)</(?:fieldset|li)>!sg) {
            my ($form, $name, $value) =
                m!<button type="submit" form="([^"]*)" name="([^"]*)" value="([^"]*)">\Q$ENV{button}\E<! or next;
            my ($own) = $page =~ m!<form id="\Q$form\E"[^>]*>(.*?)</form>!s;
            my ($document) = $own =~ m!name="document" value="([^"]*)"!;
            print "document=$document&$name=$value";
            last;
        }' "$tmp/body"
}

both() { # MUSEUM LIBRARY
    is museum "$(standing museum)" "$1" && is library "$(standing library)" "$2"
}

withdrawn() {
    begin withdrawn && fields=$(form_of 'Letters from the museum' 'I withdraw my consent') || return 1
    is fields "$fields" 'document=museum&purpose=letters' && post /en/choices/withdraw "$fields" &&
        is status "$status" 303 && both 'counting=objected letters=withdrawn' 'counting=objected letters=given'
}

no_objection() {
    begin objection && fields=$(form_of 'Counting those who visit the library' 'I withdraw my objection') || return 1
    is fields "$fields" 'document=library&purpose=counting' && post /en/choices/withdraw "$fields" &&
        is status "$status" 303 && both 'counting=objected letters=given' 'counting=withdrawn letters=given'
}

# A program that names no document means one: where there are two, it is not guessed.
unnamed() {
    begin unnamed || return 1
    post /en/choices/withdraw purpose=letters
    is status "$status" 400 && both 'counting=objected letters=given' 'counting=objected letters=given' || return 1
    post /en/choices/withdraw 'document=museum&purpose=letters'
    is status "$status" 303 && post /en/choices/withdraw purpose=letters && is status "$status" 303 &&
        both 'counting=objected letters=withdrawn' 'counting=objected letters=withdrawn'
}

several() {
    begin several && post /en/choices/withdraw 'document=museum&purpose=letters&purpose=counting'
    is status "$status" 303 && both 'counting=withdrawn letters=withdrawn' 'counting=objected letters=given'
}

all_of_it() {
    begin all && post /en/choices/withdraw ''
    is status "$status" 303 && both 'counting=objected letters=withdrawn' 'counting=objected letters=withdrawn'
}

# The site has dropped the library: its answers are in a list of their own, with forms of their own.
dropped() {
    jar=$tmp/jar.dropped
    ask /en/choices/ &&
        perl -0ne 'print $1 if m!<section aria-labelledby="others">(.*?)</section>!s' "$tmp/body" >"$tmp/others"
    is documents "$(grep -c 'name="document" value="library"' "$tmp/others")" 2 || return 1
    post /en/choices/withdraw 'document=library&purpose=letters'
    is status "$status" 303 && is museum "$(standing museum)" 'counting=objected letters=given' &&
        ask /choices/export.json && is withdrawals "$(grep -c 'ConsentWithdrawn' "$tmp/body")" 1
}

copy_programs
mkdir "$tmp/content" "$tmp/locale"
for id in museum library; do document $id; done
cp -R "$root/tests/site/content/cookies" "$tmp/content"
sed 's/^languages:.*/languages: [en]/; s/^documents:.*/documents: [museum, library, cookies]/' \
    "$root/tests/site/content/site.yaml" >"$tmp/content/site.yaml"
origin=http://127.0.0.1:$(free_port)
build "$tmp/site" 2026-03-15 --content "$tmp/content" --locale "$tmp/locale"
serve run "$tmp/site" --now "$(noon 2026-03-15)"
check 'consent in one document' withdrawn
check 'an objection in one document' no_objection
check 'a purpose of no document that is named' unnamed
check 'several purposes of one document' several
check 'all consent' all_of_it
begin dropped
stop
sed -i 's/^documents:.*/documents: [museum, cookies]/' "$tmp/content/site.yaml"
mv "$tmp/content/library" "$tmp/"
build "$tmp/later" 2026-03-15 --content "$tmp/content" --locale "$tmp/locale"
serve run "$tmp/later" --now "$(noon 2026-03-15)"
check 'in a document that the site has dropped' dropped
stop
check 'nothing of the visitors is in the logs' nothing_kept
echo "1..$number"
