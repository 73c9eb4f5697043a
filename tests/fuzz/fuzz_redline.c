/* Two Markdown texts with a NUL between them.  Their redline has no tag that nobody wrote, and
 * holds as much as either of them. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "redline/redline.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t count(const char *html, const char *tag)
{
    size_t times = 0;

    while ((html = strstr(html, tag))) {
        html += strlen(tag);
        times++;
    }
    return times;
}

static void try_pair(const char *before, const char *after)
{
    static const char *const pairs[][2] = {
        {"<ins>", "</ins>"},    {"<del>", "</del>"}, {"<ul", "</ul>"},  {"<ol", "</ol>"},
        {"<li", "</li>"},       {"<a ", "</a>"},     {"<em>", "</em>"}, {"<strong>", "</strong>"},
        {"<table", "</table>"}, {"<tr", "</tr>"},    {"<td", "</td>"},  {"<th ", "</th>"}};
    static const struct redline_words words = {"n", "b", "a", "r", "h", "w",
                                               "l", "s", "j", "d", "u", "p"};
    struct redline_options options = {.language = "ja", .words = words};
    struct redline redline;

    redline_make(&redline, before, after, &options);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert(count(redline.html.data, pairs[i][0]) == count(redline.html.data, pairs[i][1]));
    assert(!strstr(redline.html.data, "<script"));
    assert(!strcasestr(redline.html.data, "href=\"javascript:"));
    assert(strcmp(before, after) != 0 || !redline.row_count);
    redline_release(&redline);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *before = mem_dup((const char *)data, size), *after;

    if (utf8_invalid((struct str){before, size}) == size) {
        after = before + strlen(before);
        try_pair(before, after < before + size ? after + 1 : before);
    }
    free(before);
    return 0;
}
