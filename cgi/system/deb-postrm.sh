#!/bin/sh
# Keys, records and backups stay even if the package is purged: they are evidence.
set -e

if [ "$1" = purge ]; then
    rm -f /etc/systemd/system/*.wants/teade-*
    if [ -d /var/lib/teade ]; then
        echo "teade: keys and records stay in /etc/teade/keys and /var/lib/teade" >&2
    fi
fi
if [ -d /run/systemd/system ]; then
    systemctl --system daemon-reload
fi
