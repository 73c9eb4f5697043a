#!/bin/sh
# consent_refusals.sh: what is no visitor's answer: broken forms, posts from elsewhere,
# strange cookies, bytes that no browser sends.  Each gets a page in the language of its
# address, and leaves nothing behind.  TAP.

# shellcheck source=tests/helpers/lib.sh
. "$(dirname "$0")/../helpers/lib.sh"
languages='et ja en'
revision=2026-11-22
day=20780 # 2026-11-23, since 1970

# Fills in a table's capitals, for a language.
fill() { # LANGUAGE
    sed "s/OFFER/document=DOCUMENT\&revision=REVISION\&digest=DIGEST/g; s/YES/choice.notices=given/g
        s/DOCUMENT/privacy-policy/g; s/REVISION/$revision/g; s/MARK/$marker/g
        s/DIGEST/$(digest privacy-policy "$revision" "$1")/g"
}

accepted_form() { # LANGUAGE
    echo OFFER\&YES | fill "$1"
}

bad() { # STATUS LANGUAGE COMMAND...
    wanted=$1 language=$2 rows=$(rows)
    shift 2
    "$@"
    refused "$wanted" "$language" "$rows"
}

good() { # LANGUAGE COMMAND...
    language=$1 rows=$(rows)
    shift
    "$@"
    is status "$status" 303 && leads "/$language/choices/?done=saved" && secured &&
        made teade && is records "$(rows)" $((rows + 1))
}

taken() { # COMMAND...
    "$@"
    is status "$status" 303 && secured
}

wrong_method() { # METHOD PATH LANGUAGE ALLOW
    bad 405 "$3" post "$2" "$(accepted_form "$3")" --request "$1" && header Allow "$4"
}

# The table of cgi/web/origin.h.
guard() { # LANGUAGE SEC-FETCH-SITE ORIGIN REFERER
    language=$1 site=$2 from=$3 referer=$4
    case $site,$from,$referer in
    same-origin,* | none,own,* | absent,own,* | none,absent,own | absent,absent,own)
        set -- good "$language" ask "/$language/choices/record" --cookie "$(new_cookie)" ;;
    *) set -- bad 403 "$language" ask "/$language/choices/record" ;; # no cookie is made either
    esac
    set -- "$@" --data "$(accepted_form "$language")"
    [ "$site" = absent ] || set -- "$@" --header "Sec-Fetch-Site: $site"
    case $from in
    own) set -- "$@" --header "Origin: $origin" ;;
    other) set -- "$@" --header "Origin: http://$marker.example" ;;
    null) set -- "$@" --header 'Origin: null' ;;
    esac
    case $referer in
    own) set -- "$@" --referer "$origin/$language/privacy-policy/?$marker" ;;
    other) set -- "$@" --referer "http://other.example/$marker" ;;
    esac
    "$@"
}

# Signs a cookie as identity.c does, for a new pseudonym.
# shellcheck disable=SC2016 # Perl's variables
cookie() { # KEY-ID DAY KEY
    perl -MDigest::SHA=hmac_sha256_hex -e '
        my $value = sprintf "v1.%d.%d.%032x", @ARGV[0, 1], 1 + rand 1e9;
        print "$value." . hmac_sha256_hex("teade-cookie-v1\0$value", pack "H*", $ARGV[2])' "$@"
}

new_cookie() { # that a browser was sent before its first record
    "$here/helpers/cookies.pl" 1 $day <"$run/keys/visitor.key"
}

# Cookies of nobody known: the form is to be sent once more, with a cookie of its own, and nothing is
# recorded before; without that cookie the page says why, and nothing is kept.
strange_cookie() { # LANGUAGE COOKIES
    rows=$(rows) form=$(accepted_form "$1")
    ask "/$1/choices/" --header "Cookie: $2"
    is status "$status" 200 && in_language "$1" && header Set-Cookie '' &&
        has "$tmp/body" "$(words "$1" ^known)" || return 1
    post_once "/$1/choices/record" "$form" --header "Cookie: $2"
    is status "$status" 307 && made teade_new && secured && is records "$(rows)" "$rows" &&
        header Location "/$1/choices/record?cookie=sent" || return 1
    new=$(sed 's/;.*//' "$tmp/cookies")
    post_once "/$1/choices/record?cookie=sent" "$form" --header "Cookie: $2"
    refused 422 "$1" "$rows" && has "$tmp/body" "$(words "$1" '#cookies')" || return 1
    post_once "/$1/choices/record?cookie=sent" "$form" --header "Cookie: $2; $new"
    is status "$status" 303 && made teade && is records "$(rows)" $((rows + 1)) &&
        ! has "$tmp/cookies" ".$bits." >/dev/null
}

# Nothing of theirs is there to be withdrawn or erased, and no cookie is made for that.
strange_undoing() { # LANGUAGE COOKIES
    rows=$(rows)
    for address in withdraw erase; do
        post_once "/$1/choices/$address" '' --header "Cookie: $2"
        is status "$status" 303 && header Set-Cookie '' && is records "$(rows)" "$rows" || return 1
    done
}

# The cookie that is known counts, whatever else there is, and none is taken away.
known_cookie() { # LANGUAGE COOKIES
    rows=$(rows)
    post_once "/$1/choices/record" "$(accepted_form "$1")" --header "Cookie: $2"
    is status "$status" 303 && made teade && has "$tmp/cookies" ".$bits." || return 1
    grep -i '^Set-Cookie: teade=;' "$tmp/headers" && return 1
    ask /choices/status.json --header "Cookie: $2"
    is status "$status" 200 && has "$tmp/body" '"known": true'
}

two_tabs() {
    rows=$(rows) form=$(accepted_form en)
    post_once /en/choices/record "$form" && first=$(sed -n 's/^Set-Cookie: \([^;]*\).*/\1/p' "$tmp/headers")
    post_once /en/choices/record "$form" && second=$(sed -n 's/^Set-Cookie: \([^;]*\).*/\1/p' "$tmp/headers")
    post_once '/en/choices/record?cookie=sent' "$form" --cookie "$first; $second"
    is status "$status" 303 && made teade && cp "$tmp/cookies" "$tmp/one" || return 1
    is 'taken away' "$(grep -c '^Set-Cookie: teade_new_.*=; .*Max-Age=0' "$tmp/headers")" 2 || return 1
    post_once '/en/choices/record?cookie=sent' "$form" --cookie "$first"
    is status "$status" 303 && made teade && cmp "$tmp/cookies" "$tmp/one" || return 1
    post_once '/en/choices/record?cookie=sent' "$form" --cookie "$second; $first" # whoever is known counts
    is status "$status" 303 && made teade && cmp "$tmp/cookies" "$tmp/one" && is records "$(rows)" $((rows + 1))
}

brought_twice() {
    rows=$(rows) waiting=$(new_cookie)
    for answers in "$(accepted_form en)" "$(accepted_form en)" "$(echo OFFER | fill en)&all=given"; do
        post_once /en/choices/record "$answers" --cookie "$waiting"
        is status "$status" 303 && made teade || return 1
    done
    ask /en/choices/ --cookie "$waiting"
    is status "$status" 200 && made teade && is records "$(rows)" $((rows + 1))
}

# What no browser sends, to nginx or past it; only nginx adds the headers of every answer.
bad_raw() { # STATUS LANGUAGE COMMAND...
    wanted=$1 language=$2 rows=$(rows)
    shift 2
    "$@"
    is status "$status" "$wanted" && in_language "$language" && header Cache-Control no-store &&
        is cookies "$(grep -i '^Set-Cookie: teade=[^;]' "$tmp/headers")" '' && is records "$(rows)" "$rows"
}

# shellcheck disable=SC2059 # headers are a format
by_hand() { # HEADERS [cut]
    {
        printf 'POST /ja/choices/record HTTP/1.1\r\n'
        printf '%s\r\n' "Host: ${origin#http://}" "Origin: $origin" \
            'Content-Type: application/x-www-form-urlencoded'
        printf "$1\r\n"
        printf '%s' "$form"
    } >"$tmp/request"
    shift
    raw "$@" <"$tmp/request"
}

# nginx tells nobody who has hung up, and does not pass it on.
cut_off() { # BYTES-MISSING
    rows=$(rows)
    by_hand "Content-Length: $((${#form} + $1))\r\n" cut
    is answer "$(cat "$tmp/raw")" '' && is records "$(rows)" "$rows"
}

# A request as nginx passes it on, with some parameters changed, added or (without "=") left out.
# shellcheck disable=SC2086 # a list of words
by_fastcgi() { # [NAME[=VALUE]...]
    parameters="REQUEST_METHOD=POST DOCUMENT_URI=/ja/choices/record QUERY_STRING=a=b
        CONTENT_TYPE=application/x-www-form-urlencoded CONTENT_LENGTH=${#form} HTTP_COOKIE=a=b
        HTTP_ORIGIN=$origin HTTP_REFERER=$origin/ HTTP_SEC_FETCH_SITE=same-origin HTTP_SEC_GPC=1
        HTTP_ACCEPT_LANGUAGE=en"
    for change in "$@"; do
        parameters=$(echo "$parameters" | tr -s ' ' '\n' | grep -v "^${change%%=*}\(=\|$\)")
    done
    twice=
    case ${1-} in +*) twice=$(echo "$parameters" | tr -s ' ' '\n' | grep "^${1#+}=") ;; esac
    for change in "$@"; do
        shift
        case $change in *=*) set -- "$@" "$change" ;; esac
    done
    printf '%s' "$form" >"$tmp/request"
    fastcgi $parameters $twice "$@" <"$tmp/request"
}

past_nginx() { # [NAME=VALUE...]
    rows=$(rows)
    by_fastcgi "$@"
    is status "$status" 303 && made teade && is records "$(rows)" $((rows + 1))
}

copy_programs
origin=http://127.0.0.1:$(free_port)
build "$tmp/site" 2026-11-23
serve run "$tmp/site" --now $((day * 86400))
lines=$(wc -l <"$log")

# Forms.

cat >"$tmp/table" <<'END'
400|nothing at all|record|
400|an unknown field|record|OFFER&YES&MARK=1
400|a field without a name|record|OFFER&YES&=MARK
400|a doubled answer|record|OFFER&YES&YES
400|two answers to one question|record|OFFER&YES&choice.notices=refused
400|a doubled document|record|OFFER&YES&document=DOCUMENT
400|a doubled button|record|OFFER&all=given&all=given
400|no document|record|revision=REVISION&digest=DIGEST&YES
400|no revision|record|document=DOCUMENT&digest=DIGEST&YES
400|no digest|record|document=DOCUMENT&revision=REVISION&YES
400|an unknown document|record|document=MARK&revision=REVISION&digest=DIGEST&YES
400|the other document|record|document=record-of-choices&revision=REVISION&digest=DIGEST&YES&MARK
400|an unknown revision|record|document=DOCUMENT&revision=2026-11-21&digest=DIGEST&YES
400|a strange revision|record|document=DOCUMENT&revision=MARK&digest=DIGEST&YES
409|a wrong digest|record|document=DOCUMENT&revision=REVISION&digest=MARK&YES
409|a digest in capitals|record|document=DOCUMENT&revision=REVISION&digest=DIGESTA&YES
400|a mark that was made on another text|record|OFFER&choice.notices@0123456789abcdef=given
400|a mark that was made on no text|record|OFFER&choice.notices@=given
400|a mark on this text and more|record|OFFER&choice.notices@DIGEST0=given
400|two marks of one text|record|OFFER&choice.notices@DIGEST@DIGEST=given
400|a question that is marked twice|record|OFFER&YES&choice.notices@DIGEST=refused
400|an unknown purpose of this text|record|OFFER&choice.MARK@DIGEST=given
400|an unknown purpose|record|OFFER&choice.MARK=given
400|no purpose|record|OFFER&choice.=given
400|a part of a purpose|record|OFFER&choice.notice=given
400|an unknown recipient|record|OFFER&choice.notices.MARK=given
400|a purpose that needs no consent|record|OFFER&choice.identity=given
400|a purpose without recipients|record|OFFER&choice.third-parties=given
400|an unknown purpose beside a known one|record|OFFER&YES&choice.MARK=given
400|an unknown purpose beside a button|record|OFFER&choice.MARK=given&all=given
400|an unknown answer|record|OFFER&choice.notices=MARK
400|an empty answer|record|OFFER&choice.notices=
400|an answer in capitals|record|OFFER&choice.notices=GIVEN
400|an objection to a question of consent|record|OFFER&choice.notices=objected
400|consent to a legitimate interest|record|OFFER&choice.statistics=given
400|no to a legitimate interest|record|OFFER&choice.statistics=refused
400|a withdrawal as an answer|record|OFFER&choice.notices=withdrawn
400|an unknown button|record|OFFER&all=MARK
400|an objection to all|record|OFFER&all=objected
400|an answer with a notice|acknowledge|OFFER&YES
400|a notice without a digest|acknowledge|document=DOCUMENT&revision=REVISION
400|a notice of an unknown document|acknowledge|document=MARK&revision=REVISION&digest=DIGEST
409|a notice with a wrong digest|acknowledge|document=DOCUMENT&revision=REVISION&digest=MARK
400|a notice with an answer|hide|OFFER&YES
400|a notice of an unknown revision|hide|document=DOCUMENT&revision=MARK&digest=DIGEST
409|a notice with a wrong digest|hide|document=DOCUMENT&revision=REVISION&digest=MARK
400|an unknown field|withdraw|purpose=notices&MARK=1
400|a doubled purpose|withdraw|purpose=notices&purpose=notices
400|an unknown purpose|withdraw|purpose=MARK
400|an unknown purpose beside a known one|withdraw|purpose=notices&purpose=MARK
400|an empty purpose|withdraw|purpose=
400|a purpose of another document|withdraw|document=record-of-choices&purpose=notices
400|a purpose of an unknown document|withdraw|document=MARK&purpose=notices
400|a purpose of no document|withdraw|document=&purpose=notices
400|a document alone|withdraw|document=DOCUMENT
400|two documents|withdraw|document=DOCUMENT&document=record-of-choices&purpose=notices
400|a code and a document|withdraw|code=01TVS-MAKCK-QJVN1-NCW30&document=DOCUMENT
400|an offer|withdraw|OFFER
400|a code and a purpose|withdraw|code=01TVS-MAKCK-QJVN1-NCW30&purpose=notices
422|a code of nothing|withdraw|code=01TVS-MAKCK-QJVN1-NCW30
422|a code that is none|withdraw|code=MARK
422|an empty code|withdraw|code=
400|an unknown field|erase|confirm=1&MARK=1
400|a doubled confirmation|erase|confirm=1&confirm=1
400|another confirmation|erase|confirm=MARK
400|a broken escape|record|OFFER&YES&MARK=%zz
400|half an escape|record|OFFER&YES%
400|a byte that is not UTF-8|record|OFFER&choice.notices=%ff
400|an overlong slash|record|OFFER&choice.notices=%c0%af
400|half a surrogate pair|record|OFFER&choice.notices=%ed%a0%80
400|an escaped NUL|record|OFFER&choice.notices=given%00
400|a NUL in a name|record|OFFER&choice.notices%00=given
400|an escaped line|record|OFFER&choice.notices=given%0d%0aMARK:1
404|an unknown address|nothing|OFFER&YES
404|an address below|record/MARK|OFFER&YES
END
for language in $languages; do
    fill "$language" <"$tmp/table" >"$tmp/filled"
    while IFS='|' read -r wanted name address fields; do
        check "$language: $address: $name" \
            bad "$wanted" "$language" post "/$language/choices/$address?$marker" "$fields"
    done <"$tmp/filled"
    while IFS='|' read -r name bytes; do
        # shellcheck disable=SC2059 # the row is a format
        { accepted_form "$language" | tr -d '\n' && printf "$bytes"; } >"$tmp/bytes"
        check "$language: record: $name" \
            bad 400 "$language" post "/$language/choices/record" "@$tmp/bytes"
    done <<'END'
a NUL|\000
a bare byte|\377
half a character|\343\201
a control character|\033[0m
an end of line|\n
END
    { accepted_form "$language" | tr '\n' '&' && head -c 9000 /dev/zero | tr '\0' '&'; } >"$tmp/padded"
    head -c 8192 "$tmp/padded" >"$tmp/largest"
    head -c 8193 "$tmp/padded" >"$tmp/larger"
    { cat "$tmp/padded" && cat "$tmp/padded"; } >"$tmp/huge"
    for size in larger huge; do
        check "$language: a $size form than is taken" \
            bad 413 "$language" post "/$language/choices/record" "@$tmp/$size"
    done
    check "$language: the largest form" \
        good "$language" post "/$language/choices/record" "@$tmp/largest"
    for type in '' ' text/plain' ' application/json' ' multipart/form-data; boundary=a' \
        ' application/x-www-form-urlencoded; charset=latin1' \
        ' application/x-www-form-urlencoded, text/plain'; do
        check "$language: Content-Type:$type" bad 415 "$language" \
            post "/$language/choices/record" "$(accepted_form "$language")" --header "Content-Type:$type"
    done
    check "$language: a form in pieces" bad 411 "$language" post "/$language/choices/record" \
        "$(accepted_form "$language")" --header 'Transfer-Encoding: chunked'
    check "$language: its type in other letters" \
        good "$language" post "/$language/choices/record" "$(accepted_form "$language")" \
        --header 'Content-Type: Application/x-www-form-urlencoded; charset="UTF-8"'
    for method in GET DELETE PUT PATCH OPTIONS; do
        for address in record acknowledge hide withdraw; do
            check "$method $language/choices/$address" \
                wrong_method "$method" "/$language/choices/$address" "$language" POST
        done
        [ $method = GET ] || check "$method $language/choices/erase" \
            wrong_method "$method" "/$language/choices/erase" "$language" 'GET, HEAD, POST'
    done
    check "POST $language/choices/" wrong_method POST "/$language/choices/" "$language" 'GET, HEAD'
    check "$language: no language of the path" bad 404 "$language" \
        ask /choices/nothing --header "Accept-Language: $language"
done
for path in / /choices/status.json /choices/health; do
    check "POST $path" wrong_method POST "$path" et 'GET, HEAD'
done
check 'POST in an unknown language' bad 404 et post /fr/choices/record "$(accepted_form et)"
check 'GET in an unknown language' bad 404 et ask /fr/choices/

# Where a post comes from.

turn=$languages
for site in same-origin same-site cross-site none absent; do
    for from in own other null absent; do
        for referer in own other absent; do
            language=${turn%% *} turn="${turn#* } ${turn%% *}"
            check "$language: Sec-Fetch-Site $site, Origin $from, Referer $referer" \
                guard "$language" $site $from $referer
        done
    done
done
while read -r name value; do
    value=$(echo "$value" | sed "s,OWN,$origin,; s,HOST,${origin#http://},")
    check "$name $value" \
        bad 403 en ask /en/choices/record --data "$(accepted_form en)" --header "$name $value"
done <<'END'
Origin: OWN.other.example
Origin: OWN1
Origin: OWN/
Origin: https://HOST
Origin: http://localhost
Origin: HOST
Referer: OWN.other.example/
Referer: OWN1/
Referer: OWN@other.example/
Referer: https://HOST/
Referer: http://other.example/OWN/
Referer: /en/choices/
Sec-Fetch-Site: Same-Origin
Sec-Fetch-Site: same-origin, cross-site
Sec-Fetch-Site: ?1
END

# Cookies.

read -r key_id key <"$run/keys/visitor.key"
post /et/choices/record "$(accepted_form et)"
mine=$(sed -n 's/^Set-Cookie: teade=\([^;]*\).*/\1/p' "$tmp/headers")
tag=${mine##*.} body=${mine%.*} bits=${body##*.}
other_key=$(head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n')
long=$(head -c 5000 /dev/zero | tr '\0' x)
for language in $languages; do
    while IFS='|' read -r name cookies; do
        check "$language: a cookie that is $name" strange_cookie "$language" "$cookies"
        check "$language: nothing is undone by one that is $name" strange_undoing "$language" "$cookies"
    done <<END
forged|teade=$body.$(echo "$tag" | tr 0-9a-f 1-9a-f0)
stretched|teade=v1.$key_id.$((day + 100)).$bits.$tag
capitalized|teade=$(echo "$mine" | tr a-f A-F)
respelled|teade=v1.0$key_id.$day.$bits.$tag
foreign|teade=$(cookie "$key_id" "$day" "$other_key")
oversized|teade=$mine$(echo "$long" | head -c 200)
quoted|teade="$mine"
empty|teade=
garbage|teade=$marker
garbage of several|teade=a; teade=b; teade=$marker; teade=
without records|teade=$(cookie "$key_id" "$day" "$key")
of a lost key|teade=$(cookie $((key_id + 1)) "$day" "$other_key")
that expired|teade=$(cookie "$key_id" $((day - 401)) "$key")
of others|Teade=$mine; xteade=$mine; teade_x=$marker
known, under the name of one that waits|teade_new_$(echo "$bits" | cut -c -8)=$mine
waiting, under the lasting name|teade=$(new_cookie | sed 's/.*=//')
waiting, under another's name|$(new_cookie | sed 's/new_......../new_0123abcd/')
waiting, and forged|teade_new_0123abcd=$body.$(echo "$tag" | tr 0-9a-f 1-9a-f0)
END
    while IFS='|' read -r name cookies; do
        check "$language: the known cookie counts $name" known_cookie "$language" "$cookies"
    done <<END
alone|teade=$mine
twice|teade=$mine; teade=$mine
behind another program's|teade=$marker; teade=$mine
before another program's|teade=$mine; teade=$marker
beside an empty one|teade=; teade=$mine; teade=
behind a forged one|teade=$body.$(echo "$tag" | tr 0-9a-f 1-9a-f0); teade=$mine
behind one without records|teade=$(cookie "$key_id" "$day" "$key"); teade=$mine
before one without records|teade=$mine; teade=$(cookie "$key_id" "$day" "$key")
behind one that waits|$(new_cookie); teade=$mine
behind several that wait|$(new_cookie); $(new_cookie); teade=$mine
behind bytes that are no UTF-8|name=$(printf 'J\374ri'); teade=$mine; other=$(printf '\200\377')
behind control characters|name=$(printf 'a\tb\001'); teade=$mine; other=$(printf '\302\205\177')
behind a quote that does not end|name="a; teade=$mine; b="
without a space|a=b;teade=$mine;c=d
behind pieces that are no cookie|;; a; =b; teade=$mine; ; c
END
    check "$language: the known cookie counts among long ones" known_cookie "$language" \
        "other=$long; teade=$mine; more=$long"
done

# Two answers that are on their way make two cookies; whoever brings both is one visitor.
check 'two tabs at once are one visitor' two_tabs
check 'a cookie that is brought makes a visitor once' brought_twice

# Bytes.

form=$(accepted_form ja)
for missing in 1 1000; do
    check "a form that is cut off, $missing short" cut_off $missing
done
while IFS='|' read -r wanted name headers; do
    check "$name" bad_raw "$wanted" ja by_hand "Connection: close\r\n$headers"
done <<END
400|two lengths|Content-Length: ${#form}\r\nContent-Length: 1${#form}\r\n
400|a length that is no number|Content-Length: $marker\r\n
400|a length below zero|Content-Length: -1\r\n
400|two hosts|Host: $marker\r\nContent-Length: ${#form}\r\n
400|a NUL in a header|Cookie: $marker\000\r\nContent-Length: ${#form}\r\n
END
check 'FastCGI as nginx speaks it' past_nginx "HTTP_COOKIE=$(new_cookie)" \
    "REMOTE_ADDR=$marker" "HTTP_USER_AGENT=$marker"
while IFS='|' read -r name value; do
    check "FastCGI: $name of any bytes" past_nginx "HTTP_COOKIE=$(new_cookie)" "$name=$value"
done <<END
HTTP_REFERER|$origin/$(printf '\377\001')
HTTP_REFERER|$(printf '\302\205\t')
QUERY_STRING|utm_source=$(printf '\374&\302\205')
HTTP_SEC_GPC|$(printf '\377')
HTTP_ACCEPT_LANGUAGE|$(printf 'et-\344\366,\t*')
END
check 'FastCGI: cookies of any bytes' past_nginx \
    "HTTP_COOKIE=a=$(printf '\344\t\302\205'); $(new_cookie); b=$(head -c 9000 /dev/zero | tr '\0' x)"
for name in REQUEST_METHOD QUERY_STRING CONTENT_TYPE CONTENT_LENGTH HTTP_COOKIE HTTP_ORIGIN \
    HTTP_REFERER HTTP_SEC_FETCH_SITE HTTP_SEC_GPC HTTP_ACCEPT_LANGUAGE; do
    check "FastCGI: $name twice" bad_raw 400 ja by_fastcgi "+$name"
done
check 'FastCGI: DOCUMENT_URI twice' bad_raw 400 en by_fastcgi +DOCUMENT_URI
while read -r wanted language name value; do
    check "FastCGI: $name ${value%"${value#????????????????????}"}" \
        bad_raw "$wanted" "$language" by_fastcgi "$name${value:+=$value}"
done <<END
400 ja REQUEST_METHOD
405 ja REQUEST_METHOD post
400 en DOCUMENT_URI
400 en DOCUMENT_URI ja/choices/record
404 ja DOCUMENT_URI /ja/choices/record/
404 en DOCUMENT_URI //ja/choices/record
404 en DOCUMENT_URI /JA/choices/record
400 ja CONTENT_LENGTH
400 ja CONTENT_LENGTH 10
400 ja CONTENT_LENGTH 1000
400 ja CONTENT_LENGTH -1
400 ja CONTENT_LENGTH 0x10
413 ja CONTENT_LENGTH 8193
413 ja CONTENT_LENGTH 18446744073709551776
415 ja CONTENT_TYPE
400 ja HTTP_ORIGIN $origin$(printf '\033')
END
check 'the forms still work' good en post /en/choices/record "$(accepted_form en)"
check 'nothing of theirs is in the logs' nothing_kept
check 'nothing at all was logged' is lines "$(wc -l <"$log")" "$lines"
echo "1..$number"
