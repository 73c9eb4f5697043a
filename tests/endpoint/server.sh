#!/bin/sh
# server.sh: the whole server for nginx that is installed as an example, unchanged but for ports and
# paths: encryption, the way to it, a certificate authority's token, health for the monitor alone.

# shellcheck source=tests/helpers/lib.sh
. "$(dirname "$0")/../helpers/lib.sh"
PATH=$PATH:/usr/sbin
plain=$(free_port)
origin=https://www.example.com
copy_programs

prepare() {
    build "$tmp/lib/teade/site" 2026-12-01
    mkdir -p "$tmp/acme/.well-known/acme-challenge" "$tmp/tmp" && echo token >"$tmp/acme/.well-known/acme-challenge/token" &&
        openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=www.example.com -keyout "$tmp/privkey.pem" \
            -out "$tmp/fullchain.pem" 2>"$tmp/openssl" || give_up 'openssl'
    secure=$(free_port)
    {
        echo "daemon off; pid $tmp/nginx.pid; error_log $tmp/error.log info; worker_rlimit_nofile 20000;"
        [ "$(id -u)" != 0 ] || echo 'user root;'
        echo 'load_module /usr/lib/nginx/modules/ngx_http_brotli_static_module.so;'
        echo "events { worker_connections 1024; } http { access_log $tmp/access.log;"
        for temp in client_body fastcgi proxy scgi uwsgi; do echo "${temp}_temp_path $tmp/tmp/$temp;"; done
        sed -e "s,@localstatedir@,$tmp,; s,/run/teade/,$tmp/,; s,/etc/letsencrypt/live/www.example.com/,$tmp/," \
            -e "s,/var/www/acme,$tmp/acme,; s,listen 80,listen 127.0.0.1:$plain,; s,listen 443,listen 127.0.0.1:$secure," \
            -e '/listen \[::\]/d' "$root/cgi/system/nginx.conf.in"
        echo '}'
    } >"$tmp/nginx.conf"
    "$programs/teade-records" init --keys "$tmp/keys" --database "$tmp/consent.db" 2>"$tmp/init" || give_up 'no keys'
    "$programs/teade-consent" --site "$tmp/lib/teade/site" --database "$tmp/consent.db" --keys "$tmp/keys" \
        --listen "$tmp/teade-consent.sock" --workers 2 2>"$tmp/log" &
    servers=$!
    nginx -c "$tmp/nginx.conf" -e "$tmp/error.log" 2>"$tmp/nginx" &
    servers="$! $servers"
    eventually [ -s "$tmp/nginx.pid" ] || { cat "$tmp/nginx" "$tmp/error.log" >&2 && give_up 'nginx'; }
    eventually curl -sf -o /dev/null "http://127.0.0.1:$plain/.well-known/acme-challenge/token"
}

fetch() { # ADDRESS [OPTION...]
    address=$1
    shift
    curl -s -m 10 --noproxy '*' -k --resolve "www.example.com:$secure:127.0.0.1" -o "$tmp/body" -D "$tmp/headers" "$@" \
        -w '%{http_code} %{http_version} %{redirect_url}' "https://www.example.com:$secure$address"
}

leads_to_encryption() {
    is redirect "$(curl -s -o /dev/null -w '%{http_code} %{redirect_url}' -H 'Host: www.example.com' "http://127.0.0.1:$plain/et/?a=b")" \
        '301 https://www.example.com/et/?a=b' &&
        is token "$(curl -s "http://127.0.0.1:$plain/.well-known/acme-challenge/token")" token
}

serves_pages() {
    is page "$(fetch /et/privacy-policy/)" '200 2 ' && grep -qi '^strict-transport-security: max-age=63072000' "$tmp/headers" &&
        is choices "$(fetch /et/choices/)" '200 2 '
}

# The cookie of a visitor's first answer.
sets_cookie() {
    digest=$(digest privacy-policy 2026-11-22 et)
    fetch /et/choices/record -H "Origin: $origin" -H 'Sec-Fetch-Site: same-origin' \
        -d "document=privacy-policy&revision=2026-11-22&digest=$digest&choice.notices=given" >"$tmp/status"
    grep -qi '^set-cookie: __Host-teade_new_[^;]*;.*secure' "$tmp/headers" || { cat "$tmp/status" "$tmp/headers" && false; }
}

# 127.0.0.2 is another machine than the monitor's.
health_is_the_monitors() {
    is monitor "$(fetch /choices/health)" '200 2 ' && is others "$(fetch /choices/health --interface 127.0.0.2)" '404 2 '
}

unreachable_is_seen() {
    kill "${servers##* }" && eventually eval '[ "$(fetch /choices/health)" = "502 2 " ]'
}

no_address_in_logs() {
    has_not "$tmp/error.log" 127.0.0.1 && [ ! -s "$tmp/access.log" ] && has_not "$tmp/log" 127.0.0
}

prepare
check 'the way to the encrypted site' leads_to_encryption
check 'pages, over HTTP/2' serves_pages
check 'a cookie of this host alone' sets_cookie
check 'health is for the monitor' health_is_the_monitors
check 'an endpoint that cannot be reached is seen' unreachable_is_seen
check 'no address in any log' no_address_in_logs
echo "1..$number"
