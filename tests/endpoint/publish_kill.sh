#!/bin/sh
# publish_kill.sh: `teade publish` killed at random moments, PUBLISH_KILLS times, while nginx and
# the endpoint serve: each half of the site is wholly the old or wholly the new one, the new
# public/ never comes before the new private/, every form on a served page is taken, and the next
# run finishes the work.  What was met stands in comments.  TAP.

. "$(dirname "$0")/../helpers/lib.sh"
kills=${PUBLISH_KILLS:-15}
content=$tmp/content locale=$tmp/locale

publish() {
    "$teade" publish --to "$tmp/site" --content "$content" --locale "$locale" --templates "$tmp/templates" \
        --base-url "$origin" --date 2026-09-01 --reload "$reload" \
        >"$tmp/publish" 2>&1
}

# The two sites: before the third change of the policy was announced, and after.
make_sites() {
    cp -RL "$here/site/content" "$here/site/locale" "$root/templates" "$tmp" &&
        for day in 2026-08-31 2026-09-01; do
            build "$tmp/$day" "$day" --content "$content" --locale "$locale" --templates "$tmp/templates"
            "$teade" publish --to "$tmp/$day" --content "$content" --locale "$locale" --templates "$tmp/templates" \
                --base-url "$origin" --date "$day" >"$tmp/publish" 2>&1 || give_up "$(cat "$tmp/publish")"
        done
    rm "$content/privacy-policy/published/2026-09-01".*
}

# Which site a half is: old or new, byte for byte.
half() { # HALF
    if diff -rq "$tmp/2026-08-31/$1" "$tmp/site/$1" >/dev/null; then
        echo old
    elif diff -rq "$tmp/2026-09-01/$1" "$tmp/site/$1" >/dev/null; then
        echo new
    else
        echo neither
    fi
}

# Every form of a page as nginx serves it is answered with 303, and nothing with 409.
forms_are_taken() {
    ask /en/privacy-policy/
    cp "$tmp/body" "$tmp/page"
    perl -0ne 'while (m!<form [^>]*action="([^"]*)">(.*?)</form>!sg) {
        my ($action, $form) = ($1, $2);
        my %field = $form =~ /type="hidden" name="([^"]*)" value="([^"]*)"/g;
        print "$action document=$field{document}&revision=$field{revision}&digest=$field{digest}",
            $action =~ /record/ ? $form =~ /value="objected"/ ? "&choice.visitor-statistics=objected" : "&all=refused" : "", "\n" }' \
        "$tmp/page" >"$tmp/forms"
    [ -s "$tmp/forms" ] || { echo 'no forms' && return 1; }
    while read -r action fields; do
        post "$action" "$fields"
        is "$action $fields" "$status" 303 || return 1
    done <"$tmp/forms"
}

start_over() {
    rm -rf "$tmp/site" "$tmp/site.stage" && cp -a "$tmp/2026-08-31" "$tmp/site" && chmod -R go+rX "$tmp/site" &&
        rm -f "$content"/privacy-policy/published/2026-09-01.* && kill -HUP "$endpoint" &&
        eventually health "$(sha256sum <"$tmp/site/private/manifest.json" | cut -c -64)"
}

health() { # MANIFEST
    ask /choices/health && has "$tmp/body" "$1"
}

# Every third time the moment lies behind the swap of private/, which is soon over.
wait_for_the_moment() { # NUMBER
    moment="rand($span)"
    if [ $(($1 % 3)) = 0 ]; then
        moment='rand(0.1)'
        while cmp -s "$tmp/2026-08-31/private/manifest.json" "$tmp/site/private/manifest.json" &&
            kill -0 "$publisher" 2>/dev/null; do
            sleep 0.005
        done
    fi
    sleep "$(perl -e "printf '%.3f', $moment")"
}

one_kill() { # NUMBER
    start_over || return 1
    setsid "$teade" publish --to "$tmp/site" --content "$content" --locale "$locale" --templates "$tmp/templates" \
        --base-url "$origin" --date 2026-09-01 --reload "$reload" \
        >"$tmp/publish" 2>&1 &
    publisher=$!
    wait_for_the_moment "$1"
    kill -KILL "$publisher" 2>/dev/null && killed=1 || killed=0
    wait "$publisher" 2>/dev/null
    halves="$(half private) $(half public)"
    echo "$killed $halves" >>"$tmp/met"
    case $halves in 'old old' | 'new old' | 'new new') ;; *) echo "halves: $halves" && return 1 ;; esac
    forms_are_taken || return 1
    publish || { cat "$tmp/publish" && return 1; }
    is halves "$(half private) $(half public)" 'new new' && forms_are_taken && [ ! -e "$tmp/site.stage" ]
}

all_kills() {
    for n in $(seq "$kills"); do
        one_kill "$n" || { echo "kill $n" && return 1; }
    done
}

copy_programs
cp "$teade" "$programs/teade" && teade=$programs/teade # nobody replaces it meanwhile
origin=http://127.0.0.1:$(free_port)
make_sites
cp -a "$tmp/2026-08-31" "$tmp/site"
serve run "$tmp/site" --now "$(noon 2026-09-01)"
endpoint=$(supervisor)
reload="kill -HUP $endpoint && $programs/teade-records wait --database $database --manifest \$TEADE_MANIFEST"
start_over || give_up 'the endpoint does not take the first site'
began=$(date +%s%N)
publish || give_up "$(cat "$tmp/publish")"
span=$(perl -e "print(($(date +%s%N) - $began) / 1e9)") # seconds that it takes unharmed
check "killed $kills times" all_kills
sort "$tmp/met" | uniq -c |
    awk '{ print "# " $1 " times " ($2 ? "killed" : "done before") ", private " $3 ", public " $4 }'
stop
echo "1..$number"
