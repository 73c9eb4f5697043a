#include "controllers.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/validate.h"
#include "record/question.h"

/* What follows the last line that is a rule; data NULL: there is none. */
static struct str behind_rule(struct str text)
{
    struct str behind = {NULL, 0};

    for (struct str line; validate_cut(&text, '\n', &line);)
        if (str_is(line, "---"))
            behind = text;
    return behind;
}

static bool begins(struct str line, const char *with)
{
    return line.len >= strlen(with) && memcmp(line.data, with, strlen(with)) == 0;
}

void controllers_read(struct text_controllers *controllers, struct str text)
{
    struct str form = behind_rule(text), line;
    bool below = false; /* the heading */

    *controllers = (struct text_controllers){NULL, 0};
    while (validate_cut(&form, '\n', &line)) {
        if (below && begins(line, "- ")) {
            controllers->lines =
                mem_grow(controllers->lines, controllers->count, sizeof *controllers->lines);
            controllers->lines[controllers->count++] =
                question_unescaped((struct str){line.data + 2, line.len - 2});
        } else if (line.len && below) {
            return;
        }
        below = below || begins(line, "### ");
    }
}

void controllers_release(struct text_controllers *controllers)
{
    for (size_t i = 0; i < controllers->count; i++)
        free(controllers->lines[i]);
    free(controllers->lines);
    *controllers = (struct text_controllers){NULL, 0};
}

bool controllers_says(const char *line, const char *const *parts, size_t count)
{
    struct buf said = BUF_INIT;
    bool says;

    for (size_t i = 0; i < count; i++)
        if (parts[i])
            buf_addf(&said, "%s%s", said.len ? ", " : "", parts[i]);
    /* Behind a semicolon the text says that it states no more. */
    says = strncmp(line, said.data, said.len) == 0 &&
           (!line[said.len] || (line[said.len] == ';' && line[said.len + 1] == ' '));
    buf_release(&said);
    return says;
}
