#!/usr/bin/perl
# readers.pl COUNT nginx|socket HOST:PORT SOCKET COOKIE: so many ask for the export of choices, through nginx
# (each fourth from an address of its own) or past it, read nothing and stay for a minute.
use strict;
use warnings;
use IO::Socket;
use IO::Socket::UNIX;

my ($count, $how, $at, $socket, $cookie) = @ARGV;
my ($host, $port) = split /:/, $at;
sub record { pack("CCnnxx", 1, $_[0], 1, length $_[1]) . $_[1] }
my @open = map {
    my $one;
    if ($how eq "nginx") {
        socket $one, AF_INET, SOCK_STREAM, 0 or die;
        setsockopt $one, SOL_SOCKET, SO_RCVBUF, 4096;
        bind $one, pack_sockaddr_in(0, inet_aton("127.7.0." . (1 + int $_ / 4))) or die;
        connect $one, pack_sockaddr_in($port, inet_aton $host) or die;
        syswrite $one, "GET /choices/export.json HTTP/1.0\r\nCookie: $cookie\r\n\r\n";
    } else {
        $one = IO::Socket::UNIX->new(Peer => $socket) or die;
        my $parameters = join "", map pack("NN", length($_->[0]) | 1 << 31, length($_->[1]) | 1 << 31) .
            $_->[0] . $_->[1], ["REQUEST_METHOD", "GET"], ["DOCUMENT_URI", "/choices/export.json"], ["HTTP_COOKIE", $cookie];
        syswrite $one, record(1, pack("nx6", 1)) . record(4, $parameters) . record(4, "") . record(5, "");
    }
    $one } 1 .. $count;
$| = 1;
print "open\n";
sleep 60
