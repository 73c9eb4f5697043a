#!/bin/sh
# deb.sh: `make deb` makes a package without faults, which needs no compiler and works as it lies.

. "$(dirname "$0")/../helpers/tap.sh"
build=$(dirname "$teade")
for tool in dpkg-deb dpkg-shlibdeps; do
    command -v $tool >/dev/null || skip_all "no $tool"
done
! nm "$teade" 2>/dev/null | grep -q __asan_init || skip_all 'the sanitizers make other programs'

make_deb() {
    DEBFULLNAME=Teade DEBEMAIL=packages@teade.test make -s -C "$root" deb BUILD="$build" >"$tmp/make" 2>&1 ||
        { cat "$tmp/make" && return 1; }
    cp "$build"/teade_*.deb "$tmp/teade.deb"
}

is_clean() {
    lintian --allow-root --fail-on error,warning,info,pedantic "$tmp/teade.deb" >"$tmp/out" 2>&1 || { cat "$tmp/out" && false; }
}

needs_no_compiler() {
    dpkg-deb -f "$tmp/teade.deb" Depends >"$tmp/depends" &&
        has "$tmp/depends" libcmark && ! grep -Eq -e '-dev|gcc|make' "$tmp/depends" &&
        is 'newer glibc' "$(grep -o 'libc6 (>= [0-9.]*)' "$tmp/depends" | wc -l)" 1
}

version_is_ours() {
    is version "teade $(dpkg-deb -f "$tmp/teade.deb" Version)" "$("$teade" --version)"
}

works_as_it_lies() {
    dpkg-deb -x "$tmp/teade.deb" "$tmp/tree" && cd "$tmp" &&
        "$tmp/tree/usr/bin/teade" init site --name Kuu --languages et,en --time-zone UTC --date 2026-12-01 >"$tmp/out" 2>&1 &&
        cd site && "$tmp/tree/usr/bin/teade" build --date 2026-12-01 >"$tmp/out" 2>&1 || { cat "$tmp/out" && return 1; }
    [ -f build/site/public/et/privacy-policy/index.html ]
}

# Two packages of one commit are the same.
is_reproducible() {
    make_deb_again=$(sha256sum <"$tmp/teade.deb")
    make_deb && is bytes "$(sha256sum <"$tmp/teade.deb")" "$make_deb_again"
}

scripts_are_sound() {
    dpkg-deb -e "$tmp/teade.deb" "$tmp/control" && for script in postinst prerm postrm; do
        sh -n "$tmp/control/$script" || return 1
    done && is settings "$(cat "$tmp/control/conffiles")" /etc/teade/teade.conf
}

check 'make deb' make_deb
check 'it needs no compiler' needs_no_compiler
check 'it has the version of the programs' version_is_ours
check 'it works as it lies' works_as_it_lies
check 'it is the same again' is_reproducible
check 'its scripts are sound' scripts_are_sound
if command -v lintian >/dev/null; then
    check 'lintian finds nothing' is_clean
else
    skip 'lintian finds nothing' 'no lintian'
fi
echo "1..$number"
