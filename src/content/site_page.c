#include "site_page.h"

#include <string.h>

#include "base/mem.h"

const struct site_page site_pages[] = {
    {"", "start.html", true},
    {"proof", "proof.html", true},
    {"choices", NULL, false},
    {"errors", NULL, false},
};
const size_t site_page_count = sizeof site_pages / sizeof *site_pages;

char *site_page_tail(const struct site_page *page)
{
    return *page->name ? mem_printf("%s/", page->name) : mem_dups("");
}

bool site_page_takes(const char *id)
{
    for (size_t i = 0; i < site_page_count; i++)
        if (strcmp(id, site_pages[i].name) == 0)
            return true;
    return strcmp(id, "site") == 0; /* the catalogue of the templates */
}
