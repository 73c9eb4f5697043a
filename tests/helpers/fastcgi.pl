#!/usr/bin/perl
# fastcgi.pl SOCKET NAME=VALUE...: asks a FastCGI program with these parameters, which are passed as
# they are, and the body from standard input; prints the answer as HTTP.
use strict;
use warnings;
use IO::Socket::UNIX;

sub record { pack("CCnnxx", 1, $_[0], 1, length $_[1]) . $_[1] }
my $socket = IO::Socket::UNIX->new(Peer => shift) or die;
my $parameters = join "", map {
    my ($name, $value) = split /=/, $_, 2;
    pack("NN", length($name) | 1 << 31, length($value) | 1 << 31) . $name . $value } @ARGV;
local $/;
print $socket record(1, pack("nx6", 1)), record(4, $parameters), record(4, ""),
    record(5, <STDIN>), record(5, "");
$socket->flush;
my ($answer, $told) = (scalar <$socket>, 0);
while (my ($type, $len, $padding) = unpack "xCxxnC", $answer) {
    print "HTTP/1.1 " x !$told++, substr $answer, 8, $len if $type == 6;
    $answer = substr $answer, 8 + $len + $padding;
}
