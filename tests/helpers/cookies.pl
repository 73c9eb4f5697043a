#!/usr/bin/perl
# cookies.pl COUNT DAY < visitor.key: cookies of browsers that were sent one and wait for their first
# record, NAME=VALUE on a line each, of an http site.  DAY is counted since 1970.  It signs them as
# cgi/record/identity.c does, so that many can answer without asking for a cookie first.
use strict;
use warnings;
use Digest::SHA qw(hmac_sha256_hex);

my ($count, $day) = @ARGV;
my ($id, $key) = ((<STDIN>)[-1] // '') =~ /^(\d+) ([0-9a-f]{64})$/ or die "no key\n";
my $label = "teade-new-cookie-v1\0";

open my $random, '<:raw', '/dev/urandom' or die "/dev/urandom: $!\n";
for (1 .. $count) {
    read $random, my $bytes, 16;
    my $bits = unpack 'H*', $bytes;
    my $value = "v1.$id.$day.$bits";
    printf "teade_new_%s=%s.%s\n", substr($bits, 0, 8), $value, hmac_sha256_hex("$label$value", pack 'H*', $key);
}
