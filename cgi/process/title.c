#include "title.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

/* The words of a command line lie one behind the other. */
static struct {
    char *start;
    size_t size;
    char **copy;
} area;

char **title_init(int argc, char **argv)
{
    area.copy = mem_alloc(((size_t)argc + 1) * sizeof *area.copy);
    for (int i = 0; i < argc; i++)
        area.copy[i] = mem_dups(argv[i]);
    if (argc > 0) {
        area.start = argv[0];
        area.size = (size_t)(argv[argc - 1] + strlen(argv[argc - 1]) + 1 - argv[0]);
    }
    return area.copy;
}

void title_set(const char *role)
{
    if (!area.size)
        return;
    memset(area.start, 0, area.size);
    snprintf(area.start, area.size, "teade-consent: %s", role);
}
