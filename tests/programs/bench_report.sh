#!/bin/sh
# bench_report.sh: what `make bench` measured becomes tables, a README and a chart.  TAP.

. "$(dirname "$0")/../helpers/tap.sh"
bench=$root/tests/bench
folder=$tmp/bench

report() { # REPORTED
    perl "$bench/report.pl" "$tmp/measured" "$folder" >"$tmp/reported" 2>&1
}

# Of every figure that a row needs the values 4, 2 and 3.
measure_all() {
    mkdir -p "$folder" && cp "$bench/README.md" "$folder" && rm -f "$folder/chart.svg"
    perl -I"$bench" -MRows -e '
        my @rows = map { my (undef, @rows) = @$_; @rows } @Rows::groups;
        my @figures = grep { defined && !/^\d+$/ } map { @$_[1, 3] } @rows;
        my %names = map { s/^[\d.e-]+\*//r => 1 } @figures;
        for my $name (sort keys %names) { print "$name $_\n" for 4, 2, 3 }
        print "$_ 3\n" for "rounds", "seconds"' | grep -v '^records ' >"$tmp/measured"
    echo 'records 1000000' >>"$tmp/measured"
}

medians_are_compared() {
    sed -i 's/^workers.rate .*/workers.rate 4000/
        s/^first.rate .*/first.rate 3000/' "$tmp/measured"
    report && grep -q 'record, 64 .* 3,000/s  .* 4,000/s *0.75  ≥ 0.6, aim 0.7 *yes$' "$tmp/reported" &&
        grep -q "PHP-FPM .* 3/s *1000.00 " "$tmp/reported" &&
        grep -q 'memory of all processes .* 3 MiB .*≤ 24 MiB *yes$' "$tmp/reported" &&
        grep -q 'nothing changed  .* 3 s  .*≤ 0.03 s *no$' "$tmp/reported"
}

readme_has_tables() {
    grep -q '^| a new .*, 64 connections | 3,000/s | .* | yes |$' "$folder/README.md" &&
        grep -q '^## Where the next row goes' "$folder/README.md" &&
        [ "$(grep -c 'measured: begin\|measured: end' "$folder/README.md")" = 2 ]
}

twice_is_the_same() {
    cp "$folder/README.md" "$tmp/first" && report && cmp "$tmp/first" "$folder/README.md"
}

chart_reads_aloud() {
    grep -q '<desc id="description">.*a new visitor.s record 3,000; .*' "$folder/chart.svg" &&
        grep -q 'role="img" aria-labelledby="title description"' "$folder/chart.svg" &&
        grep -q 'prefers-color-scheme: dark' "$folder/chart.svg"
}

nothing_is_rewritten() { # WHY
    rm -f "$folder/chart.svg"
    cp "$bench/README.md" "$folder"
    report && grep -qF "stays as it is: $1" "$tmp/reported" && [ ! -e "$folder/chart.svg" ] &&
        cmp "$bench/README.md" "$folder/README.md"
}

is_refused() {
    ! report && grep -q 'not a name and a value' "$tmp/reported"
}

measure_all
check 'medians are compared, and judged' medians_are_compared
check 'the README has the tables' readme_has_tables
check 'a second report makes the same README' twice_is_the_same
check 'the chart has its figures in words' chart_reads_aloud
sed -i 's/^records .*/records 999999/' "$tmp/measured"
check 'fewer records rewrite nothing' nothing_is_rewritten 'fewer than a million records'
sed -i '/^hugo-hundred.s /d' "$tmp/measured"
check 'a figure that is missing rewrites nothing' nothing_is_rewritten 'nothing was measured of'
sed -i 's/^rounds .*/rounds 2/' "$tmp/measured"
check 'two rounds rewrite nothing' nothing_is_rewritten 'fewer than three rounds'
echo 'first.rate' >>"$tmp/measured"
check 'a name without a value is refused' is_refused
echo "1..$number"
