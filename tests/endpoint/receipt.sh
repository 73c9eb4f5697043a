#!/bin/sh
# receipt.sh: receipts as visitors get them, and as they are checked without us.  TAP.

# shellcheck source=tests/helpers/lib.sh
. "$(dirname "$0")/../helpers/lib.sh"

revision=2026-03-01
port=$(free_port)
origin=http://127.0.0.1:$port
data=${TEST_DATA:-$root/../shared/data}/kantara
schema=$data/consent-receipt-1.1.schema.json

answers() { # JAR LANGUAGE FIELDS: $id is the record's
    jar=$tmp/jar.$1
    post "/$2/choices/record" "$(offer privacy-policy $revision "$2")&$3"
    is status "$status" 303 && id=$(newest_id)
}

get() { # JAR LANGUAGE ID [ENDING]
    jar=$tmp/jar.$1
    ask "/$2/choices/receipts/$3${4-}"
}

take() { # JAR LANGUAGE ID: to $tmp/ID.json
    get "$1" "$2" "$3" .json
    is status "$status" 200 && secured && made teade &&
        header Content-Type application/json &&
        header Content-Disposition "attachment; filename=\"receipt-$3.json\"" &&
        cp "$tmp/body" "$tmp/$3.json"
}

# By our program, without database or keys of ours, and by one that shares no code with it.
holds() { # FILE [KEY]
    (cd / && "$programs/teade-records" verify-receipt "$1" ${2:+--key "$2"}) >"$tmp/said" 2>&1 ||
        { cat "$tmp/said" && return 1; }
    "$here/helpers/check_receipt.pl" "$1" ${2:+"$2"} >"$tmp/place"
}

# Every answer on a page of its own; what it shows is what the record says, and whom it was about.
in_language() { # LANGUAGE RECIPIENT
    answers "$1" "$1" 'choice.newsletter=given&choice.partner-offers.randur=refused&choice.visitor-statistics=objected' &&
        get "$1" "$1" "$id"
    is status "$status" 200 && secured && made teade && has "$tmp/body" "<html lang=\"$1\"" &&
        has "$tmp/body" "<code>$id</code>" && is answers "$(grep -c '<strong class="state">' "$tmp/body")" 3 &&
        has "$tmp/body" "<code>$(digest privacy-policy $revision "$1")</code>" &&
        has "$tmp/body" '<path d="M4 4h7v1h-7z' && has "$tmp/body" "<p class=\"recipient\" lang=\"$1\">$2</p>" &&
        is recipients "$(grep -c 'class="recipient"' "$tmp/body")" 1 || return 1
    for other in en et ja; do
        has "$tmp/body" "href=\"/$other/choices/receipts/$id\" lang=\"$other\"" || return 1
    done
    ! grep -n '{{\|style=' "$tmp/body" && take "$1" "$1" "$id" && holds "$tmp/$id.json" &&
        has "$tmp/said" 'The key was taken from the receipt itself' && has "$tmp/said" "            $2" &&
        is recipients "$(jq -c .recipients "$tmp/$id.json")" "{\"partner-offers.randur\":\"$2\"}" &&
        holds "$tmp/$id.json" "$(records checkpoint --keys)" && has "$tmp/said" 'The key was given on the command line.' &&
        has "$tmp/said" 'Against the operator whose key this is' &&
        has "$tmp/said" 'Anything against a visitor, if the file comes from the' &&
        jar=$tmp/jar.$1 && ask "/$1/choices/" && has "$tmp/body" "href=\"/$1/choices/receipts/$id\"" &&
        has "$tmp/body" "<p class=\"recipient\" lang=\"$1\">$2</p>"
}

# The page of one language, read in another: the words of the record stay as they were met.
in_another_language() {
    for language in en et ja; do
        get en "$language" "$first" && is status "$status" 200 &&
            has "$tmp/body" "<html lang=\"$language\"" &&
            has "$tmp/body" '<span class="label" lang="en">Sending the newsletter' &&
            has "$tmp/body" '<p class="recipient" lang="en">Recipient: R' || return 1
    done
}

no_page() { # JAR PATH
    jar=$tmp/jar.$1
    ask "/ja/choices/receipts/$2"
    is "status of $2" "$status" 404 && secured && header Set-Cookie '' && header Content-Disposition '' &&
        has "$tmp/body" '<html lang="ja"'
}

nobody_elses() {
    for ending in '' .json .kantara.json; do
        no_page ja "$first$ending" && no_page nobody "$first$ending" || return 1
    done
    for path in '' x "$(echo "$first" | cut -c 2-)" "${first}0" "$first." "$first.xml" "$first.json.json" "$first/" \
        "$(echo "$first" | tr a-f A-F)" 00000000000000000000000000000000; do
        [ "$path" = "$first" ] || no_page en "$path" || return 1
    done
    jar=$tmp/jar.en
    post "/en/choices/receipts/$first" a=b
    is status "$status" 405
}

# Neither consent nor an answer: no code, for there is nothing to take back, and nothing for Kantara.
plain() { # JAR
    get "$1" en "$id" && is status "$status" 200 && ! grep -n 'class="code"\|kantara' "$tmp/body" &&
        take "$1" en "$id" && holds "$tmp/$id.json" && ! grep -n withdraw_code "$tmp/$id.json" &&
        no_page "$1" "$id.kantara.json"
}

acknowledged() {
    jar=$tmp/jar.seen
    post /en/choices/acknowledge "$(offer privacy-policy $revision en)"
    is status "$status" 303 && id=$(newest_id) && plain seen && has "$tmp/said" 'this is not consent'
}

withdrawn() {
    answers gone en choice.newsletter=given && post /en/choices/withdraw purpose=newsletter
    is status "$status" 303 && id=$(newest_id) && plain gone && has "$tmp/said" 'newsletter: withdrawn'
}

# The code works in any browser, and stands in the receipt alone.
code_withdraws() {
    answers coded en choice.newsletter=given && take coded en "$id" && holds "$tmp/$id.json" || return 1
    code=$(jq -r .withdraw_code "$tmp/$id.json")
    ! grep -nF "$code" "$tmp/said" && get coded en "$id" && is codes "$(grep -cF "$code" "$tmp/body")" 1 &&
        jar=$tmp/jar.another && post /en/choices/withdraw "code=$code" && is status "$status" 303 &&
        jar=$tmp/jar.coded && is standing "$(standing privacy-policy)" newsletter=withdrawn &&
        holds "$tmp/$id.json"
}

kantara() {
    answers kantara ja 'all=given' && get kantara ja "$id" .kantara.json
    is status "$status" 200 && header Content-Disposition "attachment; filename=\"receipt-$id.kantara.json\"" &&
        header Content-Type application/json && "$here/helpers/json_schema.pl" "$schema" "$tmp/body" &&
        is purposes "$(jq -c '[.services[].purposes[] | [.thirdPartyName, .piiCategory[]]]' "$tmp/body")" \
            '[[null,"EmailAddress"],["Rändur Travel SIA","Age"],["Meteor Trails Inc.","Name"]]' &&
        is termination "$(jq -r '.services[0].purposes[0].termination' "$tmp/body")" "$origin/ja/choices/" &&
        take kantara ja "$id" &&
        is data "$(jq -c '[.record.pii_processing.purposes[] | .pii_information[0].pii_type]' "$tmp/$id.json")" \
            '["EmailAddress","Age","Name"]' || return 1
    get kantara ja "$id" .kantara.json
    for required in jurisdiction services piiControllers spiCat; do
        jq "del(.$required)" "$tmp/body" >"$tmp/less"
        ! "$here/helpers/json_schema.pl" "$schema" "$tmp/less" || return 1
    done
}

# Three visitors in turn, twice each, and all under one head.  (A place in the log says when, like the
# time in the record; of whom, it says nothing.  What two proofs share follows from their places.)
unlinkable() {
    for answer in given refused; do
        for each in a b c; do
            answers $each en choice.newsletter=$answer && echo "$each $id" >>"$tmp/turns" || return 1
        done
    done
    sed 1\!G\;h\;\$\!d "$tmp/turns" >"$tmp/newest-first"
    while read -r each id; do
        take "$each" en "$id" || return 1
    done <"$tmp/newest-first"
    # shellcheck disable=SC2046 # a list of files
    is heads "$(jq -r .proof $(sed "s,.* \(.*\),$tmp/\1.json," "$tmp/turns") | grep -A 1 choices/log$ |
        grep -c "^$(records verify | sed -n '$s/ entries,.*//p')$")" 6 || return 1
    for each in a b c; do
        # shellcheck disable=SC2046 # lists of files
        "$here/helpers/unlinkable.pl" $(files "^$each") $(files "^[^$each]") || return 1
        jq ".note = \"belongs-to-$each\"" "$(files "^$each" | head -n 1)" >"$tmp/linked.1"
        jq ".note = \"belongs-to-$each\"" "$(files "^$each" | tail -n 1)" >"$tmp/linked.2"
        # shellcheck disable=SC2046
        ! "$here/helpers/unlinkable.pl" "$tmp/linked.1" "$tmp/linked.2" $(files "^[^$each]") >/dev/null || return 1
    done
}

files() { # PATTERN
    sed -n "/$1/s,.* \(.*\),$tmp/\1.json,p" "$tmp/turns"
}

# Every third visitor goes; the receipts at home say what they said.
a_third_is_erased() {
    for each in a seen en; do
        jar=$tmp/jar.$each
        post /en/choices/erase confirm=1
        case $status in 200 | 303) ;; *) echo "erasing: $status" && return 1 ;; esac
    done
    for file in "$tmp"/????????????????????????????????.json; do
        holds "$file" "$(records checkpoint --keys)" || return 1
    done
    no_page en "$first" && no_page en "$first.json" && get ja ja "$ja" && is status "$status" 200 &&
        records verify >"$tmp/verify"
}

# From the database alone: the words, and the proof by its newest head.
replayed() {
    records show "$ja" >"$tmp/show" && has "$tmp/show" "entries signed by 127.0.0.1:$port/choices/log" &&
        has "$tmp/show" 'is valid only from the first checkpoint or receipt' &&
        records show "$ja" --json >"$tmp/show" && is holds "$(jq -r .proof_valid "$tmp/show")" true &&
        jq '{canonical: $canonical, salt, hash: .hash, proof, text, verifier_key: $key,
            receipt_id: .record.record_id}' --arg key "$(records checkpoint --keys)" \
            --arg canonical "$(jq -j .canonical "$tmp/$ja.json")" "$tmp/show" >"$tmp/replayed" &&
        "$here/helpers/check_receipt.pl" "$tmp/replayed" >"$tmp/place"
}

refused_file() { # STATUS WORDS ARGUMENT...
    wanted=$1 words=$2
    shift 2
    "$programs/teade-records" verify-receipt "$@" >"$tmp/said" 2>&1
    is "status of $*" $? "$wanted" && has "$tmp/said" "$words"
}

# What a wrong receipt says is no fact: that stands above it.
says_unproved() {
    is 'what precedes the answer' "$(grep -o -e '^WRONG' -e '^Unproved    Everything below' -e '^Answer' "$tmp/said" |
        uniq | tr '\n' ' ')" 'WRONG Unproved    Everything below Answer '
}

wrong_files() {
    file=$tmp/$ja.json key=$(records checkpoint --keys)
    sed 's/ConsentGiven/ConsentRefused/' "$file" >"$tmp/changed"
    echo "$key" >"$tmp/key" && echo "$other_key" | cat - "$tmp/key" >"$tmp/keys" && echo x |
        cat "$tmp/key" - >"$tmp/no.keys"
    refused_file 0 'The key was given on the command line.' "$file" --key-file "$tmp/keys" && has "$tmp/said" "$key" &&
        refused_file 64 'is not a key of the form' "$file" --key-file "$tmp/no.keys" || return 1
    refused_file 0 'The key was given on the command line.' "$file" --key-file "$tmp/key" && ! grep Unproved "$tmp/said" &&
        refused_file 1 'do not match the hash' "$tmp/changed" && says_unproved &&
        refused_file 1 'Nothing: the file was changed' "$tmp/changed" &&
        refused_file 1 'the file is not a receipt' "$tmp/key" &&
        refused_file 1 'is not a key that was given' "$file" --key "$other_key" &&
        refused_file 64 'is not a key of the form' "$file" --key x &&
        refused_file 64 'cannot be used together' "$file" --key x --key-file x &&
        refused_file 64 'missing argument' && refused_file 64 'unknown option' "$file" --database x &&
        refused_file 66 'No such file' "$tmp/none"
}

# Whom a receipt names is what its text says, in each language; of the rest the first lines say that
# nothing vouches for it.
parties() { # LANGUAGE JQ-CHANGE WORDS
    file=$(sed -n "s,^$1 ,,p" "$tmp/of")
    jq "$2" "$tmp/$file.json" >"$tmp/changed" && ! cmp -s "$tmp/changed" "$tmp/$file.json" &&
        refused_file 1 "$3" "$tmp/changed" && head -n 4 "$tmp/said" | grep -q 'Proved      Nothing' &&
        "$programs/teade-records" verify-receipt --json "$tmp/changed" >"$tmp/said"
    is status $? 1 && is proved "$(jq .proved "$tmp/said")" false && has "$tmp/said" "$3"
}

not_proved() { # LANGUAGE
    file=$tmp/$(sed -n "s,^$1 ,,p" "$tmp/of").json
    jq '.record.pii_processing.withdrawal_method = "https://other.example/" |
        .record.pii_processing.privacy_notice.url = "https://other.example/"' "$file" >"$tmp/stated"
    refused_file 0 'the site stated about itself' "$tmp/stated" &&
        is 'in the first lines' "$(head -n 4 "$tmp/said" | grep -c '^Proved \|^Not proved  url, ')" 2 &&
        ! grep -n party_identification "$tmp/said" &&
        "$programs/teade-records" verify-receipt "$tmp/stated" --json >"$tmp/said" &&
        is proved "$(jq .proved "$tmp/said")" true && is lines "$(wc -l <"$tmp/said")" 1 &&
        is 'not proved' "$(jq -c '.not_proved | map(select(. == "url" or . == "withdrawal_method" or . == "party_identification" or . == "pii_controllers"))' "$tmp/said")" \
            '["url","withdrawal_method"]' &&
        is answers "$(jq -c '.record.answers | map(.answer)' "$tmp/said")" '["given","refused","objected"]'
}

# The name of a key is any text, and a terminal would obey this one: U+009B begins what ESC [ does.
no_steering() {
    perl -MDigest::SHA=sha256_hex -MMIME::Base64 -e 'my $name = "bank.example\xc2\x9b31m";
        printf "{\"schema_version\": \"teade-receipt-v2\", \"verifier_key\": \"%s+%s+%s\"}", $name,
            substr(sha256_hex("$name\n\x01" . "x" x 32), 0, 8), encode_base64("\x01" . "x" x 32, "")' \
        >"$tmp/steering"
    refused_file 1 'bank.example�31m+' "$tmp/steering"
}

# A version that the site has no more, with a text of several messages' length: the database has it.
of_a_text_since_removed() {
    get ja ja "$ja" && is status "$status" 200 && ! grep -n "href=\"[^\"]*/$revision/\"" "$tmp/body" &&
        take ja ja "$ja" && holds "$tmp/$ja.json" && no_page ja "$ja.kantara.json" &&
        [ "$(jq -j .text "$tmp/$ja.json" | wc -c)" -gt 140000 ]
}

cp -R "$here/site/content" "$tmp/content"
perl -pi -e 's/^  newsletter:\n/$&    personal_data: [EmailAddress]\n/; s/^  partner-offers:\n/$&    personal_data: [Name]\n/;
    s/^      - id: randur\n/$&        personal_data: Age\n/;
    $_ .= "\n" . "A long word on the night sky. " x 5000 . "\n" if eof' "$tmp/content/privacy-policy/$revision.md"
build "$tmp/site" 2026-04-01 --content "$tmp/content" --locale "$here/site/locale" --allow-untranslated
rm "$tmp/content/privacy-policy/$revision.md"
copy_programs
serve run "$tmp/site" --now "$(noon 2026-04-01)"
while read -r language recipient; do
    check "a receipt in $language" in_language "$language" "$recipient"
done <<'END'
en Recipient: Rändur Travel SIA (Latvia). Data: name and e-mail address
et Vastuvõtja: Rändur Travel SIA (Läti). Andmed: nimi ja e-posti aadress
ja 提供先：Rändur Travel SIA（ラトビア）。提供する情報：氏名及びメールアドレス
END
first=$(records list --json | sed -n '1s/.*"record_id":"\([0-9a-f]*\)".*/\1/p')
ja=$(records list --json | sed -n '3s/.*"record_id":"\([0-9a-f]*\)".*/\1/p')
records list --json | sed -n '1,3s/.*"record_id":"\([0-9a-f]*\)".*/\1/p' | paste -d ' ' - /dev/null |
    sed '1s/^/en /; 2s/^/et /; 3s/^/ja /; s/ $//' >"$tmp/of"
for language in en et ja; do
    while IFS='|' read -r change words; do
        check "$language: $change" parties $language "$change" "$words"
    done <<'END'
.record.party_identification[0].party_name = "Other Ltd"|the text names another controller
.record.party_identification[0].party_name += " AS"|the text names another controller
.record.party_identification[0].party_address = "Elsewhere 1"|the text names another controller
.record.party_identification[0].party_contact[0] = "other@example.com"|the text names another controller
.record.party_identification[0].party_contact += ["other@example.com"]|the text names another controller
del(.record.party_identification[0].party_contact)|the text names another controller
.record.party_identification[0].party_homepage = "https://other.example"|the text names another controller
.record.party_identification[1].party_name = "Other Ltd"|the text names another recipient
.record.party_identification[1].party_address = "Atlantis"|the text names another recipient
.record.party_identification[1].party_name = .record.party_identification[1].party_name[1:]|the text names another recipient
.record.party_identification[1].party_name = .record.party_identification[1].party_name[2:]|the text names another recipient
.record.party_identification[1].party_name = .record.party_identification[1].party_name[:-1]|the text names another recipient
.record.party_identification[1].party_name = .record.party_identification[1].party_name[:-4]|the text names another recipient
.record.party_identification[1].party_address = .record.party_identification[1].party_address[1:]|the text names another recipient
.record.party_identification[1].party_address = .recipients["partner-offers.randur"][-4:]|the text names another recipient
.record.party_identification[1].party_name = .recipients[]|the text names another recipient
.record.party_identification += [.record.party_identification[1]]|the text names another recipient
del(.record.party_identification[1])|the number of recipients differs from the text
.record.pii_processing.party_identification = .record.party_identification|unknown field: record.pii_processing.party_identification
.record.pii_controllers = ["controller-1"]|unknown field: record.pii_controllers
.record.pii_processing.purposes[1].pii_controllers = ["x"]|unknown field: record.pii_processing.purposes[1].pii_controllers
.record.pii_processing.jurisdiction = [{url: "x"}]|unknown field: record.pii_processing.jurisdiction[0].url
.record.party_identification += [.record.party_identification[0]]|the text names another controller
del(.record.party_identification[0])|the number of controllers differs from the text
.record.pii_processing.pii_controllers = []|the text names another controller
END
    check "$language: what nothing vouches for is said first" not_proved $language
done
check 'its page in other languages' in_another_language
check "nobody else's, and no other address" nobody_elses
check 'of a notice that was seen' acknowledged
check 'of a withdrawal' withdrawn
check 'its code withdraws, anywhere' code_withdraws
if [ -r "$schema" ]; then
    check "a Kantara receipt is one by Kantara's schema" kantara
else
    skip "a Kantara receipt is one by Kantara's schema" 'TEST_DATA has no kantara'
fi
check "two of one visitor's share nothing that others' do not" unlinkable
check 'receipts outlive a third of the visitors' a_third_is_erased
check 'a record is shown with its text and its proof' replayed
other_key=$(perl -MDigest::SHA=sha256 -MMIME::Base64 -e '
    my ($name, $key) = (shift, "\1" . "k" x 32);
    print "$name+", unpack("H8", sha256("$name\n$key")), "+", encode_base64($key, "")' \
    "127.0.0.1:$port/choices/log")
check 'files and keys that are wrong' wrong_files
check "a stranger's file does not steer the terminal" no_steering
stop
build "$tmp/later" 2026-06-01 --content "$tmp/content" --locale "$here/site/locale"
serve run "$tmp/later" --now "$(noon 2026-06-01)"
check 'of a text that the site has no more' of_a_text_since_removed
stop
check 'nothing of the visitors is kept beside' nothing_kept
echo "1..$number"
