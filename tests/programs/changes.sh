#!/bin/sh
# changes.sh: what the page between two versions says, and that it says "the same" only where a
# reader meets nothing else.  What a redline is has its tests in test_redline.c.  TAP.

. "$(dirname "$0")/../helpers/tap.sh"

version() { # DAY FRONT-MATTER TEXT
    printf -- '---\ntitle: Notice\nlanguage: en\npublished: %s\neffective: %s\nclass: editorial\nsummary: Words.\n%b---\n\n%b' \
        "$1" "$1" "$2" "$3" >"$tmp/content/visits/$1.md"
}

# The page between a version and the next, which differ as given.
between() { # FRONT-MATTER FRONT-MATTER TEXT TEXT
    rm -rf "$tmp/content" "$tmp/site"
    mkdir -p "$tmp/content/visits"
    cat >"$tmp/content/site.yaml" <<'E'
name: Example
base_url: https://example.org
languages: [en]
time_zone: UTC
status: published
controllers:
  - name: Example Ltd
documents: [visits]
record_of_choices: visits
E
    version 2026-01-01 "$1" "$3"
    version 2026-02-01 "$2" "$4"
    (cd "$root" && "$teade" build --content "$tmp/content" --locale "$tmp/locale" --date 2026-03-01 \
        --output "$tmp/site") 2>&1 || return 1
    page=$tmp/site/public/en/visits/changes/2026-01-01/2026-02-01/index.html
}

same='the words of the two versions are the same'
stated='authoritative: en\n'
open='authoritative: not-stated\n'

says() { # WORDS ARGUMENTS-OF-between
    words=$1
    shift
    between "$@" && has "$page" "$words" && has_not "$page" "$same" && has "$page" 'List of changes' &&
        has "$page" '<a href="#change-1">' && has "$page" ' id="change-1"'
}

nothing() {
    between "$@" && has "$page" "$same" && has_not "$page" '<ins>' && has_not "$page" '<del>' &&
        has_not "$page" 'Details of the text have changed' && has_not "$page" 'List of changes'
}

about() {
    between "$@" && has "$page" 'Details of the text have changed' && has "$page" "$same"
}

mkdir -p "$tmp/locale"
check 'nothing' nothing "$stated" "$stated" 'One.\n' 'One.\n'
check 'what nobody sees' nothing "$stated" "$stated" 'For 10 days.\n' 'For 10\302\240days.\n'
check 'a word' says 'Changed' "$stated" "$stated" 'One day.\n' 'Two days.\n'
check 'numbers of clauses' says 'Another number' "$stated" "$stated" '1. one\n2. two\n' '1) one\n2) two\n'
check 'where a link leads' says 'A link leads elsewhere' "$stated" "$stated" \
    '[one](https://example.com/)\n' '[one](https://example.net/)\n'
check 'a heading of another level' says 'Another level' "$stated" "$stated" \
    '## One\n\n### Two\n\nWords.\n' '## One\n\n## Two\n\nWords.\n'
check 'a line across the page' says 'A dividing line' "$stated" "$stated" 'One.\n\n---\n\nTwo.\n' 'One.\n\nTwo.\n'
check 'which language prevails' about "$stated" "$open" 'One.\n' 'One.\n'
check 'the day of the text' about "${stated}source_date: 2025-01-01\n" "${stated}source_date: 2025-02-01\n" \
    'One.\n' 'One.\n'
echo "1..$number"
