#!/bin/sh
# wait.sh: `teade-records wait` ends once the endpoint shows a site, to the last worker.

. "$(dirname "$0")/../helpers/lib.sh"

manifest() { # SITE
    sha256sum <"$1/private/manifest.json" | cut -c -64
}

waits() { # STATUS WORDS DIGEST [OPTION...]
    wanted=$1 words=$2 digest=$3
    shift 3
    timeout 60 "$programs/teade-records" wait --database "$database" --manifest "$digest" "$@" >"$tmp/out" 2>"$tmp/err"
    is status $? "$wanted" && is stdout "$(cat "$tmp/out")" '' || return 1
    # For a site that is shown there is nothing to say.
    if [ -n "$words" ]; then has "$tmp/err" "$words"; else is stderr "$(cat "$tmp/err")" ''; fi
}

# As soon as it ends, every answer is of the new site: more of them than there are workers.
reloads() {
    cp -R "$tmp/later/private/." "$tmp/site/private/" && kill -HUP "$(supervisor)" && waits 0 '' "$new" || return 1
    for n in $(seq 40); do
        ask "/en/choices/" && is status "$status" 200 && has "$tmp/body" "$later" || return 1
    done
}

copy_programs
origin=http://127.0.0.1:$(free_port)
build "$tmp/site" 2026-09-01 --content "$here/site/content" --locale "$here/site/locale"
build "$tmp/later" 2026-09-02 --content "$here/site/content" --locale "$here/site/locale"
old=$(manifest "$tmp/site")
sed -i 's/<h1/<h1 id="later"/' "$tmp/later"/private/pages/*/choices.html
printf ' ' >>"$tmp/later/private/manifest.json"
new=$(manifest "$tmp/later") later='id="later"'
database=$tmp/none.db
check 'no endpoint' waits 69 'the endpoint cannot be queried' "$old" --timeout 0
serve run "$tmp/site"
check 'the site that is shown' waits 0 '' "$old"
check 'another one does not come' waits 75 "the endpoint uses site $old, not $new" "$new" --timeout 1
check 'one that comes' reloads
check 'then it is there' waits 0 '' "$new"
check 'and the old one is not' waits 75 "the endpoint uses site $new" "$old" --timeout 0
stop
check 'an endpoint that has ended' waits 69 'the endpoint cannot be queried' "$new" --timeout 0
echo "1..$number"
