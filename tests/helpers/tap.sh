# tap.sh: what all shell tests share; they read it by `.`.  TEADE names the generator; $tmp is a
# folder of the test's own.  TAP on stdout; why a test failed on stderr, where prove shows it.
# shellcheck shell=sh disable=SC2034 # its readers use what is set here

set -u
exec </dev/null # no test, and no program it starts, reads the terminal
here=$(cd "$(dirname "$0")/.." && pwd)
root=$(dirname "$here")
teade=$(realpath "${TEADE:-build/teade}")
tmp=$(mktemp -d)
number=0
trap 'finish; rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM HUP

finish() { # overridden by tests that have more to undo
    :
}

give_up() {
    echo "Bail out! $1"
    exit 1
}

# One test: the command succeeds (in a subshell, so that its variables are its own), or
# what it prints tells why not.
check() { # NAME COMMAND...
    number=$((number + 1))
    test_name=$1
    shift
    if ("$@") >"$tmp/why" 2>&1; then
        echo "ok $number - $test_name"
    else
        echo "not ok $number - $test_name"
        explain "$test_name" <"$tmp/why"
    fi
}

explain() { # NAME: the diagnostics are read from standard input
    echo "# ${0##*/} $number - $1" >&2
    head -n 100 | sed 's/^/#     /' >&2
}

skip() { # NAME WHY
    number=$((number + 1))
    echo "ok $number - $1 # SKIP $2"
}

skip_all() { # WHY: ends the test
    echo "1..0 # SKIP $1"
    exit 0
}

# Tries for five seconds.
eventually() { # COMMAND...
    tries=100
    until "$@" >"$tmp/tried" 2>&1; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || { cat "$tmp/tried" && return 1; }
        sleep 0.05
    done
}

is() { # WHAT GOT WANTED
    [ "$2" = "$3" ] || { echo "$1: '$2', not '$3'" && false; }
}

has() { # FILE WORDS: on one line
    grep -qF -e "$2" "$1" || { echo "no '$2' in:" && head -n 100 "$1" && false; }
}

has_not() { # FILE WORDS
    ! grep -nF -e "$2" "$1"
}

free_port() {
    perl -MIO::Socket::INET -e '
        print IO::Socket::INET->new(LocalAddr => "127.0.0.1", Listen => 1)->sockport'
}

# A copy of the real site, to be changed.
copy_site() { # FOLDER
    mkdir -p "$1" && cp -R "$root/content" "$root/templates" "$root/locale" "$1/"
}
