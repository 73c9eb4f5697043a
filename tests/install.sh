#!/bin/sh
# install.sh [--check] build|test|browser|bench|fuzz|fresh|deb: installs the Debian packages which that
# needs and this machine lacks, and prints their names.  Every purpose includes build, and all but the
# first and the last include test.  With --check it installs nothing, and fails where something is missing.

set -u
policy=/usr/sbin/policy-rc.d
newline='
'

fail() { # STATUS MESSAGE
    echo "install.sh: $2" >&2
    exit "$1"
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

check=
[ "${1-}" != --check ] || { check=yes && shift; }
case ${1-} in
build) purposes='build' ;;
deb) purposes='build deb' ;;
test | browser | bench | fuzz | fresh) purposes="build test $1" ;;
*) fail 64 'usage: install.sh [--check] build|test|browser|bench|fuzz|fresh|deb' ;;
esac

# A package=command is not wanted where the command already exists.
wanted=
while read -r purpose packages; do
    case " $purposes " in *" $purpose "*) wanted="$wanted $packages" ;; esac
done <<END
build   gcc libc6-dev make gettext
build   libcmark-dev libgettextpo-dev libicu-dev libyaml-dev libjansson-dev
build   libsodium-dev zlib1g-dev libbrotli-dev libfcgi-dev libsqlite3-dev libqrencode-dev
build   nginx libnginx-mod-http-brotli-static
test    libcmocka-dev curl perl jq xxd openssl brotli valgrind mandoc
test    dpkg-dev lintian
bench   php8.2-fpm php8.2-sqlite3 hugo po4a cmark git
fuzz    clang libclang-rt-14-dev
fresh   debootstrap git util-linux
deb     dpkg-dev
browser chromium firefox-esr fonts-noto-cjk nodejs=node npm=npm
END

[ -z "$check" ] || command -v dpkg-query >/dev/null || exit 0 # another system: the compiler will tell
command -v dpkg-query >/dev/null || fail 69 "not a Debian system; this needs$wanted"
# shellcheck disable=SC2016,SC2046,SC2086 # dpkg's variables; a list of words
installed=$newline$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' \
    $(printf '%s\n' $wanted | sed 's/=.*//') 2>/dev/null)$newline
missing=
for package in $wanted; do
    case $package in
    *=*) command -v "${package#*=}" >/dev/null && continue ;;
    esac
    package=${package%=*}
    case $installed in
    *"$newline$package installed$newline"*) ;;
    *) missing="$missing $package" ;;
    esac
done
[ -n "$missing" ] || exit 0

by_hand="as root:
    apt-get install --no-install-recommends$missing"
case "$missing " in
*' nginx '*) by_hand="$by_hand
    (Debian's nginx then listens on port 80)" ;;
esac
[ -z "$check" ] || fail 69 "packages are missing; \`make install-$1' installs them, or $by_hand"
[ "$(id -u)" = 0 ] || command -v sudo >/dev/null ||
    fail 77 "packages are missing, and there is neither root nor sudo; $by_hand"
echo "install.sh: installing$missing" >&2

# Debian's nginx would start to listen on port 80 at once.
case "$missing " in
*' nginx '*)
    if [ ! -e "$policy" ]; then
        trap 'as_root rm -f "$policy"' EXIT
        trap 'exit 130' INT TERM HUP
        printf '#!/bin/sh\nexit 101\n' |
            as_root sh -c "cat >$policy && chmod 755 $policy" || fail 73 "cannot write $policy"
    fi
    ;;
esac
as_root apt-get update -q >&2
# shellcheck disable=SC2086 # a list of words
as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends $missing >&2 ||
    fail 69 "apt-get could not install$missing"
case "$missing " in
*' nginx '*)
    echo "install.sh: nginx was not started; as Debian sets it up, it listens on port 80 from the next" \
        "boot on, unless you disable it (systemctl disable nginx)" >&2
    ;;
esac
