#!/usr/bin/perl
# report.pl MEASURED FOLDER: prints what bench.sh wrote to MEASURED as tables: the medians of all
# rounds, their ratio, and whether it is what is required.  If nothing was shortened or left out,
# the same tables go into FOLDER/README.md between its two marks, and a chart to FOLDER/chart.svg.
use strict;
use warnings;
use utf8;
use File::Basename qw(dirname);
use lib dirname(__FILE__);
use Chart;
use Rows;

binmode $_, ':utf8' for *STDOUT, *STDERR;
my ($begin, $end) = ('<!-- measured: begin -->', '<!-- measured: end -->');
my $values; # name → what was measured of it

# Figures.

sub read_measured { # PATH
    my %values;
    open my $in, '<:utf8', $_[0] or die "report.pl: $_[0]: $!\n";
    while (<$in>) {
        my ($name, $value) = /^(\S+) (.+)$/ or die "report.pl: $_[0]:$.: not a name and a value\n";
        push @{$values{$name}}, $value;
    }
    return \%values;
}

sub median {
    my @sorted = sort { $a <=> $b } @_;
    return $sorted[@sorted / 2];
}

# undef: not measured
sub figure { # NAME, NUMBER or NUMBER*NAME
    my ($what) = @_;
    return $what if $what =~ /^\d+$/;
    my ($factor, $name) = $what =~ /^([\d.e-]+)\*(.+)/ ? ($1, $2) : (1, $what);
    return $values->{$name} ? $factor * median(@{$values->{$name}}) : undef;
}

sub with_commas { # NUMBER
    return scalar reverse((reverse $_[0]) =~ s/(\d{3})(?=\d)/$1,/gr);
}

# Three digits that count, of seconds down to the millisecond.
sub digits { # NUMBER
    my ($number) = @_;
    return with_commas(sprintf '%.0f', $number) if $number >= 100 || $number == int $number;
    return sprintf $number >= 10 ? '%.1f' : $number >= 1 ? '%.2f' : '%.3f', $number;
}

sub unit { # NAME
    return $Rows::units{$_[0] =~ s/.*[.]//r};
}

# {NAME} is a figure.
sub filled { # TEXT
    return $_[0] =~ s/\{(.*?)\}/with_commas(figure($1) \/\/ '?')/ger;
}

# Tables.

my %judges = ( # how → sign, what is judged, whether that is the figure itself
    more   => ['≥', sub { $_[0] / $_[1] }],
    faster => ['≥', sub { $_[1] / $_[0] }],
    less   => ['≤', sub { $_[0] / $_[1] }],
    limit  => ['≤', sub { $_[0] }, 1],
    least  => ['≥', sub { $_[0] }, 1],
);

sub verdict { # ROW JUDGED: required, met
    my (undef, $name, undef, undef, $how, $required, $aim) = @{$_[0]};
    my ($sign, undef, $itself) = @{$judges{$how}};
    return ('', '') unless defined $required;
    return ("$sign $required" . ($itself ? unit($name) : defined $aim ? ", aim $aim" : ''),
        ($sign eq '≥' ? $_[1] >= $required : $_[1] <= $required) ? 'yes' : 'no');
}

sub cells { # ROW: undef if it was not measured
    my ($work, $name, $beside, $peer, $how) = @{$_[0]};
    my ($ours, $theirs) = (figure($name), defined $peer ? figure($peer) : 0);
    return unless defined $ours && defined $theirs;
    my (undef, $judge, $itself) = @{$judges{$how}};
    my $judged = $judge->($ours, $theirs);
    return [filled($work), digits($ours) . unit($name),
        defined $peer ? (filled($beside), digits($theirs) . unit($name)) : ('', ''),
        $itself ? '' : sprintf('%.2f', $judged), verdict($_[0], $judged)];
}

my @head = ('work', 'figure', 'beside', 'its figure', 'ratio', 'required', 'met');

sub tables { # [TITLE, CELLS...]...
    return map {
        my ($title, @rows) = @$_;
        [filled($title), grep { defined } map { cells($_) } @rows];
    } @Rows::groups;
}

sub print_tables {
    for (tables()) {
        my ($title, @rows) = @$_;
        next unless @rows;
        print "\n$title\n";
        printf "  %-52s %12s  %-34s %12s %7s  %-15s %s\n", @$_ for \@head, @rows;
    }
}

sub markdown {
    my $text = '';
    for (tables()) {
        my ($title, @rows) = @$_;
        $text .= "\n### $title\n\n| " . join(' | ', @head) . " |\n|---|--:|---|--:|--:|---|---|\n";
        $text .= '| ' . join(' | ', @$_) . " |\n" for @rows;
    }
    return $text;
}

sub circumstances { # on one line
    my %of = map { $_ => $values->{$_} ? $values->{$_}[0] : '?' }
        qw(processors processor memory flush system commit rounds seconds);
    return "$of{processors} × $of{processor}, $of{memory}; $of{system}; "
        . "a flush to the disk takes $of{flush} ms; commit $of{commit}. "
        . "Medians of $of{rounds} rounds, each load $of{seconds} s.";
}

# The README and the chart.

# Why nothing is rewritten, or undef.
sub shortened {
    return 'fewer than three rounds' if figure('rounds') < 3;
    return 'loads of less than three seconds' if figure('seconds') < 3;
    my ($missing) = grep { !cells($_) } map { my (undef, @rows) = @$_; @rows } @Rows::groups;
    return "nothing was measured of “$missing->[0]”" if $missing;
    return figure('records') < 1_000_000 ? 'fewer than a million records' : undef;
}

sub write_file { # PATH TEXT
    open my $out, '>:utf8', $_[0] or die "report.pl: $_[0]: $!\n";
    print $out $_[1];
    close $out or die "report.pl: $_[0]: $!\n";
}

sub write_readme { # PATH
    open my $in, '<:utf8', $_[0] or die "report.pl: $_[0]: $!\n";
    my $text = do { local $/; <$in> };
    my $between = join "\n", $begin, circumstances(), '',
        '![The figures of records and sites as bars](chart.svg)', markdown(), $end;
    $text =~ s/\Q$begin\E.*\Q$end\E/$between/s or die "report.pl: $_[0] has no marks\n";
    write_file($_[0], $text);
}

sub chart {
    my @panels = map {
        my ($title, @bars) = @$_;
        [$title, map {
            my ($whose, $name, $label) = @$_;
            [$whose, filled($label), figure($name), digits(figure($name))];
        } @bars];
    } @Rows::panels;
    return Chart::draw('Records and builds, and what else does it', circumstances(), @panels);
}

my ($measured, $folder) = @ARGV;
die "usage: report.pl MEASURED FOLDER\n" unless @ARGV == 2;
$values = read_measured($measured);
print circumstances(), "\n";
print_tables();
my $why = shortened();
if (defined $why) {
    print "\n$folder/README.md stays as it is: $why.\n";
} else {
    write_readme("$folder/README.md");
    write_file("$folder/chart.svg", chart());
    print "\n$folder/README.md and chart.svg are rewritten.\n";
}
