#!/bin/sh
# records.sh: what a database of BENCH_RECORDS records (a million) costs: verifying it, a visitor's page,
# an erasure to the byte, a backup.  TEADE names the generator; the programs stand beside it.

set -u
build=$(dirname "$(realpath "${TEADE:-build/teade}")")
records=${BENCH_RECORDS:-1000000}
tmp=$(mktemp -d /var/tmp/teade.XXXXXX) # /tmp may be memory
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM HUP

# Seconds and peak memory (KiB, of /proc) of a command, and the last line it prints.
# shellcheck disable=SC2016 # Perl's variables
measured() { # NAME COMMAND...
    name=$1
    shift
    perl -MTime::HiRes=time,sleep -MPOSIX=:sys_wait_h -e '
        my ($name, $out, @command) = @ARGV;
        my ($begun, $peak) = (time, 0);
        my $child = fork // die;
        if (!$child) {
            open STDOUT, ">", $out and exec @command;
            die;
        }
        until (waitpid $child, WNOHANG) {
            if (open my $status, "<", "/proc/$child/status") {
                /^VmHWM:\s+(\d+)/ and $1 > $peak and $peak = $1 for <$status>;
            }
            sleep 0.01;
        }
        my $seconds = time - $begun;
        die "$name failed" if $?;
        open my $said, "<", $out or die;
        my @lines = <$said>;
        printf "  %-8s %6.2f s, %3d MiB  %s\n", $name, $seconds, $peak / 1024,
            join("", @lines ? $lines[-1] : "") =~ s/\n//r' "$name" "$tmp/out" "$@"
}

"$build/tests/bench/fill" "$tmp/consent.db" $((records / 5)) 5 || exit
measured verify "$build/teade-records" verify --database "$tmp/consent.db"
measured backup "$build/teade-records" backup --database "$tmp/consent.db" --to "$tmp/backup.db"
rm "$tmp/backup.db"
echo "  a visitor's page in the keeper, of a visitor with"
"$build/tests/bench/page" "$tmp/consent.db"
one=$("$build/teade-records" list --database "$tmp/consent.db" | tail -n 1 | tr -s ' ' | cut -d ' ' -f 2)
measured erase "$build/teade-records" erase "$one" --yes --database "$tmp/consent.db" 2>/dev/null
