#!/usr/bin/perl
# json_schema.pl SCHEMA FILE: whether a file is as a JSON schema (draft 4) wants it, as far as the
# words go that it uses: type, minimum, enum, required, properties, items, oneOf.  Each fault is a
# line; any other word of the schema is one as well.
use strict;
use warnings;
use JSON::PP;

sub content { open my $in, '<:raw', $_[0] or die "$_[0]: $!"; local $/; return <$in> }

my $false = ref JSON::PP::false();
my %is = (
    object => sub { ref $_[0] eq 'HASH' },
    array => sub { ref $_[0] eq 'ARRAY' },
    boolean => sub { ref $_[0] eq $false },
    string => sub { defined $_[0] && !ref $_[0] && JSON::PP->new->allow_nonref->encode($_[0]) =~ /^"/ },
    integer => sub { defined $_[0] && !ref $_[0] && JSON::PP->new->allow_nonref->encode($_[0]) =~ /^-?\d+$/ });
my %words;
%words = (
    '$schema' => sub { () },
    type => sub { my ($want, $value, $at) = @_; $is{$want}->($value) ? () : "$at: no $want" },
    minimum => sub { my ($want, $value, $at) = @_; $value >= $want ? () : "$at: below $want" },
    enum => sub { my ($want, $value, $at) = @_; (grep $_ eq $value, @$want) ? () : "$at: none of those" },
    required => sub { my ($want, $value, $at) = @_; map "$at: no $_", grep !exists $value->{$_}, @$want },
    properties => sub {
        my ($want, $value, $at) = @_;
        map faults($want->{$_}, $value->{$_}, "$at.$_"), grep exists $value->{$_}, sort keys %$want },
    items => sub { my ($want, $value, $at) = @_; map faults($want, $value->[$_], "$at\[$_]"), 0 .. $#$value },
    oneOf => sub {
        my ($want, $value, $at) = @_;
        1 == grep(!faults($_, $value, $at), @$want) ? () : "$at: not exactly one of those" });

sub faults {
    my ($schema, $value, $at) = @_;
    if (my ($fault) = exists $schema->{type} ? $words{type}->($schema->{type}, $value, $at) : ()) { return $fault }
    return map { $words{$_} ? $words{$_}->($schema->{$_}, $value, $at) : "$at: what is $_?" } sort keys %$schema;
}

my @faults = faults(map(decode_json(content($_)), @ARGV[0, 1]), '$');
print "$_\n" for @faults;
exit(@faults > 0);
