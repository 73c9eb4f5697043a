#include "title.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

/* The words of a command line follow each other in memory. */
static struct {
    char *start;
    size_t size;
} area;

/* Options point into it until the end.  Nothing here reads it: without the attribute the compiler
 * leaves it out, and valgrind takes the words for lost. */
static char **copy __attribute__((used));

char **title_init(int argc, char **argv)
{
    copy = mem_alloc(((size_t)argc + 1) * sizeof *copy);
    for (int i = 0; i < argc; i++)
        copy[i] = mem_dups(argv[i]);
    if (argc > 0) {
        area.start = argv[0];
        area.size = (size_t)(argv[argc - 1] + strlen(argv[argc - 1]) + 1 - argv[0]);
    }
    return copy;
}

void title_set(const char *role)
{
    if (!area.size)
        return;
    memset(area.start, 0, area.size);
    snprintf(area.start, area.size, "teade-consent: %s", role);
}
