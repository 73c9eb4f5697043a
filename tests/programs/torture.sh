#!/bin/sh
# torture.sh: power cuts (tests/torture/power.c), POWER_CUTS of them (400); `make torture` makes more.
# Disks that ignore flushes must be noticed, else the test would prove nothing.  TAP.

. "$(dirname "$0")/../helpers/tap.sh"

cuts=${POWER_CUTS:-400}
seed=${TEST_SEED:-$(date +%s)}
build=$(dirname "$teade")

! grep -q __asan_init "$teade" ||
    skip_all 'the sanitizer takes the calls that this test records; make test does it without'

survives() {
    "$build/tests/torture/power" "$cuts" "$seed" >"$tmp/figures" 2>"$tmp/log" || {
        cat "$tmp/figures" && grep '^power:' "$tmp/log" && false
    }
}

is_noticed() { # wal|all
    ! "$build/tests/torture/power" $((cuts / 10)) "$seed" "$1" >"$tmp/figures" 2>"$tmp/log" &&
        grep -q 'power cuts' "$tmp/figures"
}

show() {
    sed "s/^/# seed $seed: /" "$tmp/figures"
}

check "$cuts power cuts: nothing that was acknowledged is lost, nothing is damaged" survives
show
for flushes in wal all; do
    check "a disk that ignores flushes ($flushes) is noticed" is_noticed "$flushes"
    show
done
echo "1..$number"
