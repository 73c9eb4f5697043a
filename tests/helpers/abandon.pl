#!/usr/bin/perl
# abandon.pl SOCKET PATH ORIGIN COOKIE: posts a form, read from standard input, to a FastCGI program, and
# hangs up without an answer.
use strict;
use warnings;
use IO::Socket::UNIX;

sub record { pack("CCnnxx", 1, $_[0], 1, length $_[1]) . $_[1] }
my ($path, $address, $origin, $cookie) = @ARGV;
my $body = <STDIN>;
my $socket = IO::Socket::UNIX->new(Peer => $path) or die;
my %parameters = (REQUEST_METHOD => "POST", DOCUMENT_URI => $address, HTTP_ORIGIN => $origin, HTTP_COOKIE => $cookie,
    CONTENT_TYPE => "application/x-www-form-urlencoded", CONTENT_LENGTH => length $body);
syswrite $socket, record(1, pack("nx6", 1)) . record(4, join "", map pack("NN", length($_) | 1 << 31,
    length($parameters{$_}) | 1 << 31) . $_ . $parameters{$_}, keys %parameters) . record(4, "") .
    record(5, $body) . record(5, "")
