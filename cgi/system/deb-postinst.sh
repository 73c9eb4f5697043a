#!/bin/sh
# The account and its directories; after an upgrade, the new endpoint.  Units are enabled by the
# operator, once there are keys and a site (cgi/README.md).
set -e

if [ "$1" = configure ]; then
    systemd-sysusers teade.conf
    systemd-tmpfiles --create teade.conf
    if [ -d /run/systemd/system ]; then
        systemctl --system daemon-reload
        [ -z "$2" ] || deb-systemd-invoke try-restart teade-consent.service
    fi
fi
