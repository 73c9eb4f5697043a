#!/usr/bin/env perl
# modules.pl TABLE ROOT: draws which module includes which, and says where that breaks TABLE.
#
# A line of the table is "module: the modules that it may include"; each of these stands above it,
# so that no arrow runs up.  A module is a directory of src/ or cgi/; the files beside the
# directories are src/main and cgi/main.  Exit status 1: a fault, each on a line of its own.
use strict;
use warnings;

@ARGV == 2 or die "usage: modules.pl TABLE ROOT\n";
my ($table, $root) = @ARGV;
my (@modules, %allowed, @faults);

sub module_of { # FILE below the root
    my ($half, @path) = split m{/}, shift;
    return @path > 1 ? $path[0] : "$half/main";
}

sub read_table {
    open my $in, '<', $table or die "$table: $!\n";
    while (<$in>) {
        next if /^#|^$/;
        /^([\w\/]+):((?: \w+)*)$/ or die "$table:$.: not \"module: module ...\"\n";
        my ($module, @may) = ($1, split ' ', $2);
        $allowed{$_} or push @faults, "$table:$.: $_ does not stand above $module" for @may;
        push @modules, $module;
        $allowed{$module} = {map { $_ => 1 } @may};
    }
}

# Where an include leads: beside the file by a bare name, else into a module by "module/file.h".
sub target { # FILE NAME
    my ($file, $name) = @_;
    if ($name !~ m{/}) {
        my $beside = $file =~ s{[^/]*$}{$name}r;
        return -e "$root/$beside" ? $beside : undef;
    }
    my ($found) = grep { -e "$root/$_" } "src/$name", "cgi/$name";
    return $found && module_of($found) ne module_of($file) ? $found : undef;
}

my (%files, %lines, %arrows, %includes, %seen);

sub read_file { # FILE
    my $file = shift;
    my $module = module_of($file);
    (my $name = $file) =~ s{.*/}{};
    push @faults, "$file: $seen{$name} has the same name" if $seen{$name} && $name ne 'main.c';
    $seen{$name} = $file;
    push @faults, "$file: $table has no module $module" unless $allowed{$module};
    $files{$module}++;
    open my $in, '<', "$root/$file" or die "$file: $!\n";
    while (<$in>) {
        my ($name) = /^#include "(.+\.h)"/ or next;
        my ($to, $at) = (target($file, $name), "$file:$.");
        if (!$to) {
            push @faults, "$at: $name is neither a header beside it nor module/header of another module";
            next;
        }
        my $other = module_of($to);
        push @{$includes{$file}}, $to;
        next if $other eq $module;
        $arrows{$module}{$other}++;
        push @faults, "$at: $module may not include $other ($name)" unless $allowed{$module}{$other};
        push @faults, "$at: $name is private to $other" if $to =~ /_private\.h$/;
    }
    $lines{$module} += $.;
}

# What a file leads to: NAME.c and NAME.h are one; a header without a .c leads where its own
# includes do.
sub leads_to { # HEADER
    my $header = shift;
    (my $unit = $header) =~ s/\.h$//;
    return -e "$root/$unit.c" ? $unit : map { leads_to($_) } @{$includes{$header} // []};
}

my (%to, %state, @road);

sub walk { # UNIT
    my $unit = shift;
    push @road, $unit;
    $state{$unit} = 'open';
    for my $next (sort keys %{$to{$unit}}) {
        if (!$state{$next}) {
            walk($next);
        } elsif ($state{$next} eq 'open') {
            my ($from) = grep { $road[$_] eq $next } 0 .. $#road;
            push @faults, 'a circle of includes: ' . join ' -> ', @road[$from .. $#road], $next;
        }
    }
    $state{$unit} = 'done';
    pop @road;
}

sub find_circles {
    for my $file (sort keys %includes) {
        (my $unit = $file) =~ s/\.[ch]$//;
        next unless -e "$root/$unit.c";
        $to{$unit}{$_} = 1 for grep { $_ ne $unit } map { leads_to($_) } @{$includes{$file}};
    }
    $state{$_} or walk($_) for sort keys %to;
}

sub sum { my $sum = 0; $sum += $_ for @_; return $sum }

read_table();
read_file($_) for map { s{^\Q$root\E/}{}r } sort glob "$root/{src,cgi}/{*,*/*}.[ch]";
find_circles();
for my $module (@modules) {
    push @faults, "$table: there is no module $module" unless $files{$module};
    push @faults, "$module: $files{$module} files, and a directory has 40 at most"
        if ($files{$module} // 0) > 40;
    my @to = map { "$_ ($arrows{$module}{$_})" } grep { $arrows{$module}{$_} } @modules;
    printf "%-9s %3d files %5d lines  -> %s\n", $module, $files{$module}, $lines{$module}, join ', ', @to;
    $arrows{$module}{$_} or push @faults, "$table: $module does not include $_" for sort keys %{$allowed{$module}};
}
print "$_\n" for @faults;
printf "%d modules, %d files, %d lines, %d faults\n", scalar @modules, sum(values %files),
    sum(values %lines), scalar @faults;
exit(@faults ? 1 : 0);
