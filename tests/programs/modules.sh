#!/bin/sh
# modules.sh: modules include each other as tests/modules.txt allows and in no other way, and what
# breaks that is found.  TAP.

. "$(dirname "$0")/../helpers/tap.sh"

draw() { # ROOT
    perl "$here/helpers/modules.pl" "$1/modules.txt" "$1" >"$tmp/drawing"
}

as_allowed() {
    draw "$tmp/tree" || { grep ': ' "$tmp/drawing" && return 1; }
}

# The same with one line added to a file.
refused() { # FILE LINE WANTED
    rm -rf "$tmp/broken" && cp -R "$tmp/tree" "$tmp/broken" && echo "$2" >>"$tmp/broken/$1" || return 1
    ! draw "$tmp/broken" && has "$tmp/drawing" "$3"
}

mkdir "$tmp/tree"
(cd "$root" && find src cgi -name '*.[ch]' -exec cp --parents {} "$tmp/tree" ';') &&
    cp "$here/modules.txt" "$tmp/tree" || give_up 'no copy of src and cgi'

check 'each include is allowed' as_allowed
while IFS='|' read -r name file line wanted; do
    check "$name is found" refused "$file" "$line" "$wanted"
done <<'END'
an arrow that runs up|src/base/buf.c|#include "content/site.h"|base may not include content (content/site.h)
an arrow that the table lacks|cgi/site/offer.c|#include "log/note.h"|site may not include log (log/note.h)
an arrow from one half to the other|src/page/page.c|#include "record/record.h"|page may not include record (record/record.h)
a private header of another module|src/edition/edition.c|#include "text/text_private.h"|text/text_private.h is private to text
an own header by its path|src/base/buf.c|#include "base/mem.h"|base/mem.h is neither a header beside it nor module/header of another module
a bare name of another module|src/page/page.c|#include "site.h"|site.h is neither a header beside it nor module/header of another module
a circle|src/base/buf.h|#include "file.h"|a circle of includes: src/base/buf -> src/base/file -> src/base/buf
a table that allows an arrow up|modules.txt|late: base later|later does not stand above late
a module that is not there|modules.txt|late:|there is no module late
an arrow that nobody needs|modules.txt|cgi/main: base web process wire|cgi/main does not include wire
END
echo "1..$number"
