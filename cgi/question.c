#include "question.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "lex.h"

/* The generator has backslashes only before these. */
static void unescape(struct str line, struct buf *out)
{
    for (size_t i = 0; i < line.len; i++) {
        if (line.data[i] == '\\' && i + 1 < line.len &&
            strchr("\\`*_[]<>#&!+-=~|.)", line.data[i + 1]))
            i++;
        buf_addc(out, line.data[i]);
    }
}

void question_label(struct str label, struct buf *words)
{
    for (size_t i = 0; i < label.len; i++)
        buf_addc(words, label.data[i] == '\n' || label.data[i] == '\r' ? ' ' : label.data[i]);
}

/* Its line is "- WORDS (`ID`)", and a backslash where it goes on.  An item of the article can look
 * like that too, and stands above. */
bool question_words(struct str text, const char *id, struct buf *words)
{
    char *end = mem_printf(" (`%s`)", id);
    size_t len = strlen(end);
    struct str last = {0};

    for (struct str line; lex_cut(&text, '\n', &line);) {
        if (line.len && line.data[line.len - 1] == '\\')
            line.len--;
        if (line.len >= len + 2 && memcmp(line.data, "- ", 2) == 0 &&
            memcmp(line.data + line.len - len, end, len) == 0)
            last = (struct str){line.data + 2, line.len - len - 2};
    }
    free(end);
    unescape(last, words);
    return last.data != NULL;
}
