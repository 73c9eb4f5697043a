#!/bin/sh
# po4a_cmark.sh DIRECTORY: what peers.pl made for po4a, translated by it, and by cmark into html/.
cd "$1" && po4a --quiet --no-update po4a.cfg || exit
for text in ??/*.md; do
    mkdir -p "html/${text%/*}"
    cmark --nobreaks "$text" >"html/${text%.md}.html" || exit
done
