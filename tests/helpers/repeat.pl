#!/usr/bin/perl
# repeat.pl SOCKET: a FastCGI program that answers with a line NAME=VALUE for each parameter it gets.
use strict;
use warnings;
use IO::Socket::UNIX;

my $listener = IO::Socket::UNIX->new(Local => $ARGV[0], Listen => 100) or die;
chmod 0777, $ARGV[0];
while (my $socket = $listener->accept) {
    my ($parameters, $type, $len, $padding) = "";
    while (read $socket, my $head, 8) {
        ($type, $len, $padding) = unpack "xCxxnC", $head;
        my $bytes = "";
        read $socket, $bytes, $len + $padding;
        $parameters .= substr $bytes, 0, $len if $type == 4;
        last if $type == 5 && !$len;
    }
    my $text = "Status: 200 OK\r\nContent-Type: text/plain\r\n\r\n";
    while (length $parameters) {
        my @len = map {
            my $byte = unpack "C", $parameters;
            my $long = $byte > 127;
            my $n = $long ? unpack("N", $parameters) & 0x7fffffff : $byte;
            substr $parameters, 0, $long ? 4 : 1, "";
            $n } 1, 2;
        $text .= sprintf "%s=%s\n", map substr($parameters, 0, $_, ""), @len;
    }
    print $socket pack("CCnnxx", 1, 6, 1, length $text), $text,
        pack("CCnnxx", 1, 6, 1, 0), pack("CCnnxxx8", 1, 3, 1, 8);
}
