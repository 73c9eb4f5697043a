# texts.sh: what bench.sh measures of single texts: translating beside cmark alone, a redline beside
# git's word diff.
# shellcheck shell=sh disable=SC2154 # bench.sh sets the rest

make_pairs() {
    for kind in word paragraphs; do
        "$bench/pair" "$kind" "$memory/$kind.old" "$memory/$kind.new" || fail "pair $kind"
    done
}

# Processor time of a thousand documents in three languages.
translate() {
    "$bench/translate" 1000 >"$tmp/translate" || fail 'translate'
    read -r ours cmark <"$tmp/translate"
    note translate.s "$ours"
    note cmark.s "$cmark"
}

# Both exit with 1 if there is a difference.
diff_pair() { # KIND
    # shellcheck disable=SC2016 # the inner shell's words
    differs='"$@"; [ $? = 1 ]'
    cost "redline-$1" sh -c "$differs" sh "$teade" diff "$memory/$1.old" "$memory/$1.new"
    cost "git-$1" sh -c "$differs" sh \
        git diff --no-index --word-diff "$memory/$1.old" "$memory/$1.new"
}
