#!/bin/sh
# provision.sh: what goes to third parties: with consent that stands, or for one of the policy's
# reasons, and never without either; and what is left of it after the visitor.  TAP.

# shellcheck source=tests/helpers/lib.sh
. "$(dirname "$0")/../helpers/lib.sh"

entries() {
    records stats --json | sed 's/.*"entries":\([0-9]*\).*/\1/'
}

handle() { # of the browser that asks
    ask /choices/status.json
    sed -n 's/.*"handle": "\([0-9a-f]\{64\}\)".*/\1/p' "$tmp/body"
}

answers() { # JAR FIELDS [LANGUAGE]: and $handle, $record are that visitor's
    jar=$1
    post "/${3:-en}/choices/record" "$(offer privacy-policy "$revision" "${3:-en}")&$2"
    is status "$status" 303 || give_up "an answer was not taken: $status"
    handle=$(handle)
    record=$(records list "$handle" | tail -n 1 | tr -s ' ' | cut -d ' ' -f 2)
    jar=
}

# To $name, by address; what is left open follows.
name='Rändur Travel SIA'
provides() { # STATUS ID [OPTION...]
    wanted=$1
    shift
    # shellcheck disable=SC2086 # options, or none
    records provision "$@" ${name:+--name "$name"} --address 'Riga, Latvia' \
        --data 'name and e-mail' ${clock:+--now $clock} >"$tmp/out" 2>"$tmp/err"
    is "status, with $(cat "$tmp/err")" $? "$wanted"
}

# The id for programs, and what it stands for on stderr.
provided() { # ID [OPTION...]
    provides 0 "$@" && is 'lines of stdout' "$(wc -l <"$tmp/out")" 1 &&
        grep -Exq '[0-9a-f]{32}' "$tmp/out" && is entries "$(entries)" $((before + 1)) &&
        has "$tmp/err" "recorded: \"name and e-mail\" was disclosed to ${name:-Rändur Travel SIA}, Riga, Latvia; ground: "
}

# The same, with the words that were agreed to.
covered() { # WORDS LANGUAGE ID [OPTION...]
    covers=$1 language=$2
    shift 2
    provided "$@" && is cover "$(sed -n 's/^The consent covers: //p' "$tmp/err")" "$covers" &&
        has "$tmp/err" "the text that the visitor answered ($language)"
}

on_another_ground() { # ID [OPTION...]
    provided "$@" && is 'lines of stderr' "$(wc -l <"$tmp/err")" 1
}

# Says why on stderr, nothing on stdout, and writes nothing.
refuses() { # STATUS WORDS ID [OPTION...]
    wanted_words=$2 wanted_status=$1
    shift 2
    provides "$wanted_status" "$@" && has "$tmp/err" "$wanted_words" &&
        is stdout "$(cat "$tmp/out")" '' && is entries "$(entries)" "$before"
}

misses() { # WORDS OPTIONS
    # shellcheck disable=SC2086 # options, or none
    records provision "$yes" $2 >"$tmp/out" 2>"$tmp/err"
    is status $? 64 && has "$tmp/err" "teade-records: $1" && is stdout "$(cat "$tmp/out")" ''
}

try() { # NAME COMMAND...
    before=$(entries)
    check "$@"
}

sound() { # PROVISIONS
    records verify >"$tmp/verify" || { cat "$tmp/verify" && return 1; }
    has "$tmp/verify" " $1 disclosure" && has "$tmp/verify" 'everything matches'
}

only_theirs() {
    is list "$(records list "$handle" | sed 1d | wc -l)" 2 &&
        is 'list --json' "$(records list --json "$handle" | wc -l)" 2 &&
        is export "$(records export "$handle" | wc -l)" 2 &&
        is 'export, by a record' "$(records export "$record" | wc -l)" 2 &&
        records dossier "$handle" >"$tmp/out" && is texts "$(grep -c '^    # Privacy policy' "$tmp/out")" 1 &&
        is counted "$(records dossier --json "$handle" | jq -c '[.records, .disclosures | length]')" "[2,$1]"
}

unknown() { # ID WHAT
    for command in list export dossier; do
        records "$command" "$1" >"$tmp/out" 2>"$tmp/err"
        is "$command" $? 1 && has "$tmp/err" "$1: no $2 has this ID; check its digits" &&
            has "$tmp/err" 'cannot be found' && is stdout "$(sed 1q "$tmp/out")" '' ||
            return 1
    done
}

# Each line of a page fits on it, wide characters and all.
# shellcheck disable=SC2016 # Perl's variables
fits_a_page() { # FILE
    perl -CSD -ne 'chomp; my $wide = () = /[\x{1100}-\x{115f}\x{2e80}-\x{a4cf}\x{ac00}-\x{d7a3}\x{f900}-\x{faff}\x{fe30}-\x{fe6f}\x{ff00}-\x{ff60}]/g;
        die "$. is too wide: $_\n" if $wide + length > 90' "$1"
}

dossier_tells() { # ID WORDS...
    records dossier "$1" --now "$(noon 2026-12-01)" >"$tmp/dossier" || return 1
    shift
    for wanted in "$@"; do
        has "$tmp/dossier" "$wanted" || return 1
    done
    fits_a_page "$tmp/dossier"
}

# The text of a record that was altered asks something else.
# shellcheck disable=SC2016 # Perl's variables
text_is_silent() { # ID
    rm -f "$tmp/silent.db" && records backup --to "$tmp/silent.db" &&
        perl -0777 -pi -e 's/\(`partner-offers\.randur`\)/(`partner-offers.random`)/g or die' "$tmp/silent.db" ||
        return 1
    "$programs/teade-records" dossier "$1" --database "$tmp/silent.db" >"$tmp/out" 2>"$tmp/err"
    is status $? 1 && has "$tmp/out" 'THE TEXT DOES NOT CONTAIN THIS QUESTION'
}

# What was altered on the disk is named, and the rest is told all the same.
doubts() { # ID PERL: alters the file, $_
    cp "$database" "$tmp/altered.db" &&
        handle=$yes perl -MDigest::SHA=sha256_hex -0777 -pi -e "$2" "$tmp/altered.db" || return 1
    "$programs/teade-records" dossier "$1" --database "$tmp/altered.db" >"$tmp/out" 2>"$tmp/err"
    is status $? 1 && has "$tmp/out" 'SOMETHING BELOW DOES NOT MATCH THE LOG' &&
        has "$tmp/out" ', DOES NOT MATCH' && has "$tmp/out" 'Text 1' &&
        has "$tmp/err" 'teade-records verify'
}

# All that JSON says follows from the records in it.
# shellcheck disable=SC2016 # Perl's variables
dossier_proves() { # ID
    records dossier --json "$1" >"$tmp/dossier.json" &&
        is lines "$(wc -l <"$tmp/dossier.json")" 1 &&
        perl -MJSON::PP -MDigest::SHA=sha256_hex -MEncode -0 -ne '
            my $json = JSON::PP->new->utf8->canonical;
            my $all = $json->decode($_);
            die "not sound" if !$all->{matches} || @{$all->{damaged}};
            my %names = (record => "record", disclosure => "provision");
            for my $kind (sort keys %names) {
                for my $it (@{$all->{"${kind}s"}}) {
                    die "hash of $it->{index}" if !$it->{hash_matches} || $it->{hash} ne
                        sha256_hex("teade-$names{$kind}-v1\0", pack("H*", $it->{salt}),
                            $json->encode($it->{$kind}));
                    die "text of $it->{index}" if $kind eq "record" &&
                        !$all->{texts}{$it->{record}{privacy_notice}{text_sha256}};
                    die "covers of $it->{index}" if $it->{disclosure} && $it->{disclosure}{consent} &&
                        $it->{covers} !~ /^Giving.*\nRecipient: .*SIA \(Latvia\). Data: name and e-mail address$/;
                    die "handle of $it->{index}" if $kind eq "disclosure" &&
                        $it->{disclosure}{handle} ne $all->{handle};
                }
            }
            sha256_hex(encode_utf8($all->{texts}{$_}{text})) eq $_ or die "text $_"
                for keys %{$all->{texts}};
            print scalar @{$all->{records}}, " ", scalar @{$all->{disclosures}}, " ",
                scalar @{$all->{withdrawals}}, "\n"' "$tmp/dossier.json" >"$tmp/counted" &&
        is 'records, disclosures, withdrawals' "$(cat "$tmp/counted")" "$2"
}

# With nothing but the dossier, by a program that shares no code with it: the proof up to the head
# that it names, by the key that it names, and both stand in the dossier on paper too.
dossier_checks() { # ID
    records dossier --json "$1" >"$tmp/dossier.json" && records dossier "$1" >"$tmp/dossier" &&
        jq '.records[0] as $it | {canonical: ($it.record | tojson), salt: $it.salt, hash: $it.hash, proof: $it.proof,
            text: .texts[$it.record.privacy_notice.text_sha256].text, receipt_id: $it.record.record_id,
            verifier_key: .log.keys[0]}' "$tmp/dossier.json" >"$tmp/replayed" &&
        "$here/helpers/check_receipt.pl" "$tmp/replayed" >"$tmp/place" || return 1
    is head "$(jq -r '.records[0].proof' "$tmp/dossier.json" | sed '1,/^$/d')" \
        "$(jq -r .log.checkpoint "$tmp/dossier.json")" &&
        is 'head holds' "$(jq -r .log.checkpoint_valid "$tmp/dossier.json")" true &&
        is keys "$(jq -r '.log.keys[]' "$tmp/dossier.json")" "$(records checkpoint --keys)" &&
        has "$tmp/dossier" "    $(records checkpoint --keys)" &&
        has "$tmp/dossier" "Program         $("$programs/teade-records" --version)" &&
        has "$tmp/dossier" "Site            ${origin#http://}" &&
        for line in $(jq -r .log.checkpoint "$tmp/dossier.json" | head -n 3); do
            has "$tmp/dossier" "    $line" || return 1
        done
}

# A head that none of the database's keys signed vouches for nothing.
forged_head() { # ID
    cp "$database" "$tmp/altered.db" && perl -0777 -pi -e \
        's/(\n\n\xe2\x80\x94 [0-9.:]+\/choices\/log \S{20})(\S)/$1 . ($2 eq "A" ? "B" : "A")/ge or die' \
        "$tmp/altered.db" || return 1
    "$programs/teade-records" dossier "$1" --database "$tmp/altered.db" >"$tmp/out" 2>"$tmp/err"
    is status $? 1 && has "$tmp/out" 'SOMETHING BELOW DOES NOT MATCH' && has "$tmp/out" 'BUT BY NONE OF THESE KEYS'
}

no_handle() { # of a stranger
    ask /choices/status.json
    is status "$status" 200 && has "$tmp/body" '"handle": null'
}

# What a page says of provisions: their list, and the sentence above it.
said_of_provisions() {
    sed -n '/class="label">.*Riga, Latvia/,/<\/ul>/p' "$tmp/body" >"$1" && [ -s "$1" ] &&
        has "$tmp/body" "$2"
}

# A visitor sees what went where at any time, and in the same words before they erase: then what is
# kept, and until when.  Nothing is erased without a yes.
pages_tell() {
    jar=$tmp/jar.no
    while IFS='|' read -r language kept recipient until ground; do
        ask "/$language/choices/"
        is status "$status" 200 && said_of_provisions "$tmp/on-choices" "$kept" || return 1
        ask "/$language/choices/erase"
        is status "$status" 200 && said_of_provisions "$tmp/on-erase" "$kept" &&
            diff "$tmp/on-choices" "$tmp/on-erase" &&
            for wanted in "$recipient" "$until" "$ground"; do
                has "$tmp/on-erase" "$wanted" || return 1
            done || return 1
    done <<'END'
et|öelda, kellele ja millisel alusel teie andmed edastati|Vastuvõtja: Rändur Travel SIA, Riga, Latvia. Andmed: name and e-mail|kuni: 10. märts 2029|Seaduse nõudel.
ja|公的機関からの問い合わせに答えられるようにするためです|提供先：Rändur Travel SIA（Riga, Latvia）。提供した情報：name and e-mail|保存期限：2029年3月10日|法令により義務付けられているため。
en|can be told who received your data and on what grounds|Recipient: Rändur Travel SIA, Riga, Latvia. Data: name and e-mail|record kept until 10 March 2029|Because the law requires it.
END
}

pages_are_silent() { # where nothing was provided
    jar=$tmp/jar.silent
    ask /en/choices/
    is status "$status" 200 && ! grep -F 'id="disclosures"' "$tmp/body" && ! grep -F 'Riga' "$tmp/body" || return 1
    ask /en/choices/erase
    is status "$status" 200 && ! grep -F 'Rändur' "$tmp/body"
}

# Visitors take them home, each with what it takes to compute its number in the log.
# shellcheck disable=SC2016 # Perl's variables
taken_home() { # JAR WANTED
    jar=$tmp/jar.$1
    ask /choices/export.json
    is status "$status" 200 && is provisions "$(perl -MJSON::PP -MDigest::SHA=sha256_hex -MEncode -0 -ne '
        print join ";", map {
            my $bytes = encode_utf8($_->{canonical});
            my $canonical = decode_json($bytes);
            print STDERR $canonical->{provision_id}, " ",
                sha256_hex("teade-provision-v1\0", pack("H*", $_->{salt}), $bytes), "\n";
            encode_utf8(join "|", @$_{qw(time recipient address data ground kept_until)})
        } @{decode_json($_)->{disclosures}}' "$tmp/body" 2>"$tmp/taken")" "$2" || return 1
    while read -r id hash; do
        records dossier "$handle" --json >"$tmp/shown" && has "$tmp/shown" "$id" && has "$tmp/shown" "$hash" || return 1
    done <"$tmp/taken"
}

copy_programs
revision=2026-03-01
origin=http://127.0.0.1:$(free_port)
build "$tmp/company" 2026-03-10 --content tests/site/content --locale tests/site/locale
serve run "$tmp/company" --now "$(noon 2026-03-10)"
check 'a stranger has no handle' no_handle
answers "$tmp/jar.yes" 'choice.partner-offers.randur=given'
yes=$handle yes_record=$record
answers "$tmp/jar.no" 'choice.partner-offers.randur=refused'
no=$handle
answers "$tmp/jar.back" 'choice.partner-offers.randur=given'
back=$handle back_record=$record
jar=$tmp/jar.back
post /en/choices/withdraw 'purpose=partner-offers.randur'
jar=
answers "$tmp/jar.silent" 'choice.newsletter=given'
silent=$handle
answers "$tmp/jar.et" 'choice.partner-offers.randur=given' et
et=$handle
check 'each has a handle of their own' is handles \
    "$(printf '%s\n' "$yes" "$no" "$back" "$silent" "$et" | grep -Ex '[0-9a-f]{64}' | sort -u | wc -l)" 5

# The endpoint runs, and judges by its own site and clock.
clock=
consent='--ground consent --recipient randur'
covers_en='Rändur Travel SIA (Latvia): name and e-mail address'
covers_et='Rändur Travel SIA (Läti): nimi ja e-posti aadress'
# shellcheck disable=SC2086 # options
{
    try 'the endpoint: agreed' covered "$covers_en" en "$yes" $consent
    name='Evil Brokers Ltd'
    try 'the endpoint: agreed, but to somebody else' refuses 1 \
        'omit --name, or use "Rändur Travel SIA"' "$yes" $consent
    name=
    try 'the endpoint: agreed, to whom the text says' covered "$covers_et" et "$et" $consent
    try 'the endpoint: the law, and to nobody' refuses 64 '--name is missing' "$yes" --ground law
    name='Rändur Travel SIA'
    try 'the endpoint: never answered' refuses 1 'never answered' "$silent" $consent
    try 'the endpoint: refused' refuses 1 'refused on 2026-03-10' "$no" $consent
    try 'the endpoint: taken back' refuses 1 'withdrew consent on 2026-03-10' "$back" $consent
    try 'the endpoint: no such recipient' refuses 1 'no version in force' "$yes" --ground consent \
        --recipient nobody
    try 'the endpoint: without a ground' refuses 64 '--ground is missing' "$yes" --recipient randur
    try 'the endpoint: the law' on_another_ground "$no" --ground law
}
check 'visitors see what went where, and the same before they erase' pages_tell
check 'and nothing where nothing went' pages_are_silent
provided_as='2026-03-10T12:00:00Z|Rändur Travel SIA|Riga, Latvia|name and e-mail'
handle=$et
check 'to take home: by consent' taken_home et "$provided_as|consent|2029-03-10T12:00:00Z"
handle=$no
check 'to take home: by law' taken_home no "$provided_as|law|2029-03-10T12:00:00Z"
handle=$silent
check 'to take home: nothing' taken_home silent ''
stop

with=$tmp/company
clock=$(noon 2026-03-11)
consent="--ground consent --recipient randur --site $with"
# shellcheck disable=SC2086 # options
{
    try 'without a ground' refuses 64 '--ground is missing' "$yes" --recipient randur
    try 'on an unknown ground' refuses 64 '--ground: "curiosity" is unknown' "$yes" --ground curiosity
    try 'the ground by part of its name' refuses 64 '--ground: "life" is unknown' "$yes" --ground life
    try 'consent without a recipient' refuses 64 '--recipient is missing' "$yes" --ground consent
    try 'consent without a site' refuses 1 '--site DIR' "$yes" --ground consent --recipient randur
    try 'a recipient that is none' refuses 1 'no version in force' "$yes" --ground consent \
        --recipient nobody --site "$with"
    try 'a purpose that is none' refuses 1 'no version in force' "$yes" $consent --purpose newsletter
    try 'words that are none' refuses 64 '--representative is' "$yes" --ground law \
        --representative "$(printf 'a\nb')"
    try 'a site that is none' refuses 66 'manifest.json' "$yes" --ground consent \
        --recipient randur --site "$tmp/none"
    try 'a visitor who never answered' refuses 1 'never answered' "$silent" $consent
    try 'a visitor who refused' refuses 1 'refused on 2026-03-10' "$no" $consent
    try 'a visitor who took it back' refuses 1 'withdrew consent on 2026-03-10' "$back" $consent
    try 'a visitor who is none' refuses 1 'visitor' "$(echo "$yes" | tr '0-9a-f' '1-9a-f0')" \
        $consent
    try 'an id that is none' refuses 64 '"me"' me $consent
    name='Rändur Travel'
    try 'to another by the id of the one' refuses 1 'the consent covers this recipient under another name only' \
        "$yes" $consent
    name=' Rändur Travel SIA '
    try 'a visitor who agreed' covered "$covers_en" en "$yes" $consent
    name='Rändur Travel SIA'
    try 'by the number of a record' provided "$yes_record" $consent --document privacy-policy \
        --purpose partner-offers --representative 'A. Ozols'
    for ground in law life-and-property public-health public-bodies; do
        try "no consent, but $ground" provided "$no" --ground "$ground"
    done
    clock=$(noon 2028-03-11)
    try 'what has expired' refuses 1 'expired on 2028-03-10' "$yes" $consent
    clock=$(noon 2026-11-01)
    build "$tmp/later" 2026-11-01 --content tests/site/content --locale tests/site/locale
    try 'what is asked again' refuses 1 'has not been answered, since 2026-10-15' "$yes" --ground consent \
        --recipient randur --site "$tmp/later"
    clock=$(noon 2026-11-02)
}
check 'all that is missing at once' misses '--ground, --name, --address and --data are missing' ''
check 'all that is missing with consent' misses '--recipient and --address are missing' \
    '--ground consent --data name'
check 'the log is sound' sound 9

handle=$back record=$back_record
check 'only theirs, with nothing provided' only_theirs 0
check 'nobody by that handle' unknown "$(echo "$yes" | tr '0-9a-f' '1-9a-f0')" 'visitor'
check 'no record by that number' unknown 00000000000000000000000000000000 'record or disclosure'
check 'a dossier' dossier_tells "$yes" "$yes" '1 record, 3 disclosures' 'everything below matches the log' \
    'Last answer     given' 'Rändur Travel SIA (randur)' 'A. Ozols' 'Riga, Latvia' "Record          $yes_record" \
    'Consent covers  Giving your details to partner companies' \
    'Recipient: Rändur Travel SIA (Latvia). Data: name and e-mail address' \
    '(partner-offers.randur, legal basis: consent)' 'On              2026-03-10 12:00:00 UTC' \
    'Kept until      2029-03-1' 'Created         2026-12-01 12:00:00 UTC' '    # Privacy policy' \
    'Under           version 2026-03-01 in en; the database does not contain whether it'
check 'a dossier of withdrawals' dossier_tells "$back" 'Last answer     withdrawn' \
    'Answer          partner-offers.randur: given (legal basis: consent)' 'Giving your details' \
    '                    Recipient: Rändur Travel SIA (Latvia). Data: name and e-mail' \
    '    Recipient: Rändur Travel SIA (Latvia). Data: name and e-mail address' \
    '2026-03-10 12:00:00 UTC by record (2):' 'Disclosures to third parties'
check 'a dossier that can be checked without us' dossier_checks "$yes"
check 'a dossier under a head that was forged' forged_head "$yes"
check 'a dossier says against whom it proves' dossier_tells "$yes" 'the first checkpoint that is' \
    'A receipt held by the visitor binds the operator' 'It proves'
check 'a dossier of exceptions' dossier_tells "$no" 'the law requires it (law)' \
    'cooperation with a public body (public-bodies)'
check 'a text that does not ask what was answered' text_is_silent "$yes"
check 'a dossier by a record begins with it' dossier_tells "$yes_record" 'The requested record' \
    "Requested by    record $yes_record"
check 'a dossier that proves itself' dossier_proves "$yes" '1 3 0'
check 'a dossier of one who took it back' dossier_proves "$back" '2 0 1'
check 'a dossier of one who refused' dossier_proves "$no" '1 5 0'

{
    check 'a provision that was altered' doubts "$yes" 's/A\. Ozols/A. Kalns/ or die'
    check 'a record that was altered' doubts "$yes" \
        's/partner-offers\.randur=g/partner-offers.randur=r/g or die'
    check 'a visitor who was altered' doubts "$yes_record" 'my $file = $_;
        for my $at (0 .. length($file) - 32) {
            my $key = substr $file, $at, 32;
            next if sha256_hex("teade-handle-v1\0", $key) ne $ENV{handle};
            s/\Q$key\E/substr($key, 0, 31) . chr(255 ^ ord substr $key, 31)/ge;
            last;
        }
        die if $_ eq $file'
}

erases_all() { # HANDLE
    records erase "$1" --yes 2>"$tmp/err" && unknown "$1" 'visitor'
}

# shellcheck disable=SC2016 # Perl's variables
exported() { # WANTED [ID]: ground, name and whether erased, of each
    wanted=$1
    shift
    records export --provisions "$@" >"$tmp/out" || return 1
    is exported "$(perl -MJSON::PP -MDigest::SHA=sha256_hex -ne '
        my $json = JSON::PP->new->utf8->canonical;
        my $line = $json->decode($_);
        die "keys: $_" if $json->encode($line) . "\n" ne $_ ||
            "@{[sort keys %$line]}" ne "disclosure erased hash index kept_until salt";
        die "hash: $_" if $line->{hash} ne sha256_hex("teade-provision-v1\0",
            pack("H*", $line->{salt}), $json->encode($line->{disclosure}));
        die "until: $_" if $line->{kept_until} !~ /^20(29|31)-/;
        print $line->{disclosure}{ground}, $line->{erased} ? ":erased " : " "' "$tmp/out")" "$wanted"
}

refuses_export() { # STATUS WORDS ID
    records export --provisions "$3" >"$tmp/out" 2>"$tmp/err"
    is status $? "$1" && has "$tmp/err" "$2" && is stdout "$(cat "$tmp/out")" ''
}

# All that went to one recipient, in a spreadsheet: the same as in the JSON Lines.
# shellcheck disable=SC2016 # Perl's variables
exported_csv() {
    records export --provisions >"$tmp/lines" && records export --provisions --csv >"$tmp/csv" || return 1
    perl -0777 -ne '
        s/\A\xef\xbb\xbf// or die "no byte order mark";
        while (length) {
            s/\A(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)// or die "not CSV: " . substr $_, 0, 60;
            print defined $1 ? $1 =~ s/""/"/gr : $2, $3 eq "," ? "\t" : "\n";
        }' "$tmp/csv" | sed 1d >"$tmp/cells"
    perl -MJSON::PP -CO -ne '
        my $line = decode_json $_;
        my $it = $line->{disclosure};
        my ($to, $yes) = ($it->{recipient}, $it->{consent} || {});
        print join("\t", @$line{qw(index hash salt)}, @$it{qw(provision_id handle)},
            $line->{erased} ? "true" : "", $it->{event_time}, $line->{kept_until}, $it->{ground},
            (map $_ // "", @$to{qw(id name address representative)}), $it->{data},
            map $_ // "", @$yes{qw(document purpose revision language text_sha256 record_id)}), "\n"' \
        "$tmp/lines" | diff - "$tmp/cells" &&
        is 'to randur' "$(cut -f 10 "$tmp/cells" | grep -cx randur)" 4
}

export_names_the_damaged() {
    cp "$database" "$tmp/altered.db" &&
        perl -0777 -pi -e 's/"ground":"law"/"ground":"lie"/g or die' "$tmp/altered.db" || return 1
    "$programs/teade-records" export --provisions --database "$tmp/altered.db" >"$tmp/out" 2>"$tmp/err"
    is status $? 1 && has "$tmp/out" '{"damaged":true,"erased":false,"hash":' && is lines "$(wc -l <"$tmp/out")" 9 &&
        has "$tmp/err" 'a disclosure is damaged' || return 1
    "$programs/teade-records" export --provisions --csv "$no" --database "$tmp/altered.db" >"$tmp/out" 2>"$tmp/err"
    is status $? 1 && has "$tmp/out" ',damaged,' && is lines "$(wc -l <"$tmp/out")" 6
}

# Without its text nobody can say what a consent was to.
other_words() {
    cp "$database" "$tmp/altered.db" &&
        perl -0777 -pi -e 's/R\xc3\xa4ndur Travel SIA \(Latvia\)/R\xc3\xa4ndur Trivia SIA (Latvia)/g or die' \
            "$tmp/altered.db" || return 1
    "$programs/teade-records" dossier "$yes" --database "$tmp/altered.db" >"$tmp/out" 2>"$tmp/err"
    is status $? 1 && has "$tmp/out" 'Consent covers  THE TEXT DOES NOT MATCH ITS HASH'
}

# Altered words and bytes are shown, never obeyed by the terminal, and no line of JSON is lost.
dossier_does_not_steer() {
    cp "$database" "$tmp/altered.db" && perl -0777 -pi -e 's/# Privacy policy\n/# P\xff\e[31m policy\n/g or die;
        s/"ground":"law"/"gr\e[31m:"law"/g or die' "$tmp/altered.db" || return 1
    "$programs/teade-records" dossier "$no" --database "$tmp/altered.db" >"$tmp/out" 2>"$tmp/err"
    is status $? 1 && has "$tmp/out" '# P��[31m policy' &&
        ! grep -n "$(printf '\033')" "$tmp/out" || return 1
    "$programs/teade-records" dossier "$no" --json --database "$tmp/altered.db" >"$tmp/out" 2>"$tmp/err"
    is status $? 1 && has "$tmp/out" '"matches":false' && has "$tmp/out" '"text":null' && ! grep -n '^$' "$tmp/out"
}

# After the visitor only provisions are left, and every number leads to them that led there before.
erased() {
    echo n | script -qec "$programs/teade-records erase $yes --database $database" /dev/null >"$tmp/out"
    has "$tmp/out" 'their hashes stay in the log; 3 disclosures to third parties are kept until 2029-03-1' || return 1
    records erase "$yes" --yes 2>"$tmp/err" || { cat "$tmp/err" && return 1; }
    has "$tmp/err" '1 record deleted; 3 disclosures to third parties are kept until 2029-03-1' || return 1
    for command in list export 'erase --yes' 'provision --ground law --name N --address A --data D'; do
        # shellcheck disable=SC2086 # a command and its options
        records $command "$yes" >"$tmp/out" 2>"$tmp/err"
        is "$command" $? 1 && has "$tmp/err" 'were deleted' && is stdout "$(cat "$tmp/out")" '' ||
            return 1
    done
}

provision=$(sed -n 's/.*"provision_id":"\([0-9a-f]*\)".*/\1/p' "$tmp/dossier.json" | sed 1q)
check 'a provision leads to its visitor' dossier_tells "$provision" "$no"
records dossier --json "$yes" >"$tmp/dossier.json"
provision=$(sed -n 's/.*"provision_id":"\([0-9a-f]*\)".*/\1/p' "$tmp/dossier.json")
no_grounds='law law life-and-property public-health public-bodies '
check 'exported' exported "consent consent ${no_grounds%% *} consent consent ${no_grounds#* }"
check 'exported, of one visitor' exported "$no_grounds" "$no"
check 'exported, of one to whom nothing happened' exported '' "$back"
check 'exported, of nobody' refuses_export 1 'visitor' "$(echo "$yes" | tr '0-9a-f' '1-9a-f0')"
check 'erased' erased
for id in "$yes" "$yes_record" "$provision"; do
    check "a dossier of one who is gone, by $(printf %.4s "$id")" dossier_tells "$id" "$yes" \
        'deleted: only the hashes' '0 records, 3 disclosures' "Record          $yes_record" 'Rändur Travel SIA' \
        'Recipient: Rändur Travel SIA (Latvia). Data: name and e-mail address'
done
check 'that proves itself' dossier_proves "$yes" '0 3 0'
check 'exported, of one who is gone' exported 'consent:erased consent:erased consent:erased ' "$yes"
check 'exported, to a spreadsheet' exported_csv
check 'exported, and damaged' export_names_the_damaged
check 'the text of a consent that was altered' other_words
check 'what was altered does not steer the terminal' dossier_does_not_steer
check 'of one who is gone without a provision' erases_all "$silent"
check 'the log is sound after all' sound 9
echo "1..$number"
