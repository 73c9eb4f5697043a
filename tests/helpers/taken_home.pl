#!/usr/bin/perl -0n
# taken_home.pl FILE: checks an export of choices against itself (texts, labels, recipients) and prints,
# for each record, its ID and its hash in the log.
use strict;
use warnings;
use JSON::PP;
use Digest::SHA qw(sha256_hex);
use Encode;

my $all = decode_json($_);
for (@{$all->{records}}) {
    my $bytes = encode_utf8($_->{canonical});
    my $record = decode_json($bytes);
    my $text = $all->{texts}{$_->{text_sha256}};
    die "text" unless sha256_hex(encode_utf8($text)) eq $record->{privacy_notice}{text_sha256};
    die "labels" unless @{$_->{labels}} == @{$record->{purposes}};
    my ($words, $labels, $recipients) = ($text =~ s/\\(.)/$1/gr, @$_{qw(labels recipients)});
    while (my ($i, $asked) = each @{$record->{purposes}}) {
        my $id = join ".", $asked->{purpose}, @{$asked->{recipient_third_parties} // []};
        die "recipient" if defined $recipients->[$i] ne ($id =~ /\./);
        my $line = defined $recipients->[$i] ? "  $recipients->[$i]\\\n" : "";
        die "words of $id" if index($words, "- $labels->[$i] (`$id`)\\\n$line") < 0;
    }
    print "$record->{record_id} ", sha256_hex("teade-record-v1\0" . pack("H*", $_->{salt}) . $bytes), "\n" }
