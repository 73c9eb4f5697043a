#!/usr/bin/perl
# slow_reader.pl HOST:PORT COOKIE: asks for the export of choices with a small window, reads nothing for
# 12 seconds, and prints all of it.
use strict;
use warnings;
use IO::Socket::INET;

my ($address, $port) = split /:/, shift;
socket my $socket, AF_INET, SOCK_STREAM, 0 or die;
setsockopt $socket, SOL_SOCKET, SO_RCVBUF, 4096;
setsockopt $socket, 6, 2, 536; # TCP_MAXSEG, as far away
connect $socket, pack_sockaddr_in($port, inet_aton $address) or die;
syswrite $socket, "GET /choices/export.json HTTP/1.0\r\nCookie: $ARGV[0]\r\n\r\n";
sleep 12;
local $/;
print <$socket> =~ s/.*?\r\n\r\n//sr
