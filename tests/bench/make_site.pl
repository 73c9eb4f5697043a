#!/usr/bin/perl
# make_site.pl KIND DIRECTORY: writes the source of a site to measure builds on, DIRECTORY/content and
# DIRECTORY/locale, the same bytes each time.  DIRECTORY must not exist.  Build it with this tree's
# templates:
#
#   teade build --content DIRECTORY/content --locale DIRECTORY/locale --output …
#
# KIND is
#   real      the site in content/ and locale/
#   hundred   100 documents of one version in 3 languages: 934 pages
#   versions  2 documents of 50 versions in 3 languages, with all their redlines: 928 pages
#   thousand  1,000 documents of one version in 3 languages: 9,034 pages
#
# A document has about 6 kB in eight sections.  Its words are made up of syllables; those of the
# translations are as long.  A version changes two paragraphs and one item of the one before.
use strict;
use warnings;
use utf8;
use File::Basename qw(dirname);
use File::Path qw(make_path);
use POSIX qw(strftime);

my $root = dirname(__FILE__) . '/../..';
my %kinds = (
    hundred  => {documents => 100,  versions => 1},
    versions => {documents => 2,    versions => 50},
    thousand => {documents => 1000, versions => 1},
);
my @translations = qw(et ja);
my ($sections, $paragraphs, $items) = (8, 2, 3);

# Words.  Each is a function of a key, so that a paragraph is the same in every version that does not
# change it.

my $state;

sub seed { # KEY
    $state = 17;
    $state = ($state * 31 + ord) % 2147483647 for split //, $_[0];
    pick(2) for 1 .. 5;
}

sub pick { # BELOW
    $state = ($state * 48271) % 2147483647;
    return int($state / 7) % $_[0];
}

my %syllables = (
    en => [qw(no ti ce ly per son al da ta pol i cy con sent use er sto re pur pose)],
    et => [qw(tea de and me te ka sut a ja nõ us ole ku sei sund pä ra õi gus kü)],
    ja => [qw(お し ら せ こ じ ん の に つ い て り よ う も く て き を)],
);

sub word { # LANGUAGE
    my $of = $syllables{$_[0]};
    return join '', map { $of->[pick(scalar @$of)] } 1 .. 2 + pick(2);
}

sub words { # LANGUAGE COUNT
    my ($language, $count) = @_;
    return join $language eq 'ja' ? '' : ' ', map { word($language) } 1 .. $count;
}

# A few words of them are bold, and every fourth text has a link.
sub sentence { # LANGUAGE KEY COUNT
    my ($language, $key, $count) = @_;
    my ($space, $end) = $language eq 'ja' ? ('', '。') : (' ', '.');
    seed("$language $key");
    my @parts = (words($language, $count), '**' . words($language, 2) . '**', words($language, 3));
    seed($key);
    push @parts, '[' . words($language, 2) . '](https://www.example.org/' . pick(1000) . ')',
        words($language, 2)
        unless pick(4);
    return ucfirst join($space, @parts) . $end;
}

sub title { # LANGUAGE KEY
    seed("$_[0] $_[1]");
    return ucfirst words($_[0], 3);
}

# Documents.  A message is [KIND, KEY]: its words in a language follow from these.

sub text_of { # MESSAGE LANGUAGE
    my ($kind, $key) = @{$_[0]};
    return $kind eq 'title' ? title($_[1], $key) : sentence($_[1], $key, $kind eq 'item' ? 6 : 24);
}

# What a version of a document says: at each place the words of the version that changed it last.
sub messages_of { # DOCUMENT VERSION
    my ($document, $version) = @_;
    my %changed;
    for my $v (1 .. $version) {
        $changed{($v * 7 + $_ * 11) % ($sections * $paragraphs) . 'p'} = $v for 0, 1;
        $changed{($v * 5) % ($sections * $items) . 'i'} = $v;
    }
    my $key = sub { "$document.$_[0]." . ($changed{$_[0]} // 0) };
    return map {
        my $s = $_;
        ['title', $key->("${s}h")],
        (map { ['paragraph', $key->($s * $paragraphs + $_ . 'p')] } 0 .. $paragraphs - 1),
        (map { ['item', $key->($s * $items + $_ . 'i')] } 0 .. $items - 1);
    } 0 .. $sections - 1;
}

my %behind = (title => '## ', paragraph => '', item => '- ');

sub markdown { # MESSAGES
    my $text = '';
    for my $message (@_) {
        $text .= ($message->[0] eq 'item' ? '' : "\n") . $behind{$message->[0]}
            . text_of($message, 'en') . "\n";
        $text .= "\n" if $message->[0] ne 'item';
    }
    $text =~ s/\n{3,}/\n\n/g;
    return $text;
}

sub day_of { # VERSION
    return strftime('%Y-%m-%d', gmtime(1704585600 + 16 * 86400 * $_[0])); # from 2024-01-07 on
}

sub write_file { # PATH TEXT
    make_path(dirname($_[0]));
    open my $out, '>:utf8', $_[0] or die "make_site.pl: $_[0]: $!\n";
    print $out $_[1];
    close $out or die "make_site.pl: $_[0]: $!\n";
}

sub quoted {
    return '"' . $_[0] =~ s/(["\\])/\\$1/gr . '"';
}

sub catalogue { # LANGUAGE MESSAGES
    my ($language, @messages) = @_;
    my $forms = $language eq 'ja' ? 'nplurals=1; plural=0;' : 'nplurals=2; plural=(n != 1);';
    my $text = qq{msgid ""\nmsgstr ""\n"Language: $language\\n"\n"MIME-Version: 1.0\\n"\n}
        . qq{"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n}
        . qq{"Plural-Forms: $forms\\n"\n};
    my %seen;
    for my $message (@messages) {
        my $msgid = text_of($message, 'en');
        $text .= "\nmsgid " . quoted($msgid) . "\nmsgstr " . quoted(text_of($message, $language)) . "\n"
            unless $seen{$msgid}++;
    }
    return $text;
}

sub write_document { # DIRECTORY NAME VERSIONS
    my ($directory, $name, $versions) = @_;
    my $title = ['title', $name];
    my @all = ($title);
    for my $version (0 .. $versions - 1) {
        my $day = day_of($version);
        my @messages = messages_of($name, $version);
        my $summary = ['title', "$name.summary.$version"];
        my $settings = "---\ntitle: " . text_of($title, 'en') . "\nlanguage: en\npublished: $day\n"
            . "effective: $day\nclass: notify\nauthoritative: en\n";
        $settings .= 'summary: ' . text_of($summary, 'en') . "\n" if $version;
        push @all, $version ? $summary : (), @messages;
        write_file("$directory/content/$name/$day.md", "$settings---\n" . markdown(@messages));
    }
    write_file("$directory/locale/$_/LC_MESSAGES/$name.po", catalogue($_, @all)) for @translations;
}

sub write_settings { # DIRECTORY DOCUMENTS
    my ($directory, @names) = @_;
    local $" = ', ';
    write_file("$directory/content/site.yaml", <<"END");
name: Kuukivi Observatory
base_url: https://kuukivi.example
languages: [en, @translations]
time_zone: UTC
status: published
controllers:
  - name: Kuukivi Observatory
    email: privacy\@kuukivi.example
documents: [@names]
record_of_choices: $names[0]
END
}

sub copy { # FROM... TO
    system('cp', '-R', @_) == 0 or die "make_site.pl: cannot copy @_\n";
}

my ($name, $directory) = @ARGV;
die "usage: make_site.pl real|hundred|versions|thousand DIRECTORY\n"
    unless @ARGV == 2 && ($name eq 'real' || $kinds{$name});
die "make_site.pl: $directory already exists\n" if -e $directory;
if ($name eq 'real') {
    make_path($directory);
    copy("$root/content", "$root/locale", $directory);
    exit;
}
my $kind = $kinds{$name};
my @names = map { sprintf 'document-%04d', $_ } 1 .. $kind->{documents};
write_settings($directory, @names);
write_document($directory, $_, $kind->{versions}) for @names;
copy("$root/locale/$_/LC_MESSAGES/site.po", "$directory/locale/$_/LC_MESSAGES") for @translations;
