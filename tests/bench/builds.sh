# builds.sh: what bench.sh measures of building sites, beside Hugo and beside po4a with cmark.  All
# of it is in memory.  No peer compresses, so we do for the real site alone.  What a build keeps for
# the next one is beside its output.
# shellcheck shell=sh disable=SC2154 # bench.sh sets the rest

day=2026-12-01

make_source() { # KIND
    perl "$here/make_site.pl" "$1" "$memory/$1" || fail "make_site.pl $1"
}

build() { # NAME KIND [OPTIONS...]
    build_name=$1 kind=$2
    shift 2
    cost "$build_name" "$teade" build --content "$memory/$kind/content" \
        --locale "$memory/$kind/locale" --templates "$root/templates" \
        --output "$memory/sites/$kind/site" --date "$day" "$@"
}

forget() { # KIND
    rm -rf "$memory/sites/$1"
    mkdir -p "$memory/sites/$1"
}

# Ours.

build_whole() { # KIND
    forget "$1"
    build "$1" "$1" --no-compression
}

build_again() { # KIND
    build "$1-again" "$1" --no-compression
}

# An entry of a catalogue is another one, and so is a page; the entry is as before afterwards.
build_entry() { # KIND
    catalogue=$memory/$1/locale/et/LC_MESSAGES/document-0001.po
    changed=$memory/sites/$1/site/public/et/document-0001/index.html
    { cp "$changed" "$memory/changed" && cp "$catalogue" "$memory/catalogue"; } || fail cp
    perl -0pi -e 's/(.*\nmsgstr ".*)"/$1."/s' "$catalogue" || fail perl
    build "$1-entry" "$1" --no-compression
    ! cmp -s "$changed" "$memory/changed" || fail 'the changed entry is not on its page'
    cp "$memory/catalogue" "$catalogue" || fail cp
}

# Short: five times in each round.
build_real() {
    for _ in 1 2 3 4 5; do
        forget real
        build real-cold real
        build real-warm real
    done
}

# Peers.

make_peers() { # KIND
    forget "$1"
    build warm-up "$1" --no-compression
    note "$1.pages" "$(find "$memory/sites/$1/site/public" -name '*.html' | wc -l)"
    note "$1.texts" "$(find "$memory/sites/$1/site/private/texts" -name '*.md' | wc -l)"
    perl "$here/peers.pl" write "$memory/$1" "$memory/sites/$1/site" "$memory/peers/$1" ||
        fail "peers.pl write $1"
}

build_hugo() { # KIND
    rm -rf "$memory/peers/$1/hugo/public" "$memory/peers/$1/hugo/resources"
    cost "hugo-$1" hugo --quiet --source "$memory/peers/$1/hugo"
    perl "$here/peers.pl" check-hugo "$memory/sites/$1/site" "$memory/peers/$1" ||
        fail "Hugo, $1"
}

build_po4a() { # KIND
    rm -rf "$memory/peers/$1/po4a/html" "$memory/peers/$1/po4a/et" "$memory/peers/$1/po4a/ja"
    cost "po4a-$1" sh "$here/po4a_cmark.sh" "$memory/peers/$1/po4a"
    perl "$here/peers.pl" check-po4a "$memory/sites/$1/site" "$memory/peers/$1" ||
        fail "po4a, $1"
}
