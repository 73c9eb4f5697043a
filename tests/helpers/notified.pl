#!/usr/bin/env perl
# notified.pl SOCKET FILE: what a service says on NOTIFY_SOCKET, a line for each variable.
use strict;
use warnings;
use IO::Socket::UNIX;

my ($path, $file) = @ARGV;
my $socket = IO::Socket::UNIX->new(Local => $path, Type => SOCK_DGRAM) or die "$path: $!\n";
chmod 0666, $path;
open my $out, '>>', $file or die "$file: $!\n";
$out->autoflush(1);
while (defined $socket->recv(my $message, 4096)) {
    print $out "$message\n";
}
