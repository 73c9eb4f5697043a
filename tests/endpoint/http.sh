#!/bin/sh
# http.sh: builds the real policy, serves it by serve.sh without the endpoint, and asks
# for it as browsers, proxies and strangers do.  TEADE names the generator.  TAP.

# shellcheck source=tests/helpers/lib.sh
. "$(dirname "$0")/../helpers/lib.sh"
languages='et ja en' # the first is told to those whose language is not known
site=$tmp/site
public=$site/public
programs= # no endpoint

cookieless() { # what no answer of nginx's own lacks: no cookie, and what protects pages
    protected && header Set-Cookie ''
}

body_is() { # FILE
    cmp "$tmp/body" "$1"
}

# The page itself.

page() { # PATH LANGUAGE FILE
    ask "$1"
    is status "$status" 200 && body_is "$3" && in_language "$2" && cookieless &&
        header Content-Language "$2" && header Cache-Control no-cache &&
        header Content-Type 'text/html; charset=utf-8' && header Vary Accept-Encoding
}

alternates() { # PATH LANGUAGE FILE: it has a link to itself in each language it exists in
    rest=${1#/"$2"/} file=${3#"$public/$2/"}
    for language in $languages; do
        [ ! -f "$public/$language/$file" ] ||
            link alternate "hreflang=\"$language\" href=\"$origin/$language/$rest\"" || return 1
    done
    link alternate 'hreflang="x-default" href="' && link canonical "href=\"$origin$1\""
}

link() { # REL ATTRIBUTES
    grep -qF "<link rel=\"$1\" $2" "$tmp/body" || { echo "no $1 link with $2" && false; }
}

packed() { # PATH ENCODING FILE
    ask "$1" --compressed --header "Accept-Encoding: $2"
    is status "$status" 200 && header Content-Encoding "$2" && header Vary Accept-Encoding &&
        header Content-Type "$4" && body_is "$3"
}

unchanged() { # PATH
    ask "$1"
    etag=$(sed -n 's/^ETag: //p' "$tmp/headers")
    ask "$1" --header "If-None-Match: $etag"
    is status "$status" 304 && header ETag "$etag" && cookieless
}

# No script, inline style or request to anywhere else in a file, whatever serves it.
modest() { # FILE
    ! grep -Eno "<script|<style|<iframe|<object|<embed|<base|[[:space:]](style|on[a-z]+|srcset|ping)=|javascript:" \
        "$1" &&
        ! grep -Eo '<(link|img|source|use|image|audio|video|input|form)[[:space:]][^>]*>' "$1" |
        grep -Ev 'rel="(canonical|alternate)"' |
            grep -E '(href|src|action|poster)="([a-z]+:|//)'
}

modest_style() { # FILE
    ! grep -Eno '@import|url\([^)]*//|expression\(' "$1"
}

asset() { # PATH TYPE FILE
    ask "$1"
    is status "$status" 200 && body_is "$3" && cookieless && header Content-Type "$2" &&
        header Cache-Control 'public, max-age=31536000, immutable'
}

failure() { # STATUS LANGUAGE PAGE PATH [CURL-OPTION...]
    wanted=$1 language=$2 file=$public/$2/errors/$3.html
    shift 3
    ask "$@"
    is status "$status" "$wanted" && body_is "$file" && in_language "$language" && cookieless &&
        header Content-Language "$language" && header Cache-Control no-store
}

# More than anyone asks for: the last are 429.
flood() { # COUNT LANGUAGE PATH [CURL-OPTION...]
    count=$1 language=$2 path=$3
    shift 3
    curl --silent --noproxy '*' --dump-header "$tmp/headers" --output "$tmp/flood.#1" \
        --write-out '%{http_code} %{filename_effective}\n' "$@" "$origin$path?[1-$count]" >"$tmp/flood"
    refused=$(sed -n 's/^429 //p' "$tmp/flood" | tail -n 1)
    [ -n "$refused" ] || { echo "none of $count was refused" && return 1; }
    cmp "$refused" "$public/$language/errors/429.html" && grep -q '^Retry-After: 60' "$tmp/headers"
}

# What that address is not allowed now takes nothing else from whoever shares it: a proxy's
# visitors, a carrier's customers.  (Without the endpoint, 502 or the choice of languages.)
spared() { # PATH COUNT [CURL-OPTION...]
    path=$1 count=$2
    shift 2
    curl --silent --noproxy '*' --output /dev/null --write-out '%{http_code}\n' "$@" \
        "$origin$path?[1-$count]" | sort | uniq -c >"$tmp/spared"
    ! grep -q 429 "$tmp/spared" || { cat "$tmp/spared" && false; }
}

# A hundred who read and a hundred who answer within five seconds, all behind one proxy.  Each answer
# is the form, a post, one more with the new cookie, and the page after it.
crowd() { # LANGUAGE
    for round in $(seq 20); do
        spared "/$1/choices/" 15 && spared "/$1/choices/record" 10 --data a=b || { echo "round $round" && return 1; }
    done
}

# Those who are not done with their form hold nothing: nine of one address, and a tenth is answered.
held() { # LANGUAGE
    perl "$here/helpers/held.pl" "${origin#http://}" "/$1/choices/record" >"$tmp/held"
    is answer "$(tr -d '\r' <"$tmp/held")" 'HTTP/1.1 502 Bad Gateway' # no endpoint is here
}

# A slow body would hold a place among the exports.
export_with_body() {
    ask /choices/export.json --request GET --data "$(head -c 8000 /dev/zero | tr '\0' x)"
    is status "$status" 413
}

hidden() { # PATH
    ask "$1"
    case $status in 400 | 404) ;; *) is status "$status" 404 ;; esac &&
        cookieless && grep -q '<html lang=' "$tmp/body"
}

no_directory() { # PATH
    ask "$1" && is status "$status" 404
}

language_choice() {
    ask /
    is status "$status" 200 && body_is "$public/index.html" && cookieless || return 1
    for language in $languages; do
        grep -q "href=\"/$language/\"" "$tmp/body" || { echo "no link to $language" && return 1; }
    done
}

links_lead_somewhere() {
    find "$public" -name '*.html' -exec grep -Eoh '(href|src)="/[^"#]*' {} + |
        sed 's/^[a-z]*="//' | sort -u >"$tmp/links"
    grep -q . "$tmp/links" || return 1
    while read -r target; do
        ask "$target"
        case $target in
        / | /*/choices/*) ;; # the endpoint's
        *) is "$target" "$status" 200 || return 1 ;;
        esac
    done <"$tmp/links"
}

# Serving itself.

port_taken() {
    "$here/serve.sh" "$site" "$tmp/run2" "$port" >"$tmp/second" 2>&1
    is 'exit status' $? 69 && grep "port $port: Address already in use" "$tmp/second"
}

# Refused before COMMAND builds the site again, under the one that is served.
used_by_another() {
    "$here/serve.sh" "$site" "$tmp/run" 0 '' touch "$tmp/built" >"$tmp/second" 2>&1
    is 'exit status' $? 75 && has "$tmp/second" "another serve.sh uses $tmp/run" &&
        is 'what is printed' "$(wc -l <"$tmp/second")" 1 && [ ! -e "$tmp/built" ]
}

# The terminal sends SIGINT to all that it runs.
ctrl_c() {
    mkfifo "$tmp/keys" && exec 3<>"$tmp/keys"
    env --default-signal=INT script -qefc "exec $here/serve.sh $site $tmp/run3 0" /dev/null <&3 >"$tmp/screen" 2>&1 &
    terminal=$!
    eventually has "$tmp/screen" /ja/ && printf '\003' >&3 && wait $terminal
    is 'exit status' $? 0 && is 'the last words' \
        "$(tr -d '\r' <"$tmp/screen" | sed '/^http:/d')" '^C' && eventually [ ! -e "$tmp/run3/nginx.pid" ]
}

unprivileged() {
    owner=$(stat -c %u "$tmp/run/nginx.pid")
    [ "$owner" != 0 ] || { echo 'nginx runs as root' && false; }
}

no_address_logged() {
    ! grep -rn --exclude=nginx.conf '127\.0\.0\.1' "$tmp/run" "$log" && is 'log' "$(cat "$log")" ''
}

stopped() {
    ! curl --silent --noproxy '*' "$origin/et/"
}

copied() {
    grep 'serving a copy' "$log" && ask /et/ && is status "$status" 200
}

cleaned_up() {
    [ -n "$copy" ] || return 1
    [ ! -e "$copy" ] || { echo "'$copy' is left behind" && false; }
}

port=$(free_port)
origin=http://127.0.0.1:$port
"$teade" build --output "$site" --date 2026-11-23 --base-url "$origin" >"$tmp/build" 2>&1 ||
    give_up "$teade build: $(tail -n 1 "$tmp/build")"
echo hidden >"$public/.hidden"
echo hidden >"$public/et/.hidden"
head -c 20000 /dev/zero | tr '\0' x >"$tmp/large"
chmod -R go+rX "$tmp"
serve run "$site"

for file in $(cd "$public" && find . -path './*/*.html' | sort); do
    file=${file#./}
    path=/${file%index.html}
    language=${file%%/*}
    check "$path in $language" page "$path" "$language" "$public/$file"
    check "$path names its alternates" alternates "$path" "$language" "$public/$file"
    for encoding in gzip br; do
        check "$path by $encoding" \
            packed "$path" "$encoding" "$public/$file" 'text/html; charset=utf-8'
    done
    check "$path unchanged" unchanged "$path"
done
for file in $(find "$public" -name '*.html' | sort); do
    check "${file#"$public"} has nothing active or foreign in it" modest "$file"
done
for file in "$public"/assets/*.css; do
    path=${file#"$public"}
    check "$path" asset "$path" 'text/css; charset=utf-8' "$file"
    check "$path by gzip" packed "$path" gzip "$file" 'text/css; charset=utf-8'
    check "$path by br" packed "$path" br "$file" 'text/css; charset=utf-8'
    check "$path asks nobody else" modest_style "$file"
done
for file in "$public"/assets/*.svg; do
    path=${file#"$public"}
    check "$path" asset "$path" 'image/svg+xml; charset=utf-8' "$file"
done
check 'every link leads somewhere' links_lead_somewhere
check '/ without the endpoint' language_choice

for language in $languages; do
    l=/$language
    check "$l/nothing" failure 404 "$language" 404 "$l/nothing"
    check "POST to a page in $language" failure 405 "$language" 400 "$l/" --data a=b
    check "a broken escape in $language" failure 400 "$language" 400 "$l/%zz"
    check "a long address in $language" failure 414 "$language" 400 "$l/$(cat "$tmp/large")"
    check "a long header in $language" \
        failure 400 "$language" 400 "$l/" --header "X-Long: $(cat "$tmp/large")"
    check "a large form in $language" \
        failure 413 "$language" 413 "$l/choices/record" --data-binary "@$tmp/large"
    check "a form without the endpoint in $language" \
        failure 502 "$language" 50x "$l/choices/record" --data document=privacy-policy
    check "a form in pieces in $language" failure 411 "$language" 400 "$l/choices/record" \
        --data-binary document=privacy-policy --header 'Transfer-Encoding: chunked'
    check "a choices page without the endpoint in $language" \
        failure 502 "$language" 50x "$l/choices/"
done
check 'a question in pieces' failure 411 "${languages%% *}" 400 /choices/health \
    --request GET --data-binary a=b --header 'Transfer-Encoding: chunked'
check 'the first question in pieces' failure 411 "${languages%% *}" 400 / \
    --request GET --data-binary a=b --header 'Transfer-Encoding: chunked'
check 'a form without a length' failure 411 et 400 /et/choices/erase --request POST
check 'no language: the first' failure 404 "${languages%% *}" 404 /nothing
check 'PUT' failure 405 "${languages%% *}" 400 /robots.txt --request PUT
check 'TRACE' failure 405 "${languages%% *}" 400 / --request TRACE
ask /en/ --data a=b
check 'a 405 says what is allowed' header Allow 'GET, HEAD'
ask /en/ --head
check 'HEAD' is status "$status" 200
ask /en
check 'a missing slash' header Location /en/

for path in /.hidden /et/.hidden /%2ehidden /et/index.html.gz /et/index.html.br \
    /private/manifest.json //private/manifest.json /../private/manifest.json \
    /..%2fprivate/manifest.json /et/../../private/manifest.json \
    /et/%2e%2e/%2e%2e/private/manifest.json /assets../private/manifest.json \
    /assets/..%5c..%5cprivate/manifest.json /et/%00 /site/private/manifest.json; do
    check "$path is not to be had" hidden "$path"
done
check 'no list of a directory' no_directory /assets/
check 'nine who are slow' held ja
check 'an export that is asked for with a body' export_with_body
check 'too many answers' flood 300 ja /ja/choices/record --data a=b
check 'they take no reading' spared /ja/choices/ 20
check 'nor the way in' spared / 20
check 'nor what other pages ask' spared /choices/status.json 20
check 'nor the file to take home' spared /choices/export.json 20
check 'nor a withdrawal' spared /ja/choices/withdraw 20 --data purpose=newsletter
check 'nor an erasure' spared /ja/choices/erase 20 --data confirm=1
check 'nor hiding a notice' spared /ja/choices/hide 20 --data a=b
stop
serve run "$site"
check 'a crowd behind one proxy' crowd ja
check 'too much reading' flood 2000 ja /ja/choices/
check 'too many who come in' flood 800 et /
check 'too many questions of other pages' flood 800 et /choices/status.json
check 'too many withdrawals' flood 800 ja /ja/choices/withdraw --data purpose=newsletter
check 'they take no page that is a file' page /ja/ ja "$public/ja/index.html"

check 'a taken port' port_taken
check 'a second one in the same directory' used_by_another
check 'Ctrl-C on a terminal' ctrl_c
check 'no privileges' unprivileged
stop
check 'it stops' stopped
check 'no address in any log' no_address_logged
if [ "$(id -u)" = 0 ]; then
    chmod 700 "$tmp" # as if the clone lay below a directory of root's own
    origin=http://127.0.0.1:0
    serve run "$site"
    copy=$(sed -n 's/.* in \(\/tmp\/teade\.[^ ]*\)$/\1/p' "$log")
    check 'root whose directory is closed serves a copy' copied
    stop
    check 'and removes it' cleaned_up
fi
echo "1..$number"
