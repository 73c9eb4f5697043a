#!/bin/sh
# operator.sh: what the operator takes out of real records in three languages: export, stats
# and report.  TAP.

# shellcheck source=tests/helpers/lib.sh
. "$(dirname "$0")/../helpers/lib.sh"

answers() { # COUNT LANGUAGE FIELDS: of new visitors
    for _ in $(seq "$1"); do
        post "/$2/choices/record" "$(offer privacy-policy "$revision" "$2")&$3"
        is status "$status" 303 || give_up "an answer was not taken: $status"
    done
}

acknowledges() { # LANGUAGE DOCUMENT
    post "/$1/choices/acknowledge" "$(offer "$2" "$revision" "$1")"
    is status "$status" 303 || give_up "an acknowledgement was not taken: $status"
}

exits() { # STATUS COMMAND [OPTION...]
    wanted=$1
    shift
    "$programs/teade-records" "$@" >"$tmp/out" 2>"$tmp/err"
    is "$*" $? "$wanted"
}

# Wrong use says nothing on stdout, and names the word.
# Every line says all that its entry is made of: the hash follows from salt and record alone.
# shellcheck disable=SC2016 # Perl's variables
lines_prove_themselves() {
    records export >"$tmp/export.jsonl" && is lines "$(wc -l <"$tmp/export.jsonl")" "$(rows)" &&
        perl -MJSON::PP -MDigest::SHA=sha256_hex -ne '
            my $json = JSON::PP->new->utf8->canonical;
            my $line = $json->decode($_);
            my $bytes = $json->encode($line->{record});
            die "keys: $_" if $json->encode($line) . "\n" ne $_;
            die "keys: $_" if "@{[sort keys %$line]}" ne "hash index labels recipients record salt title";
            die "order: $_" if $line->{index} != $. - 1;
            die "hash: $_" if $line->{hash} ne
                sha256_hex("teade-record-v1\0", pack("H*", $line->{salt}), $bytes);
            my $asked = join " ", sort map $_->{purpose} . (
                $_->{recipient_third_parties} ? ".$_->{recipient_third_parties}[0]" : ""),
                @{$line->{record}{purposes}};
            die "labels: $_" if "@{[sort keys %{$line->{labels}}]}" ne $asked;
            die "recipients: $_" if "@{[sort keys %{$line->{recipients}}]}" ne
                join " ", grep /\./, split / /, $asked;
            die "label: $_" if grep !length, map values %$_, @$line{qw(labels recipients)}' \
            "$tmp/export.jsonl" &&
        for title in 'Privacy policy' Privaatsuspoliitika プライバシーポリシー; do
            has "$tmp/export.jsonl" "\"title\":\"$title" || return 1
        done
}

# Reads CSV by RFC 4180, strictly: cells with tabs between, a record a line.
# shellcheck disable=SC2016 # Perl's variables
csv_cells() {
    perl -0777 -ne '
        s/\A\xef\xbb\xbf// or die "no byte order mark";
        while (length) {
            s/\A(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)// or die "not CSV: " . substr $_, 0, 60;
            my $cell = defined $1 ? $1 =~ s/""/"/gr : $2;
            die "a bare formula: $cell" if $cell =~ /^[=+\-@\t\r]/;
            print $cell =~ s/[\t\r\n]/ /gr, $3 eq "," ? "\t" : "\n";
        }'
}

# The same facts, from the JSON Lines and from the CSV.
# shellcheck disable=SC2016 # Perl's variables
csv_says_the_same() {
    records export --csv >"$tmp/export.csv" && csv_cells <"$tmp/export.csv" >"$tmp/cells" &&
        records export | perl -MJSON::PP -CO -ne '
            BEGIN { our %said = (ConsentGiven => "given", ConsentRefused => "refused",
                ConsentWithdrawn => "withdrawn", LegitimateInterestObjected => "objected",
                LegitimateInterestNotObjected => "withdrawn") }
            my $line = decode_json $_;
            my $record = $line->{record};
            my $text = $record->{privacy_notice};
            for my $purpose (@{$record->{purposes}} ? @{$record->{purposes}} : {}) {
                my $id = join ".", grep defined, $purpose->{purpose},
                    $purpose->{recipient_third_parties}[0];
                print join("\t", @$line{qw(index hash salt)}, $record->{record_id},
                    $record->{pii_principal_id}, @$record{qw(event_time event_type)},
                    @$text{qw(document revision language text_sha256)},
                    $record->{gpc} ? "true" : "", $line->{title}, $id, $said{$purpose->{event_state} // ""} // "",
                    $purpose->{lawful_basis} // "", map $line->{$_}{$id} // "", qw(labels recipients)),
                    "\n";
            }' >"$tmp/facts" &&
        sed 1d "$tmp/cells" | diff "$tmp/facts" - &&
        is acknowledgements "$(grep -c "acknowledgement$(printf '\t')" "$tmp/cells")" 3 &&
        is 'lines without CR' "$(grep -cv "$(printf '\r')\$" "$tmp/export.csv")" 0
}

# A row of a report: the values and the five counts.
# shellcheck disable=SC2016 # Perl's variables
told() { # WANTED [OPTION...]
    wanted=$1
    shift
    records report --json "$@" >"$tmp/report" && is lines "$(wc -l <"$tmp/report")" 1 || return 1
    is "report $*" "$(perl -MJSON::PP -0 -ne '
        my $report = decode_json $_;
        print join ", ", map { my $row = $_; join " ", grep(defined,
            @$row{qw(document purpose version language week)}),
            map $_ // "-", @$row{qw(given refused withdrawn objected objection_withdrawn)} } @{$report->{rows}}' \
        "$tmp/report")" "$wanted"
}

# How much is left out does not depend on what is asked for.
leaves_out_the_same() {
    records report --json >"$tmp/all" && left=$(grep -o '"cells.*left_out":[0-9]*' "$tmp/all") &&
        [ -n "$left" ] &&
        for options in '--by week' '--document cookies' '--from 2026-03-20' '--by purpose,language'; do
            # shellcheck disable=SC2086 # options
            records report --json $options >"$tmp/some" && has "$tmp/some" "$left" || return 1
        done
}

without_anchor() {
    cp "$database" "$tmp/alone.db" && exits 0 verify --database "$tmp/alone.db" &&
        has "$tmp/err" "$tmp/alone.db.anchor: does not exist" &&
        has "$tmp/err" 'the endpoint creates it when it starts' &&
        is lines "$(wc -l <"$tmp/err")" 1
}

# shellcheck disable=SC2016 # Perl's variables
counts() { # NAME WANTED
    records stats --json >"$tmp/stats" && is "$1" \
        "$(perl -MJSON::PP -0 -ne 'print decode_json($_)->{$ENV{name}}' "$tmp/stats")" "$2"
}

# What is there on a disk is not what was recorded: a title that is a formula.
guards_formulas() {
    cp "$database" "$tmp/evil.db" && perl -e '
        local $/; open my $file, "+<", shift or die; my $bytes = <$file>;
        my $found = $bytes =~ s/# Privacy policy\n/# =cmd|calc!A1  \n/g or die "no title";
        seek $file, 0, 0; print $file $bytes' "$tmp/evil.db" &&
        "$programs/teade-records" export --csv --database "$tmp/evil.db" >"$tmp/evil.csv" &&
        has "$tmp/evil.csv" ",'=cmd|calc!A1" && csv_cells <"$tmp/evil.csv" >"$tmp/cells"
}

# A record whose bytes are broken is named, and the others are given.
says_what_is_damaged() {
    cp "$database" "$tmp/damaged.db" && perl -e '
        local $/; open my $file, "+<", shift or die; my $bytes = <$file>;
        $bytes =~ s/[a-z]\K=g/=x/ or die;
        seek $file, 0, 0; print $file $bytes' "$tmp/damaged.db" &&
        exits 1 export --database "$tmp/damaged.db" && has "$tmp/out" '{"damaged":true,"hash":' &&
        is lines "$(wc -l <"$tmp/out")" "$(rows)" && has "$tmp/err" 'teade-records verify' &&
        exits 1 export --csv --database "$tmp/damaged.db" && has "$tmp/out" ',damaged,' &&
        exits 1 report --database "$tmp/damaged.db" && has "$tmp/err" 'teade-records verify'
}

says_that_nothing_is_there() { # OPTION...
    exits 0 report --database "$database" "$@" &&
        is report "$(cat "$tmp/out")" \
            'Nothing to report yet: a week is included once it is over and a later week has a record.'
}

goes_nowhere() { # COMMAND
    "$programs/teade-records" "$1" --database "$database" >/dev/full 2>"$tmp/err"
    is status $? 74 && has "$tmp/err" 'cannot write to standard output'
}

# Three weeks in March; of the last one no report tells yet.

copy_programs
revision=2026-03-01
origin=http://127.0.0.1:$(free_port)
build "$tmp/company" 2026-03-10 --content tests/site/content --locale tests/site/locale
serve run "$tmp/company" --now "$(noon 2026-03-10)"
check 'a report of no records' says_that_nothing_is_there
check 'nor of some weeks of none' says_that_nothing_is_there --from 2026-03-02 --to 2026-03-08
answers 11 en all=given
answers 4 en choice.newsletter=refused
answers 6 et choice.newsletter=given
answers 3 et choice.newsletter=refused
answers 5 ja choice.visitor-statistics=objected
answers 1 ja choice.newsletter=given
for language in en et ja; do
    acknowledges "$language" cookies
done
stop
serve run "$tmp/company" --now "$(noon 2026-03-18)"
answers 7 ja choice.newsletter=given
jar=$tmp/jar
answers 1 ja choice.newsletter=given
post /ja/choices/withdraw ''
jar=
for n in 1 2 3 4 5 6; do
    jar=$tmp/jar.back.$n
    answers 1 et choice.visitor-statistics=objected
    post /et/choices/withdraw purpose=visitor-statistics
done
jar=
stop
serve run "$tmp/company" --now "$(noon 2026-03-25)"
answers 10 en all=refused
stop
check 'the database is sound' verified
check 'JSON Lines hold what proves them' lines_prove_themselves
check 'CSV says the same' csv_says_the_same
check 'CSV starts no formula' guards_formulas
check 'damage is told' says_what_is_damaged

check 'all that is told' told 'privacy-policy 40 - - 5 5'
while IFS='|' read -r options wanted; do
    # shellcheck disable=SC2086 # options
    check "report $options" told "$wanted" $options
done <<'END'
--by purpose|privacy-policy newsletter 20 - - - -, privacy-policy partner-offers.meteor 10 - - - -, privacy-policy partner-offers.randur 10 - - - -, privacy-policy visitor-statistics - - - 5 5
--by language|privacy-policy en 30 - - - -, privacy-policy et 5 - - - 5, privacy-policy ja 5 - - 5 -
--by version|privacy-policy 2026-03-01 40 - - 5 5
--by week|privacy-policy 2026-W11 35 - - 5 -, privacy-policy 2026-W12 5 - - - 5
--by language,week --from 2026-03-19|privacy-policy et 2026-W12 - - - - 5, privacy-policy ja 2026-W12 5 - - - -
--by language --by week --to 2026-03-09|privacy-policy en 2026-W11 30 - - - -, privacy-policy et 2026-W11 5 - - - -, privacy-policy ja 2026-W11 - - - 5 -
--from 2026-03-11 --to 2026-03-11|privacy-policy 35 - - 5 -
--from 2026-03-23|
--to 1969-01-01|
--document cookies|
--document nothing|
END
check 'left out is left out of the whole' leaves_out_the_same
check 'words beside the counts' exits 0 report --database "$database" --by purpose
check 'each is an answer, where weeks are not distinguished' has "$tmp/out" 'at least that many answers'
check 'and a visitor where nothing is added up' exits 0 report --database "$database" --by purpose,version,language,week
check 'for each is counted once' has "$tmp/out" 'at least that many visitors'
check 'the columns' has "$tmp/out" 'GIVEN     REFUSED   WITHDRAWN    OBJECTED  OBJ. ENDED'
check 'the weeks are named' has "$tmp/out" 'up to 2026-W12'
check 'columns are as wide as what stands in them' has "$tmp/out" \
    'DOCUMENT        PURPOSE                VERSION     LANGUAGE  WEEK           GIVEN     REFUSED'
check 'numbers stand below their heads' has "$tmp/out" \
    'privacy-policy  partner-offers.meteor  2026-03-01  en        2026-W11          10           -'
check 'what is left out is named' has "$tmp/out" '4 were left out'
check 'nothing to tell' exits 0 report --database "$database" --document cookies
check 'why' has "$tmp/out" 'no complete week in this period, or no group of 5 or more'
while read -r name wanted; do
    export name
    check "stats: $name" counts "$name" "$wanted"
done <<'END'
visitors 57
records 64
entries 64
since 2026-03-10
until 2026-03-25
END
check 'stats in words' exits 0 stats --database "$database"
check 'the length of the log' has "$tmp/out" 'Entries   64 in the log'
check 'since when' has "$tmp/out" 'Records   64, from 2026-03-10 until 2026-03-25'
check 'verify says where no anchor is' without_anchor

for command in export stats report; do
    check "$command of a database that is not there" exits 66 "$command" --database "$tmp/none.db"
    check "$command into a full disk" goes_nowhere "$command"
done
check 'wrote nothing' verified
echo "1..$number"
