#!/bin/sh
# policy.sh: every kind of page of the real policy's site in Chromium.

. "$(dirname "$0")/lib.sh"
serve
pages
