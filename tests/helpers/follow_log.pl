#!/usr/bin/perl
# follow_log.pl LOG KEY
#
# Follows a log (C2SP tlog-tiles) from its first entry, and shares no code with who wrote it:
# every entry is hashed, every tile compared with what follows from the entries, and the root of
# it all with the checkpoint.  LOG is a URL, or a directory laid out like one; KEY the log's key,
# NAME+ID+BASE64.  Prints size and root, or on stderr what differs, with exit status 1; 64 for
# wrong use.  The signature is checked by openssl, where that is installed.
use strict;
use warnings;
use Digest::SHA qw(sha256);
use File::Temp qw(tempdir);
use MIME::Base64 qw(encode_base64 decode_base64);

my $DASH = "\xe2\x80\x94";

sub differs { print STDERR "follow_log.pl: @_\n"; exit 1 }
sub usage { print STDERR "usage: follow_log.pl URL|DIRECTORY NAME+ID+BASE64\n"; exit 64 }

# Fetching

my ($log, $key_text) = @ARGV;
usage() if @ARGV != 2;
my $is_url = $log =~ m{^[a-z]+://};
my $folder = $is_url ? tempdir(CLEANUP => 1) : $log;
$log =~ s{/$}{};

# By one curl for all of them, which makes the directories.
sub fetch {
    my @paths = @_;
    return if !$is_url || !@paths;
    open my $curl, '|-', qw(curl --fail --fail-early --silent --show-error --compressed --create-dirs
        --retry 5 --max-time 600 --config -) or differs("curl: $!");
    print $curl qq(url = "$log/$_"\noutput = "$folder/$_"\n) for @paths;
    close $curl or differs("curl could not fetch all of $log");
}

sub content {
    my ($path) = @_;
    open my $file, '<:raw', "$folder/$path" or differs("$path: $!");
    local $/;
    my $bytes = <$file>;
    return defined $bytes ? $bytes : '';
}

# The key and the checkpoint

my ($name, $id, $base64) = $key_text =~ m{^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})\z} or usage();
my $typed_key = decode_base64($base64);
differs('the key is not an Ed25519 key') if length $typed_key != 33 || ord $typed_key != 1;
differs('the id of the key is not that of the key')
    if unpack('H8', sha256("$name\n$typed_key")) ne $id;

# What is there to be run is run; else undef.
sub openssl_verifies {
    my ($text, $signature) = @_;
    my $folder = tempdir(CLEANUP => 1);
    my %files = (
        key => pack('H*', '302a300506032b6570032100') . substr($typed_key, 1), # SubjectPublicKeyInfo
        text => $text,
        signature => $signature);
    return undef if system('command -v openssl >/dev/null');
    for my $each (keys %files) {
        open my $file, '>:raw', "$folder/$each" or differs("$folder/$each: $!");
        print $file $files{$each};
        close $file or differs("$folder/$each: $!");
    }
    return !system("openssl pkeyutl -verify -rawin -pubin -keyform DER -inkey '$folder/key' " .
        "-in '$folder/text' -sigfile '$folder/signature' >/dev/null 2>&1");
}

sub check_signature {
    my ($text, $lines) = @_;
    for my $line (split /\n/, $lines) {
        my ($by, $spelled) = $line =~ m{^$DASH (\S+) ([A-Za-z0-9+/]+=*)\z}
            or differs("checkpoint: not a signature: $line");
        my $bytes = decode_base64($spelled);
        next if $by ne $name || unpack('H8', $bytes) ne $id;
        my $is_good = openssl_verifies($text, substr $bytes, 4);
        differs('checkpoint: the signature is wrong') if defined $is_good && !$is_good;
        return defined $is_good ? 'checked' : 'not checked: there is no openssl';
    }
    differs("checkpoint: not signed by $name");
}

fetch('checkpoint');
my ($text, $lines) = content('checkpoint') =~ m{^(.*\n)\n((?:$DASH [^\n]*\n)+)\z}s
    or differs('checkpoint: not a signed note');
my $signature = check_signature($text, $lines);
my ($origin, $size, $root) = $text =~ m{^([^\n]+)\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/]{43}=)\n(?:[^\n]+\n)*\z}
    or differs('checkpoint: not a checkpoint');
differs("checkpoint: of $origin, not of $name") if $origin ne $name;

# The tiles

sub groups {
    my ($index) = @_;
    my $path = sprintf '%03d', $index % 1000;
    $path = sprintf('x%03d/', $index % 1000) . $path while $index = int($index / 1000);
    return $path;
}

# Of a level with so many hashes: the path, the first hash and the width of each tile.
sub tiles {
    my ($level, $count) = @_;
    return map {
        my $width = $count - 256 * $_;
        $width = 256 if $width > 256;
        ["tile/$level/" . groups($_) . ($width < 256 ? ".p/$width" : ''), 256 * $_, $width]
    } 0 .. int(($count + 255) / 256) - 1;
}

# The root of hashes: RFC 6962, pairing neighbours, an odd one out going up as it is.
sub root_of {
    my @nodes = @_;
    while (@nodes > 1) {
        my @pairs = map { sha256("\x01", $nodes[2 * $_], $nodes[2 * $_ + 1]) } 0 .. @nodes / 2 - 1;
        push @pairs, $nodes[-1] if @nodes % 2;
        @nodes = @pairs;
    }
    return $nodes[0];
}

sub entries {
    my ($path, $width) = @_;
    my $bundle = content($path);
    my @entries;
    for (my $at = 0; $at < length $bundle;) {
        my $len = unpack 'n', substr($bundle, $at, 2) . "\0";
        differs("$path: cut off") if $at + 2 + $len > length $bundle;
        push @entries, substr $bundle, $at + 2, $len;
        $at += 2 + $len;
    }
    differs("$path: " . @entries . " entries, not $width") if @entries != $width;
    return @entries;
}

my @levels = ($size);
push @levels, int($levels[-1] / 256) while $levels[-1] >= 256;
fetch(map { $_->[0] } tiles('entries', $size), map { tiles($_, $levels[$_]) } 0 .. $#levels);

my @hashes = map { my $tile = $_; map { sha256("\x00", $_) } entries($tile->[0], $tile->[2]) }
    tiles('entries', $size);
my $computed = $size ? root_of(@hashes) : sha256('');
for my $level (0 .. $#levels) {
    my @next;
    for my $tile (tiles($level, $levels[$level])) {
        my ($path, $first, $width) = @$tile;
        my @wanted = @hashes[$first .. $first + $width - 1];
        my $got = content($path);
        differs("$path: " . length($got) . ' bytes, not ' . 32 * $width) if length $got != 32 * $width;
        substr($got, 32 * $_, 32) eq $wanted[$_] or
            differs("$path: hash $_ does not follow from the entries") for 0 .. $width - 1;
        push @next, root_of(@wanted) if $width == 256;
    }
    @hashes = @next;
}
differs("the root of $size entries is " . encode_base64($computed, '') . ", not the checkpoint's $root")
    if encode_base64($computed, '') ne $root;
print "origin $origin\nsize $size\nroot $root\nsignature $signature\n";
