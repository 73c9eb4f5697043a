#!/usr/bin/perl
# fold.pl fold|unfold FROM TO: copies a built site.  `fold` writes what pages of a language share in
# the first of them only (by name), and in the others a line that names it:
#     <!-- footer: as in public/en/cookies/history/index.html -->
# so that one word of the navigation changes few files.  `unfold` makes the whole pages of it again.
#
# A part that names its page's own address is shared as well, with the other page's address in it.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Copy qw(copy);
use File::Find qw(find);
use File::Path qw(make_path);

my ($work, $from, $to) = @ARGV;
my @parts = (
    [head      => qr{\A<!doctype html>\n.*?(?=<title>)}s],
    [masthead  => qr{^<body>\n.*?(?=<nav class="languages")}ms],
    [languages => qr{^<nav class="languages".*?</nav>\n}ms],
    [pages     => qr{^<nav class="pages".*?</nav>\n}ms],
    [notice    => qr{^<aside class="notice".*?</aside>\n}ms],
    [footer    => qr{^<footer .*\z}ms],
);
my %known; # fold: LANGUAGE => [[NAME, FILE, TEXT], ...], written in full; unfold: FILE => {NAME => TEXT}

# The address of a page below that of its language: files in private/ have none.
sub address {
    return $_[0] =~ m{^public/[\w-]+/(.*?)(?:index\.html)?$} ? $1 : undef;
}

# A part of another page as it would be on this one.
sub moved {
    my ($text, $other, $file) = @_;
    my ($old, $new) = (address($other), address($file));
    $text =~ s{(/[\w-]+/)\Q$old\E(?=")}{$1$new}g if defined $old && defined $new;
    return $text;
}

# Calls `visit` with the name and the text of each part, and puts what it returns in its place.
sub each_part {
    my ($page, $visit) = @_;
    for (@parts) {
        my ($part, $pattern, $count) = @$_;
        $page =~ s{$pattern}{$visit->(++$count > 1 ? "$part $count" : $part, $&)}ge;
    }
    return $page;
}

sub fold_page {
    my ($page, $file) = @_;
    my ($language) = $file =~ m{^(?:public|private/pages)/([\w-]+)/} or return $page;
    my @own;
    $page = each_part($page, sub {
        my ($name, $text) = @_;
        for (@{$known{$language}}) {
            my ($as, $other, $whole) = @$_;
            return "<!-- $as: as in $other -->\n" if moved($whole, $other, $file) eq $text;
        }
        push @own, [$name, $file, $text];
        return $text;
    });
    push @{$known{$language}}, @own;
    return $page;
}

sub unfold_page {
    my ($page, $file) = @_;
    $page =~ s{^<!-- ([a-z]+(?: \d+)?): as in (\S+) -->\n}{
        moved($known{$2}{$1} // die("fold.pl: no $1 in $2\n"), $2, $file)}gme;
    each_part($page, sub { $known{$file}{$_[0]} = $_[1] });
    return $page;
}

sub convert {
    my ($file) = @_;
    make_path(dirname("$to/$file"));
    return copy("$from/$file", "$to/$file") || die "$file: $!\n" if $file !~ /\.html$/;
    open my $in, '<', "$from/$file" or die "$file: $!\n";
    my $page = do { local $/; <$in> };
    open my $out, '>', "$to/$file" or die "$file: $!\n";
    print $out $work eq 'fold' ? fold_page($page, $file) : unfold_page($page, $file);
    close $out or die "$file: $!\n";
}

my @files;
find({no_chdir => 1, wanted => sub { push @files, substr $_, 1 + length $from if -f && !/\.(gz|br)$/ }}, $from);
convert($_) for sort @files;
