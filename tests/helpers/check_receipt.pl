#!/usr/bin/perl
# check_receipt.pl FILE [KEY]
#
# Checks a receipt and shares no code with who wrote it: the record's number in the log, the way
# from there to the signed root (RFC 9162 §2.1.3.2), the digest of the text, the signature of the
# head by openssl.  KEY is NAME+ID+BASE64 from elsewhere; else it is the receipt's own.  Prints the
# place and the size of the log, or on stderr what is wrong, with exit status 1.
use strict;
use warnings;
use Digest::SHA qw(sha256 sha256_hex);
use Encode qw(encode_utf8);
use File::Temp qw(tempdir);
use JSON::PP;
use MIME::Base64 qw(decode_base64);

sub wrong { print STDERR "check_receipt.pl: @_\n"; exit 1 }

my ($file, $key) = @ARGV;
open my $in, '<:raw', $file or wrong("$file: $!");
my $receipt = decode_json(do { local $/; <$in> });
my %is = map { $_ => encode_utf8($receipt->{$_}) } qw(canonical proof text verifier_key);
my $record = decode_json($is{canonical});

# The record and its words.

my $entry = sha256("teade-record-v1\0" . pack('H*', $receipt->{salt}) . $is{canonical});
wrong('another hash') if unpack('H*', $entry) ne $receipt->{hash};
wrong('another text') if sha256_hex($is{text}) ne $record->{privacy_notice}{text_sha256};
wrong('another id') if $receipt->{receipt_id} ne $record->{record_id};

# The log.

my ($place, $path, $note) = $is{proof} =~ m{\Ac2sp\.org/tlog-proof\@v1\nindex (\d+)\n((?:\S+\n)*)\n(.*)\z}s
    or wrong('no proof');
my ($body, $name, $signed) = $note =~ m{\A(.*\n)\n\xe2\x80\x94 (\S+) (\S+)\n\z}s or wrong('no head');
my ($origin, $size, $root) = split /\n/, $body;
my ($node, $last, $hash) = ($place, $size - 1, sha256("\0$entry"));
wrong('beyond the head') if $place > $last;
for my $sibling (map decode_base64($_), split /\n/, $path) {
    wrong('the proof is too long') if !$last;
    if ($node % 2 || $node == $last) {
        $hash = sha256("\1$sibling$hash");
        ($node, $last) = (int $node / 2, int $last / 2) until $node % 2 || !$node;
    } else {
        $hash = sha256("\1$hash$sibling");
    }
    ($node, $last) = (int $node / 2, int $last / 2);
}
wrong('another root') if $last || $hash ne decode_base64($root);

# Its signature.

my ($by, $id, $public) = ($key // $is{verifier_key}) =~ m{^(\S+)\+([0-9a-f]{8})\+(\S+)$} or wrong('no key');
my ($typed, $signature) = (decode_base64($public), decode_base64($signed));
wrong('another key') if $by ne $name || $by ne $origin || $id ne unpack('H8', sha256("$by\n$typed")) ||
    $id ne unpack('H8', $signature);
my $folder = tempdir(CLEANUP => 1);
my %files = (key => pack('H*', '302a300506032b6570032100') . substr($typed, 1), body => $body,
    signature => substr $signature, 4);
for my $each (keys %files) {
    open my $out, '>:raw', "$folder/$each" or wrong("$each: $!");
    print $out $files{$each};
    close $out or wrong("$each: $!");
}
wrong('another signature')
    if system("openssl pkeyutl -verify -rawin -pubin -keyform DER -inkey '$folder/key' " .
        "-in '$folder/body' -sigfile '$folder/signature' >/dev/null 2>&1");
print "$place $size\n";
