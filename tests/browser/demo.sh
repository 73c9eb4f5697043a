#!/bin/sh
# demo.sh: every kind of page of tests/site in Chromium; policy.sh has seen those left out.

. "$(dirname "$0")/lib.sh"
serve_demo
pages 'errors/|cookies/$'
