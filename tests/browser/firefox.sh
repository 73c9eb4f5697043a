#!/bin/sh
# firefox.sh: what people do to forms, in Firefox.

. "$(dirname "$0")/lib.sh"
serve_demo
habits firefox
