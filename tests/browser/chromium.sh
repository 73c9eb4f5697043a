#!/bin/sh
# chromium.sh: what people do to forms, in Chromium.

. "$(dirname "$0")/lib.sh"
serve_demo
habits chrome
