#include "html.h"

#include <string.h>

static const char *reference(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case '{':
        return "&#123;";
    default:
        return "\xef\xbf\xbd"; /* U+FFFD: HTML has no NUL */
    }
}

/* A NUL is special as well: strchr() finds the one that ends `special`. */
static void escape(struct buf *out, struct str text, const char *special)
{
    while (text.len) {
        size_t plain = 0;

        while (plain < text.len && !strchr(special, text.data[plain]))
            plain++;
        buf_add(out, text.data, plain);
        if (plain == text.len)
            return;
        buf_adds(out, reference(text.data[plain]));
        text.data += plain + 1;
        text.len -= plain + 1;
    }
}

void html_text(struct buf *out, struct str text)
{
    escape(out, text, "&<>\"'");
}

void html_text_for_template(struct buf *out, struct str text)
{
    escape(out, text, "&<>\"'{");
}
