#!/bin/sh
# fresh.sh DIR: what a newcomer does.  In a bare Debian tree that has nothing but git and make, a
# clone of the last commit is run until its page is served, is ended by Ctrl-C, and is tested, all on
# a pseudo-terminal, or with FRESH_TERMINAL=no without any input.  DIR gets the logs.
# The bare tree is kept for a month in ${XDG_CACHE_HOME:-~/.cache}/teade; the packages that the
# project needs are not: it has to install them itself.  Needs root; TAP, and then what make test said.

set -u
release=bookworm
root=$(cd "$(dirname "$0")/.." && pwd)
bare=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/teade/$release-$(dpkg --print-architecture).tar
number=0
failed=0
inside= # the process that holds the tree's namespaces

fail() { # STATUS MESSAGE
    echo "fresh.sh: $2" >&2
    exit "$1"
}

# shellcheck disable=SC2317 # the trap calls it
finish() {
    exec 3>&-
    [ -z "$inside" ] || { kill -KILL "$inside" && wait "$inside"; } 2>/dev/null
    rm -rf --one-file-system "$tree"
}

result() { # STATUS NAME LOG
    number=$((number + 1))
    [ "$1" = 0 ] && echo "ok $number - $2" && return
    failed=$((failed + 1))
    echo "not ok $number - $2"
    tr '\r' '\n' <"$3" | grep -v '^ *$\|===(\|^tests/[^ ]* \.* *$\|[0-9]/? *$' | tail -n 100 | sed 's/^/#     /' >&2
}

# Where this machine's own Debian packages come from: URI, suite, component.
sources() {
    # shellcheck disable=SC2016 # apt's variables
    apt-get indextargets --format '$(CREATED_BY) $(ORIGIN) $(REPO_URI) $(CODENAME) $(COMPONENT)' |
        sed -n "s/^Packages Debian \([^ ]* $release[^ ]* main\)\$/\1/p" | sort -u
}

make_bare() {
    mkdir -p "$(dirname "$bare")"
    mirror=$(sources | sed -n "s/ $release main\$//p" | head -n 1)
    # shellcheck disable=SC2086 # none, or one
    debootstrap --variant=minbase --include=git,make,ca-certificates $release "$tree" $mirror \
        >"$dir/debootstrap.log" 2>&1 ||
        fail 69 "debootstrap failed; see $dir/debootstrap.log"
    [ -z "$mirror" ] || sources | sed 's/^/deb /' >"$tree/etc/apt/sources.list"
    apt-config dump | grep '^Acquire::[a-z]*::Proxy ' >"$tree/etc/apt/apt.conf.d/90proxy"
    tar -C "$tree" -cf "$bare.tmp" . && mv "$bare.tmp" "$bare"
}

make_tree() {
    if [ -n "$(find "$bare" -mtime -30 2>/dev/null)" ]; then tar -C "$tree" -xf "$bare"; else make_bare; fi || exit 73
    cp /etc/resolv.conf /etc/hosts "$tree/etc/"
    git -c safe.directory='*' clone --quiet --no-hardlinks "$root" "$tree/opt/teade" || exit 73
    [ -z "$(git -C "$root" status --porcelain -uno)" ] || echo "# what is not committed is not tested" >&2
}

# shellcheck disable=SC2016 # the inner shell's variables
enter() { # COMMAND: becomes a process of the tree, in namespaces that end with it; its shell reaps orphans
    exec unshare --mount --pid --fork --kill-child --mount-proc="$tree/proc" sh -c '
        mount --rbind /dev "$1/dev" && mount -t devpts -o newinstance,ptmxmode=0666 devpts "$1/dev/pts" &&
            exec env -i PATH="$PATH" HOME=/root TERM=dumb chroot "$1" sh -c "cd /opt/teade || exit; $2; exit \$?"' sh "$tree" "$1"
}

on_terminal() { # COMMAND LOG
    if [ "${FRESH_TERMINAL-yes}" = no ]; then
        enter "$1" </dev/null >"$2" 2>&1
    else
        enter "env --default-signal=INT script -qefc '$1' /dev/null" <&3 >"$2" 2>&1
    fi
}

seconds() {
    date +%s
}

# Ten minutes for what takes one.
is_served() { # URL
    tries=1200
    until curl --silent --fail --noproxy '*' --output "$dir/page.html" "$1"; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] && kill -0 "$inside" 2>/dev/null || return 1
        sleep 0.5
    done
    grep -q '<html lang="et"' "$dir/page.html"
}

runs() {
    port=$(perl -MIO::Socket::INET -e '
        print IO::Socket::INET->new(LocalAddr => "127.0.0.1", Listen => 1)->sockport')
    begun=$(seconds)
    on_terminal "make run PORT=$port" "$dir/run.log" &
    inside=$!
    is_served "http://127.0.0.1:$port/et/"
    result $? "make run: a page after $(($(seconds) - begun)) s" "$dir/run.log"
    post "http://localhost:$port"
    result $? 'http://localhost is no other site to a form' "$dir/run.log"
    [ -L "$tree/etc/systemd/system/multi-user.target.wants/nginx.service" ] && [ ! -e "$tree/usr/sbin/policy-rc.d" ]
    result $? "Debian's nginx is left as Debian sets it up" "$dir/run.log"
    [ "${FRESH_TERMINAL-yes}" = no ] || ends_in_silence
    kill -KILL "$inside" 2>/dev/null
    wait "$inside" 2>/dev/null
    inside=
}

# A form without fields is a bad request (400); from another site it would be 403.
post() { # ORIGIN
    status=$(curl --silent --noproxy '*' --output /dev/null --write-out '%{http_code}' --header "Origin: $1" \
        --data '' "$1/en/choices/record")
    [ "$status" = 400 ]
}

ends_in_silence() {
    printf '\003' >&3
    tries=100
    while kill -0 "$inside" 2>/dev/null && [ "$tries" -gt 0 ]; do
        tries=$((tries - 1)) && sleep 0.1
    done
    [ "$tries" -gt 0 ] && ! grep -q 'Error\|ended by itself' "$dir/run.log"
    result $? 'Ctrl-C ends it without an alarm' "$dir/run.log"
}

tests() {
    begun=$(seconds)
    on_terminal 'make test' "$dir/test.log" &
    inside=$!
    wait "$inside"
    status=$?
    inside=
    result $status "make test: $(($(seconds) - begun)) s" "$dir/test.log"
    tr -d '\r' <"$dir/test.log" | grep '# SKIP\|^Files=\|^not ok' | sort -u
}

[ $# = 1 ] || fail 64 'usage: fresh.sh DIR'
[ "$(id -u)" = 0 ] || fail 77 'needs root (debootstrap, chroot)'
mkdir -p "$1" && dir=$(cd "$1" && pwd) && tree=$(mktemp -d /var/tmp/teade-fresh.XXXXXX) && chmod 755 "$tree" ||
    exit 73
trap finish EXIT
trap 'exit 130' INT TERM HUP
mkfifo "$dir/keys" 2>/dev/null
exec 3<>"$dir/keys"
make_tree
runs
tests
echo "1..$number"
[ "$failed" = 0 ]
