#!/usr/bin/perl
# stolen_codes.pl KEYS ENTRIES: withdrawal codes as whoever has the key of visitors would make them from a
# tile of the public log, without any record's salt: four tries for each entry.
use strict;
use warnings;
use Digest::SHA qw(hmac_sha256);

my ($key) = `cat $ARGV[0]` =~ / ([0-9a-f]{64})/;
open my $file, "<:raw", $ARGV[1] or die;
local $/;
my @alphabet = split //, "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
my $index = 0;
for my $entry (unpack "(xxa32)*", <$file>) {
    for my $before ("v1\0", "v2\0", "v2\0" . "\0" x 32, "v2\0$entry") {
        my $bits = sprintf("%036b", $index) .
            unpack "B64", hmac_sha256("teade-withdraw-$before$entry", pack "H*", $key);
        print map($alphabet[oct "0b$_"], $bits =~ /.{5}/g), "\n";
    }
    $index++;
}
