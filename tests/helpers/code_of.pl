#!/usr/bin/perl -0n
# code_of.pl EXPORT: the withdrawal code of the visitor's newest record but $nth - 1, made from an export
# of choices and the key in the file $keys.
use strict;
use warnings;
use JSON::PP;
use Digest::SHA qw(sha256 hmac_sha256);
use Encode;

my $record = decode_json($_)->{records}[$ENV{nth} - 1];
my $salt = pack "H*", $record->{salt};
my $entry = sha256("teade-record-v1\0$salt" . encode_utf8($record->{canonical}));
open my $file, "<", $ENV{keys} or die;
my ($key) = (<$file>)[-1] =~ /([0-9a-f]{64})/;
my $bits = sprintf("%036b", $record->{index}) .
    unpack("B64", hmac_sha256("teade-withdraw-v2\0$salt$entry", pack("H*", $key)));
my @alphabet = split //, "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
my $code = join "", map $alphabet[oct "0b$_"], $bits =~ /.{5}/g;
print join "-", $code =~ /.{5}/g
