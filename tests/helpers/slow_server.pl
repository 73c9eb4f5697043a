#!/usr/bin/perl
# slow_server.pl SOCKET COOKIE: asks a FastCGI program for the export of choices, as a web server that
# reads nothing for 12 seconds; prints how many bytes come.
use strict;
use warnings;
use IO::Socket::UNIX;

my $socket = IO::Socket::UNIX->new(Peer => shift) or die;
my $parameters = join "", map pack("NN", length($_->[0]) | 1 << 31, length($_->[1]) | 1 << 31) .
    $_->[0] . $_->[1], ["REQUEST_METHOD", "GET"], ["DOCUMENT_URI", "/choices/export.json"],
    ["HTTP_COOKIE", shift];
sub record { pack("CCnnxx", 1, $_[0], 1, length $_[1]) . $_[1] }
print $socket record(1, pack("nx6", 1)), record(4, $parameters), record(4, ""), record(5, "");
$socket->flush;
sleep 12;
local $/;
print length <$socket>
