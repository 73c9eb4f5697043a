#!/usr/bin/perl
# unlinkable.pl ONE ANOTHER OTHER...: whether two files share eight bytes on end of a word, number, hex
# or base64 that none of the others has: what would tell that the two belong together.  Prints them;
# exit status 1 for any.
use strict;
use warnings;

sub windows {
    open my $in, '<:raw', $_[0] or die "$_[0]: $!";
    my $bytes = do { local $/; <$in> };
    return { map { $_ => 1 } $bytes =~ m{(?=([A-Za-z0-9+/=_-]{8}))}g };
}

my ($one, $another, @others) = map windows($_), @ARGV;
my @shared = grep { my $window = $_; $another->{$window} && !grep $_->{$window}, @others } keys %$one;
print "$_\n" for sort @shared;
exit(@shared > 0);
