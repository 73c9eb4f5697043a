# lib.sh: what the end-to-end tests of the endpoint share; they read it by `.`.  It builds on
# tap.sh; the endpoint's programs are beside the generator.
#
# Every request carries $marker, which nothing of ours may keep.
# shellcheck shell=sh disable=SC2034 # its readers use what is set here

. "$(dirname "$0")/../helpers/tap.sh"
marker=Xq7Marker
programs=$tmp/programs
origin= # of the site that is asked
jar=    # the cookies of the browser that asks, or none
servers=

on_exit() { # overridden by tests that have more to undo
    :
}

finish() {
    for server in $servers; do
        kill "$server" && wait "$server"
    done 2>/dev/null
    on_exit
}

# The site.

noon() { # DATE
    date -u -d "$1T12:00Z" +%s
}

# The limits for one address have their own tests in http.sh.
build() { # SITE DATE [OPTION...]
    built=$1 date=$2
    shift 2
    (cd "$root" && "$teade" build --output "$built" --date "$date" --base-url "$origin" "$@") \
        >"$tmp/build" 2>&1 || { sed "s/^/# /" "$tmp/build" && give_up "teade build"; }
    sed -i 's,rate=[0-9]*r/s,rate=9999r/s,' "$built/private/nginx/teade-http.conf"
    sed -i '/^ *limit_conn /d' "$built/private/nginx/teade.conf"
    chmod -R go+rX "$built"
    digests "$built"
    wordings "$built"
}

# $tmp/digests has a row for each text: document, revision, language, digest.
# shellcheck disable=SC2016 # Perl's variables
digests() { # SITE
    perl -MJSON::PP -0 -ne '
        for my $document (@{decode_json($_)->{documents}}) {
            for my $revision (@{$document->{revisions}}) {
                print "$document->{id} $revision->{id} $_->{language} $_->{digest}\n"
                    for @{$revision->{texts}}
            }
        }' "$1/private/manifest.json" >"$tmp/digests"
}

digest() { # DOCUMENT REVISION LANGUAGE
    sed -n "s/^$1 $2 $3 //p" "$tmp/digests"
}

# $tmp/words.LANGUAGE has a row for each sentence that tells of a state: section, words.
# shellcheck disable=SC2016 # Perl's variables
wordings() { # SITE
    for pages in "$1"/private/pages/*; do
        cat "$pages/problem.html" "$pages/choices.html" | perl -0 -ne '
            s/<section aria-labelledby="records">.*//s;
            print "$1 $2\n" while m!\{\{([#^][a-z_]+)\}\}\n(?:<(?:h1|p|strong)[^>]*>)+([^<{]+)!g
            ' >"$tmp/words.$(basename "$pages")"
    done
}

words() { # LANGUAGE SECTION
    awk -v section="$2" '$1 == section { sub(/^[^ ]* /, ""); print }' "$tmp/words.$1"
}

# Serving.

copy_programs() {
    mkdir "$programs" &&
        cp "$(dirname "$teade")/teade-consent" "$(dirname "$teade")/teade-records" "$programs" ||
        give_up 'there is no teade-consent or teade-records'
    chmod -R go+rX "$tmp"
}

# Serves until `stop`: $server, $run, $database and $log are the last one's; $latest is the latest
# instant that a clock of theirs stood at.  Without $programs there is no endpoint; for port 0 of
# $origin a free one is taken.
latest=$(date +%s)
serve() { # NAME SITE [OPTION-OF-TEADE-CONSENT...]
    run=$tmp/$1 log=$tmp/$1.log site=$2 database=$tmp/$1/consent.db
    shift 2
    stood=$(echo "$*" | sed -n 's/.*--now \([0-9]*\).*/\1/p')
    [ "${stood:-0}" -le "$latest" ] || latest=$stood
    : >"$tmp/serve.out"
    CONSENT_OPTIONS="$*" "$here/serve.sh" "$site" "$run" "${origin##*:}" "$programs" \
        >"$tmp/serve.out" 2>>"$log" &
    server=$!
    servers="$server $servers"
    until [ -s "$tmp/serve.out" ]; do
        kill -0 "$server" 2>/dev/null || give_up "serve.sh: $(cat "$log")"
        sleep 0.02
    done
    origin=$(sed -n '1s,\(http://[^/]*\)/.*,\1,p' "$tmp/serve.out")
}

stop() {
    kill "$server"
    wait "$server"
    servers=$(echo "$servers" | sed "s/\<$server\>//")
}

children_of() { # PID: their process ids, a line each
    grep -slx "PPid:	$1" /proc/[0-9]*/status | cut -d / -f 3 | sort -n
}

supervisor() { # prints its process id
    for child in $(children_of "$server"); do
        ! is_named "$child" teade-consent || echo "$child"
    done
}

is_named() { # PID COMMAND
    grep -sqx "Name:	$2" "/proc/$1/status"
}

keeper() { # prints its process id, once it has the database open
    eventually find_keeper && cat "$tmp/keeper"
}

find_keeper() {
    for child in $(children_of "$(supervisor)"); do
        ! find "/proc/$child/fd" -lname '*/consent.db' 2>/dev/null | grep -q . || echo "$child"
    done >"$tmp/keeper"
    [ -s "$tmp/keeper" ]
}

# What was recorded by a clock of ours is not ahead of it.
records() { # COMMAND...
    command=$1
    shift
    case $command in verify | report) set -- --now "$latest" "$@" ;; esac
    "$programs/teade-records" "$command" --database "$database" "$@"
}

rows() {
    records list --json | wc -l
}

# Asking.  $status, $tmp/headers and $tmp/body are the answer.

ask() { # PATH [CURL-OPTION...]
    path=$1
    shift
    : >"$tmp/body"
    # shellcheck disable=SC2086 # no words where there is no jar
    status=$(curl --silent --noproxy '*' --path-as-is --max-time 20 --dump-header "$tmp/raw" \
        --output "$tmp/body" --write-out '%{http_code}' --user-agent "$marker" \
        --header "X-Forwarded-For: $marker" ${jar:+--cookie "$jar" --cookie-jar "$jar"} \
        "$@" "$origin$path")
    tr -d '\r' <"$tmp/raw" >"$tmp/headers"
}

# As a browser posts a form of this site: whoever has no cookie yet is sent one, and sends the form
# once more with it.
post() { # PATH FIELDS|@FILE [CURL-OPTION...]
    post_once "$@"
    [ "$status" = 307 ] || return 0
    path=$(sed -n 's/^Location: //Ip' "$tmp/headers") fields=$2
    cookie=$(sed -n 's/^Set-Cookie: \([^;]*\).*/\1/Ip' "$tmp/headers")
    shift 2
    if [ "$jar" ]; then set -- "$path" "$fields" "$@"; else set -- "$path" "$fields" --cookie "$cookie" "$@"; fi
    post_once "$@"
}

post_once() { # PATH FIELDS|@FILE [CURL-OPTION...]
    path=$1 fields=$2
    shift 2
    ask "$path" --header "Origin: $origin" --header 'Sec-Fetch-Site: same-origin' \
        --referer "$origin/?$marker" --data-binary "$fields" "$@"
}

# The fields that name a text.
offer() { # DOCUMENT REVISION LANGUAGE
    echo "document=$1&revision=$2&digest=$(digest "$1" "$2" "$3")"
}

# Sends what it reads as it is, byte by byte; with a word behind, it hangs up then.
# shellcheck disable=SC2016 # Perl's variables
raw() { # [cut]
    perl -MIO::Socket::INET -e '
        local $/;
        my $socket = IO::Socket::INET->new(PeerAddr => shift) or die;
        print $socket <STDIN>;
        $socket->flush;
        shutdown $socket, 1 if @ARGV;
        print <$socket>' "${origin#http://}" "$@" >"$tmp/raw"
    answered
}

# Asks the endpoint itself by FastCGI: parameters as they are, the body from stdin.
# shellcheck disable=SC2016 # Perl's variables
fastcgi() { # NAME=VALUE...
    perl "$here/helpers/fastcgi.pl" "$run/teade-consent.sock" "$@" | sed '1s/Status: //' >"$tmp/raw"
    answered
}

answered() {
    tr -d '\r' <"$tmp/raw" | sed '/^$/,$d' >"$tmp/headers"
    sed '1,/^\r*$/d' "$tmp/raw" >"$tmp/body"
    status=$(sed -n '1s,HTTP/1.1 \([0-9]*\).*,\1,p' "$tmp/headers")
}

# Judging.

header() { # NAME WANTED: sent once, or not at all for an empty WANTED
    is "$1" "$(sed -n "s/^$1: //Ip" "$tmp/headers")" "$2"
}

# The answer leads there; behind it stands by which record that was done, if by one of the visitor's.
leads() { # PATH
    is Location "$(sed -n 's/^Location: \([^&]*\).*/\1/Ip' "$tmp/headers")" "$1"
}

in_language() { # LANGUAGE
    has "$tmp/body" "<html lang=\"$1\""
}

# Every answer of nginx's or the endpoint's: each of these once, or not at all where it has no value.
# (By one process, not one for each: it is asked for thousands of times.)
protected() {
    awk '
        { name = tolower(substr($0, 1, index($0, ":") - 1)); value = substr($0, length(name) + 3) }
        FNR == NR { wanted[name] = value; next }
        name in wanted { got[name] = got[name] (count[name]++ ? "\n" : "") value }
        END {
            for (name in wanted)
                if (got[name] != wanted[name]) {
                    print name ": \047" got[name] "\047, not \047" wanted[name] "\047"
                    failed = 1
                }
            exit failed
        }' - "$tmp/headers" <<'END'
Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'
Referrer-Policy: same-origin
X-Content-Type-Options: nosniff
Permissions-Policy: camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()
Cross-Origin-Opener-Policy: same-origin
Cross-Origin-Resource-Policy: same-origin
Server: nginx
Strict-Transport-Security:
END
}

# Every answer of the endpoint, whatever it says.
secured() {
    header Cache-Control no-store && protected
}

# The cookies that an answer makes are these and no others; what waited for a record is taken away.
made() { # NAME...
    grep -i '^Set-Cookie:' "$tmp/headers" | sed 's/^[^ ]* //; /^teade_new_[0-9a-f]*=;/d' | sort >"$tmp/cookies"
    is cookies "$(sed 's/=.*//; s/^teade_new_.*/teade_new/' "$tmp/cookies" | tr '\n' ' ')" "$* " || return 1
    while IFS=';' read -r cookie attributes; do
        echo "$cookie" |
            grep -Exq 'teade(_new_[0-9a-f]{8})?=v1\.[0-9]+\.[0-9]+\.[0-9a-f]{32}\.[0-9a-f]{64}|teade_seen_[a-z_]+=[0-9-]{10}' ||
            { echo "a strange cookie: $cookie" && return 1; }
        is "attributes of $cookie" "$(echo "$attributes" | tr ';' '\n' | sort | tr -d '\n')" \
            " HttpOnly Max-Age=$(case $cookie in teade_new_*) echo 300 ;; *) echo 34560000 ;; esac) Path=/ SameSite=Lax" || return 1
    done <"$tmp/cookies"
}

# What stands by status.json: QUESTION=ANSWER, sorted.
# shellcheck disable=SC2016 # Perl's variables
standing() { # DOCUMENT
    ask /choices/status.json
    is status "$status" 200 && secured && header Content-Type application/json || return 1
    document=$1 perl -MJSON::PP -0 -ne '
        my $choices = decode_json($_)->{documents}{$ENV{document}}{choices};
        print join " ", map "$_=$choices->{$_}{answer}", sort keys %$choices' "$tmp/body"
}

# The same by the page that was answered; a withdrawn objection is as if never made.
# shellcheck disable=SC2016 # Perl's variables
shown() { # DOCUMENT LANGUAGE
    document=$1 words=$tmp/words.$2 perl -0 -ne '
        BEGIN {
            open my $words, "<", $ENV{words};
            for (split /\n/, <$words>) { $section{$2} = $1 if /^#([a-z_]+) (.*)/ }
            $section{$_} =~ s/answer_withdrawn/withdrawn/ for keys %section;
        }
        my @shown;
        while (m{id="about-$ENV{document}-([^"]+)">.*?<strong>(.*?)</strong>}sg) {
            push @shown, "$1=$section{$2}" if $section{$2} ne "open";
        }
        my ($objected) = grep $section{$_} eq "objected", keys %section;
        push @shown, "$1=objected"
            while m{<strong>\Q$objected\E</strong>.*?name="purpose" value="([^"]+)"}sg;
        print join " ", sort @shown' "$tmp/body"
}

# An answer that says no, and nothing was done.
refused() { # STATUS LANGUAGE ROWS [SET-COOKIE]
    is status "$status" "$1" && in_language "$2" && secured && header Set-Cookie "${4-}" &&
        header Location '' && is records "$(rows)" "$3"
}

# The forms send the very texts that they stand below: those of $revision.
form_is_whole() { # PATH LANGUAGE
    wanted=$(for each in $revision; do offer privacy-policy "$each" "$2" | tr '&' '\n'; done | sort -u)
    ask "$1"
    is status "$status" 200 &&
        has "$tmp/body" "<form autocomplete=\"off\" method=\"post\" action=\"/$2/choices/record\">" &&
        is fields "$(sed -n 's/.*type="hidden" name="\(.*\)" value="\(.*\)">.*/\1=\2/p' "$tmp/body" |
            sort -u | tr '\n' '&')" \
            "$(echo "$wanted" | tr '\n' '&')"
}

newest_id() { # of the newest record
    records list | tail -n 1 | tr -s ' ' | cut -d ' ' -f 2
}

newest() { # WANTED: what the newest record is, and on which text
    is 'newest record' "$(records list | tail -n 1 | tr -s ' ' | sed 's/ $//' | cut -d ' ' -f 3-)" "$1"
}

# The text that is shown has the digest, and is the site's.
shows_texts() {
    for id in $(records list | sed 1d | tr -s ' ' | cut -d ' ' -f 2); do
        records show "$id" >"$tmp/show" || return 1
        digest=$(sed -n 's/^SHA-256 *\([0-9a-f]*\) .*, checked$/\1/p' "$tmp/show")
        sed '1,/^SHA-256/d' "$tmp/show" | sed 1d >"$tmp/text"
        is digest "$(sha256sum <"$tmp/text" | cut -c -64)" "$digest" &&
            cmp "$tmp/text" "$site/private/texts/$digest.md" || return 1
    done
    [ -n "$digest" ]
}

verified() {
    records verify >"$tmp/verify" || { cat "$tmp/verify" && return 1; }
    is entries "$(sed -n '$s/ entries,.*//p' "$tmp/verify")" "$(rows)" &&
        is listed "$(records list | sed 1d | wc -l)" "$(rows)"
}

# Of what was sent: neither in the database nor in any log.  The site's own name is its address.
nothing_kept() {
    ! grep -rlaP -e "$marker|127\\.0\\.0\\.1(?!:${origin##*:}/choices/log)" --exclude=nginx.conf \
        "$run" "$log" &&
        ! grep -Ev '^teade-(consent|records): |^ +([0-9]+ \||\||=) ' "$log"
}
