# tap.sh: what the tests of the editor's program share; they read it by `.`.  TEADE names the
# generator; $tmp is a folder of the test's own.  TAP.
# shellcheck shell=sh disable=SC2034 # its readers use what is set here

set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
teade=$(realpath "${TEADE:-build/teade}")
tmp=$(mktemp -d)
number=0
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM HUP

# One test: the command succeeds (in a subshell, so that its variables are its own), or
# what it prints tells why not.
check() { # NAME COMMAND...
    number=$((number + 1))
    name=$1
    shift
    if ("$@") >"$tmp/why" 2>&1; then
        echo "ok $number - $name"
    else
        echo "not ok $number - $name"
        head -n 100 "$tmp/why" | sed 's/^/# /'
    fi
}

is() { # WHAT GOT WANTED
    [ "$2" = "$3" ] || { echo "$1: '$2', not '$3'" && false; }
}

skip() { # NAME WHY
    number=$((number + 1))
    echo "ok $number - $1 # skip $2"
}

has() { # FILE WORDS
    grep -qF -e "$2" "$1" || { echo "no '$2' in:" && head -n 100 "$1" && false; }
}

has_not() { # FILE WORDS
    ! grep -nF -e "$2" "$1"
}

# A copy of the real site, to be changed.
copy_site() { # FOLDER
    mkdir -p "$1" && cp -R "$root/content" "$root/templates" "$root/locale" "$1/"
}
