#!/bin/sh
# nginx.sh: what nginx passes on to the endpoint, and what it counts.  A listener that repeats
# what it got stands in for the endpoint.  TEADE names the generator.  TAP.

# shellcheck source=tests/helpers/lib.sh
. "$(dirname "$0")/../helpers/lib.sh"
programs= # but for the listener
listener=

on_exit() {
    [ -z "$listener" ] || { kill "$listener" && wait "$listener"; } 2>/dev/null
}

begin() { # NAME BASE-URL [SETTINGS]: a site of that address; more settings for nginx
    on_exit
    [ -z "$servers" ] || stop
    "$teade" build --output "$tmp/$1.site" --date 2026-11-23 --base-url "$2" >"$tmp/build" 2>&1 ||
        give_up "teade build: $(tail -n 1 "$tmp/build")"
    echo "${3-}" >>"$tmp/$1.site/private/nginx/teade.conf"
    chmod -R go+rX "$tmp"
    origin=http://127.0.0.1:0
    serve "$1" "$tmp/$1.site"
    perl "$here/helpers/repeat.pl" "$run/teade-consent.sock" &
    listener=$!
    eventually [ -S "$run/teade-consent.sock" ]
}

# The value of a parameter as the endpoint gets it.
passed() { # NAME WANTED CURL-OPTION...
    name=$1 wanted=$2
    shift 2
    curl --silent --noproxy '*' "$@" "$origin/et/choices/" >"$tmp/body"
    is "$name" "$(LC_ALL=C sed -n "s/^$name=//p" "$tmp/body")" "$wanted"
}

cookies() { # WANTED COOKIES: both a format of printf
    # shellcheck disable=SC2059
    passed HTTP_COOKIE "$(printf "$1")" --header "$(printf "Cookie: $2")"
}

# How many are 429, of so many requests from addresses by a format of printf.
answers() { # none|some FORMAT: 300 of them
    asked 300 'record"\ndata = "a=b' "$@"
}

readings() { # none|some FORMAT: more than a crowd's
    asked 2000 '' "$@"
}

# shellcheck disable=SC2059
asked() { # COUNT REST-OF-THE-ADDRESS none|some FORMAT
    count=$1 rest=$2
    shift 2
    for i in $(seq "$count"); do
        printf 'url = "%s/et/choices/'"$rest"'"\noutput = /dev/null\nwrite-out = "%%{http_code}\\n"\nheader = "X-Forwarded-For: '"$2"'"\nnext\n' \
            "$origin" "$i"
    done | sed '$d' | curl --silent --noproxy '*' --config - | sort | uniq -c >"$tmp/statuses"
    refused=$(grep -c ' 429$' "$tmp/statuses")
    { [ "$1" = some ] && [ "$refused" = 1 ]; } || { [ "$1" = none ] && [ "$refused" = 0 ]; } ||
        { cat "$tmp/statuses" && false; }
}

begin loopback http://127.0.0.1:8080
long=$(head -c 5000 /dev/zero | tr '\0' x)
while IFS='|' read -r name wanted sent; do
    check "cookies: $name" cookies "$wanted" "$sent"
done <<END
ours alone|teade=v1.a;;;|teade=v1.a
of an empty value||teade=
of another program's value||teade=1; teade=v1.x; teade=v1.a b; teade="v1.a"
behind four of another program's|teade=v1.a;;;|teade=1; teade=2; teade=; teade=\377; teade=v1.a
among others|teade=v1.a;;;|session=secret; teade=v1.a; theme=dark
behind bytes that are no UTF-8|teade=v1.a;;;|name=J\374ri; teade=v1.a; other=\200
behind a C1 control character|teade=v1.a;;;|name=\302\205; teade=v1.a
behind a tab|teade=v1.a;;;|name=a\tb; teade=v1.a
beside a very long one|teade=v1.a;;;|name=$long; teade=v1.a; more=$long
without a space|teade=v1.a;;;|a=b;teade=v1.a;c=d
twice|teade=v1.a;teade=v1.b;;|teade=v1.a; x=y; teade=v1.b
three times|teade=v1.a;teade=v1.b;teade=v1.c;|teade=v1.a; teade=v1.b; teade=v1.c
four times|teade=v1.a;teade=v1.b;teade=v1.c;teade=v1.d|x=1; teade=v1.a; teade=v1.b; x=2; teade=v1.c; teade=v1.d; x=3
none of ours||session=secret; theme=dark
a name that ends like ours||xteade=v1.a; x-teade=v1.a
a name that begins like ours||teade_seen_others=1; teade2=v1.a; teade-x=1; teade_new_=v1.a; teade_new_x=v1.a
one that waits for its first record|teade_new_0123abcd=v1.a;;;|a=b; teade_new_0123abcd=v1.a; c=d
all that wait, and ours|teade_new_0a=v1.a;teade=v1.b;teade_new_0b=v1.c;|teade_new_0a=v1.a; teade=v1.b; teade_new_0b=v1.c
one that hides a notice|;teade_seen_privacy_policy=2026-11-22|a=b; teade_seen_privacy_policy=2026-11-22
both kinds|teade=v1.a;;;;teade_seen_privacy_policy=2026-11-22|teade_seen_privacy_policy=2026-11-22; teade=v1.a
in capitals||Teade=v1.a; TEADE=v1.a
in another one's value||a=teade=v1.a; b="teade=v1.a"
that of https||__Host-teade=v1.a
END
check 'cookies: none' passed HTTP_COOKIE ''
while IFS='|' read -r name wanted sent; do
    # shellcheck disable=SC2059
    check "Referer: $name" passed HTTP_REFERER "$wanted" --header "$(printf "Referer: $sent")"
done <<'END'
a page|http://127.0.0.1:8080/|http://127.0.0.1:8080/et/privacy-policy/?q=secret#part
the site|http://127.0.0.1:8080/|http://127.0.0.1:8080
bytes that are no UTF-8|http://127.0.0.1:8080/|http://127.0.0.1:8080/et/?q=\374
such bytes in the host||http://127.0.0.1:8080\374.example/
a name before the host|http://127.0.0.1:8080@other.example/|http://127.0.0.1:8080@other.example/
a question without a path|http://127.0.0.1:8080?a/|http://127.0.0.1:8080?a/b
no address||/et/choices/
another scheme||ftp://127.0.0.1/
END
check 'Referer: none' passed HTTP_REFERER ''
check 'no address and no browser' passed 'REMOTE_ADDR\|HTTP_USER_AGENT\|HTTP_X_FORWARDED_FOR' '' \
    --header 'X-Forwarded-For: 192.0.2.1'

begin https https://www.example.com
while IFS='|' read -r name wanted sent; do
    check "https, cookies: $name" cookies "$wanted" "$sent"
done <<'END'
ours among others|__Host-teade=v1.a;;;|session=secret; __Host-teade=v1.a; teade=v1.b
that of http||teade=v1.a
a name that ends like ours||x__Host-teade=v1.a; __Secure-teade=v1.a
END

# Behind a proxy, as teade.conf says.
begin proxied http://127.0.0.1:8080 'set_real_ip_from 127.0.0.1; real_ip_header X-Forwarded-For;'
while IFS='|' read -r name wanted format; do
    check "300 answers, $name: $wanted refused" answers "$wanted" "$format"
done <<'END'
of 300 addresses|none|192.0.2.%d
of one address|some|192.0.2.1
of one IPv6 network|some|2001:db8:1:2::%x
of its other half|some|2001:db8:1:2:8000:%x:0:1
of one that is written short|some|2001:db8::1:%x:0:1
of 300 IPv6 networks|none|2001:db8:7:%x::1
of 300 that are written short|none|2001:db8:%x::1
END
check 'of that address others are spared' answers none 198.51.100.%d
check '2000 readings, of one address: some refused' readings some 203.0.113.1
check '2000 readings, of one IPv6 network: some refused' readings some 2001:db8:9:2::%x
check '2000 readings, of as many networks: none refused' readings none 2001:db8:8:%x::1
echo "1..$number"
