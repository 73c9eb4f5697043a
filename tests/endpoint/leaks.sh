#!/bin/sh
# leaks.sh: the endpoint under valgrind answers everything there is to ask, well and badly.
# No process of it touches what is not its own, and after 200 requests none holds more
# memory than after 50.  TAP.

. "$(dirname "$0")/../helpers/lib.sh"

# Each line a request: path, fields for a POST, and an option of curl's for one that is
# not as a browser's.
requests() {
    text=$(offer privacy-policy 2026-11-22 en)
    cat <<END
/
/en/choices/
/en/choices/record|$text&choice.notices=given
/et/choices/?done=saved
/ja/choices/record|$(offer privacy-policy 2026-11-22 ja)&all=refused
/en/choices/acknowledge|$text
/en/choices/hide|$text
/choices/status.json
/en/choices/record|$text&choice.statistics=objected
/en/choices/withdraw|purpose=notices
/en/choices/withdraw|
/choices/health
/en/choices/record|$text&choice.notices=perhaps
/en/choices/record|$text&choice.nothing=given
/en/choices/record|$text&$text
/en/choices/record|document=privacy-policy&revision=2026-11-22&digest=$(printf %064d 0)
/en/choices/record|%zz
/en/choices/record
/en/choices/nothing
/en/choices/record|$text|-HSec-Fetch-Site: cross-site
/en/choices/record|$text|-HContent-Type: text/plain
/en/choices/record|a=$(printf %09000d 0)
/en/choices/||-bteade=v1.1.1.0.0
/choices/status.json||-bteade=forged
END
}

# Asks all of them in turn, so many times.
ask_often() { # COUNT
    jar=$tmp/jar
    rm -f "$jar"
    requests >"$tmp/requests"
    while [ "$asked" -lt "$1" ]; do
        while IFS='|' read -r path fields option && [ "$asked" -lt "$1" ]; do
            asked=$((asked + 1))
            case ${fields:+form}$option in
            form-HSec*) ask "$path" --data-raw "$fields" "$option" ;;
            form*) post "$path" "$fields" ${option:+"$option"} ;;
            *) ask "$path" ${option:+"$option"} ;;
            esac
            echo "$status" >>"$run.answers"
        done <"$tmp/requests"
    done
}

# The numbers behind some words in all reports, summed up.
sum() { # WORDS
    cat "$run"/valgrind.* | sed -n "s/^==[0-9]*== *$1: *\([0-9,]*\).*/\1/p" | tr -d , |
        awk '{ sum += $1 } END { print sum + 0 }'
}

watched() { # COUNT
    asked=0
    serve "requests$1" "$tmp/site" --workers 1 --now "$now"
    ask_often "$1"
    stop
    echo "# $1 requests: $(sort "$run.answers" | uniq -c | awk '{ printf "%s %s times, ", $2, $1 }')" \
        "$(sum 'in use at exit') bytes in use at the end"
}

sound() {
    is errors "$(sum 'ERROR SUMMARY')" 0 || { cat "$run"/valgrind.* && false; }
}

! grep -q __asan_init "$(dirname "$teade")/teade-consent" ||
    skip_all 'AddressSanitizer and valgrind do not go together'
origin=http://127.0.0.1:$(free_port)
now=$(date -d '2026-11-23 12:00 UTC' +%s)
copy_programs
build "$tmp/site" 2026-11-23
mv "$programs/teade-consent" "$programs/watched"
cat >"$programs/teade-consent" <<END
#!/bin/sh
exec valgrind --leak-check=full --log-file=valgrind.%p "$programs/watched" "\$@"
END
chmod 755 "$programs/teade-consent"

watched 50
check '50 requests: no fault' sound
few=$(sum 'in use at exit')
watched 200
check '200 requests: no fault' sound
check 'and no more memory in use' is bytes "$(sum 'in use at exit')" "$few"
echo "1..$number"
