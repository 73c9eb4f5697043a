#!/bin/sh
# foreign.sh: files of other people in public/ go along with every new site, or stop it; none is
# removed.  TAP.

. "$(dirname "$0")/../helpers/tap.sh"

publish() { # DAY [OPTION...]
    day=$1
    shift
    "$teade" publish --to site --date "$day" "$@" >"$tmp/out" 2>"$tmp/err"
}

# A fresh copy of tests/site, published on 2026-09-15, in the current folder.
published() {
    rm -rf "$tmp/copy" && cp -a "$tmp/published" "$tmp/copy" && cd "$tmp/copy" || exit 1
}

stand() { # FOLDER
    (cd "$1" && find . -exec stat -c '%n %i %A %Y' {} + | sort)
}

add() { # PATH [CONTENT]
    mkdir -p "site/public/$(dirname "$1")" && echo "${2-mine}" >"site/public/$1"
}

first() {
    mkdir "$tmp/published" && cp -RL "$here/site/content" "$here/site/locale" "$root/templates" "$tmp/published" &&
        cd "$tmp/published" && publish 2026-09-15 && has_not "$tmp/err" 'from other sources'
}

# Kept as it is, through two sites; the rest is what it would be without it.
kept() { # PATH
    published
    add "$1"
    old=$(stat -c '%i %A %Y' "site/public/$1")
    publish 2026-10-15 && has "$tmp/err" "kept 1 file from other sources in public/: $1" && publish 2026-10-16 || return 1
    is "$1" "$(stat -c '%i %A %Y' "site/public/$1")" "$old" && cp -a content locale templates "$tmp/fresh" &&
        (cd "$tmp/fresh" && publish 2026-10-16) && rm "site/public/$1" && find site/public -type d -empty -delete &&
        diff -r "$tmp/fresh/site" site
}

links() {
    published
    mkdir elsewhere && echo token >elsewhere/token && mkdir -p site/public/.well-known &&
        ln -s ../../../elsewhere site/public/.well-known/acme-challenge && ln -s nowhere site/public/dangling &&
        publish 2026-10-15 &&
        has "$tmp/err" 'kept 2 files from other sources in public/: .well-known/acme-challenge, dangling' &&
        is link "$(readlink site/public/.well-known/acme-challenge)" ../../../elsewhere &&
        is token "$(cat site/public/.well-known/acme-challenge/token elsewhere/token)" "$(printf 'token\ntoken')" &&
        is link "$(readlink site/public/dangling)" nowhere
}

folders() {
    published
    mkdir -p site/public/.well-known/acme-challenge && chmod 2775 site/public/.well-known/acme-challenge &&
        publish 2026-10-15 && has_not "$tmp/err" 'from other sources' &&
        is mode "$(stat -c %a site/public/.well-known/acme-challenge)" 2775
}

# A token that came while the endpoint was reloaded.
late() {
    published
    publish 2026-10-15 --reload 'mkdir -p site/public/.well-known && echo late >site/public/.well-known/token' &&
        is token "$(cat site/public/.well-known/token)" late
}

many() {
    published
    add a && add b && add c && add d && publish 2026-10-15 &&
        has "$tmp/err" 'kept 4 files from other sources in public/: a, b, c, …'
}

# Nothing is touched where a file cannot be kept.
refused() { # FINDING CHANGE
    published
    eval "$2"
    { stand site && stand content; } >"$tmp/before"
    publish 2026-10-15
    is status $? 73 && has "$tmp/err" "$1" && has "$tmp/err" '= remedy: ' &&
        { stand site && stand content; } | diff "$tmp/before" - && [ ! -e site.stage ]
}

withdrawn() {
    published
    add ja/terms.pdf && sed -i 's/, ja//' content/site.yaml && publish 2026-10-15 --withdraw ja &&
        is left "$(find site/public/ja -type f)" site/public/ja/terms.pdf
}

mounted() {
    published
    add .well-known/x
    unshare -m sh -c 'mount -t tmpfs none site/public/.well-known && echo y >site/public/.well-known/y &&
        "$0" publish --to site --date 2026-10-15; status=$?; cat site/public/.well-known/y; exit $status' "$teade" >"$tmp/out" 2>"$tmp/err"
    is status $? 73 && has "$tmp/out" y && has "$tmp/err" 'Invalid cross-device link' &&
        [ -e site/public/.well-known/x ]
}

check 'the first time' first
mkdir "$tmp/fresh"
for path in .well-known/acme-challenge/Zm9v google123.html BingSiteAuth.xml en/terms.pdf 'en/our terms.pdf' \
    en/privacy-policy/2026-05-04/signed.pdf assets/logo.png archive.tar.gz notes.br .htaccess deep/er/file; do
    rm -rf "$tmp/fresh/site"
    check "kept: $path" kept "$path"
done
check 'kept: links' links
check 'kept: an empty folder and its mode' folders
check 'kept: what came meanwhile' late
check 'the first three are named' many
check 'kept: a file in the folder of a language that is withdrawn' withdrawn
check 'refused: a name that the new site has, too' refused \
    'site/public/.well-known/gpc.json: error: it is not part of this site, which now has a file of that name' \
    "sed -i '/^gpc:/d' content/site.yaml && publish 2026-09-15 && add .well-known/gpc.json && echo 'gpc: true' >>content/site.yaml"
check 'refused: a file where the new site has a folder' refused \
    'site/public/.well-known: error: it is not part of this site, which now has a file of that name' \
    "sed -i '/^gpc:/d' content/site.yaml && publish 2026-09-15 && add .well-known && echo 'gpc: true' >>content/site.yaml"
check 'refused: public/ is a link' refused 'site/public: error: it is a link, which the new site would replace' \
    'mv site/public elsewhere && ln -s ../elsewhere site/public'
if unshare -m true 2>/dev/null; then
    check 'refused: a folder of another file system' mounted
else
    skip 'refused: a folder of another file system' 'unshare -m is not permitted'
fi
echo "1..$number"
