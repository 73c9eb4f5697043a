#!/bin/sh
set -e

if [ "$1" = remove ] && [ -d /run/systemd/system ]; then
    deb-systemd-invoke stop teade-publish.timer teade-backup.timer teade-verify.timer \
        teade-consent.socket teade-consent.service
fi
