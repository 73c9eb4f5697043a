#!/usr/bin/perl
# held.pl HOST:PORT PATH: nine posts that are begun and not ended; prints how a tenth is answered.
use strict;
use warnings;
use IO::Socket::INET;

my ($peer, $path) = @ARGV;
sub begin {
    my $socket = IO::Socket::INET->new(PeerAddr => $peer) or die;
    $socket->autoflush;
    print $socket "$_[0] $path HTTP/1.0\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n";
    return $socket;
}
my @slow = map begin("POST"), 1 .. 9;
my $tenth = begin("POST");
print $tenth "x=yyyyyyyy";
print scalar <$tenth>
