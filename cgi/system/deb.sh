#!/bin/sh
# deb.sh STAGE OUTPUT VERSION: makes a Debian package of what `make install` put into STAGE.  Its list
# of files is that of `make install`, and dpkg's own tools are all it takes.
#
# DEBFULLNAME and DEBEMAIL say who made it.

set -eu
stage=$1 output=$2 version=$3
here=$(cd "$(dirname "$0")" && pwd)
architecture=$(dpkg --print-architecture)
maintainer="${DEBFULLNAME:-Teade} <${DEBEMAIL:-root@$(cat /etc/mailname 2>/dev/null || hostname)}>"
doc=$stage/usr/share/doc/teade
epoch=${SOURCE_DATE_EPOCH:-$(git -C "$here" log -1 --format=%ct 2>/dev/null || date +%s)}

# The libraries that the programs are linked with, in the versions that they need.
libraries() {
    mkdir -p "$stage/../shlibs/debian" && cd "$stage/../shlibs"
    printf 'Source: teade\n\nPackage: teade\nArchitecture: any\n' >debian/control
    dpkg-shlibdeps -O "$stage"/usr/bin/teade "$stage"/usr/bin/teade-records "$stage"/usr/sbin/teade-consent 2>/dev/null |
        sed -n 's/^shlibs:Depends=//p'
}

control() {
    cat <<END
Package: teade
Version: $version
Architecture: $architecture
Maintainer: $maintainer
Installed-Size: $(du -k -s "$stage/usr" | cut -f 1)
Depends: $(libraries), systemd, tzdata
Recommends: gettext, libnginx-mod-http-brotli-static, nginx
Section: web
Priority: optional
Description: privacy policies in several languages, and visitors' choices
 Teade publishes an organisation's privacy policy as a static site, announces
 every change word by word, and records what each visitor answered so that
 both sides can prove it years later.
 .
 It brings the generator, the FastCGI endpoint for nginx, the operator's
 program, and units for systemd.
END
}

documents() {
    cp "$here/copyright" "$doc/copyright"
    {
        printf 'teade (%s) unstable; urgency=medium\n\n' "$version"
        printf '  * What is new, and what an upgrade asks of you: cgi/README.md.\n\n'
        printf ' -- %s  %s\n' "$maintainer" "$(date -u -R -d "@$epoch")"
    } | gzip -9n >"$doc/changelog.gz"
    find "$stage/usr/share/man" -type f ! -name '*.gz' -exec gzip -9n {} +
}

documents
strip --strip-unneeded --remove-section=.comment --remove-section=.note "$stage"/usr/bin/teade \
    "$stage"/usr/bin/teade-records "$stage"/usr/sbin/teade-consent
mkdir -p "$stage/DEBIAN"
control >"$stage/DEBIAN/control"
echo /etc/teade/teade.conf >"$stage/DEBIAN/conffiles"
for script in postinst prerm postrm; do
    install -m 755 "$here/deb-$script.sh" "$stage/DEBIAN/$script"
done
(cd "$stage" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$stage/DEBIAN/md5sums"
find "$stage" -type d -exec chmod 755 {} +
SOURCE_DATE_EPOCH=$epoch dpkg-deb --root-owner-group --build "$stage" "$output/teade_${version}_$architecture.deb"
