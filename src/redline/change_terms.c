#include "change_terms.h"

#include <stddef.h>
#include <stdlib.h>

#include "base/mem.h"

static const struct {
    const char *slot;
    size_t offset;
} kinds[] = {
    {"next", offsetof(struct redline_words, next)},
    {"last", offsetof(struct redline_words, last)},
    {"added", offsetof(struct redline_words, added)},
    {"removed", offsetof(struct redline_words, removed)},
    {"moved_here", offsetof(struct redline_words, moved_here)},
    {"moved_away", offsetof(struct redline_words, moved_away)},
    {"link", offsetof(struct redline_words, link)},
    {"split", offsetof(struct redline_words, split)},
    {"joined", offsetof(struct redline_words, joined)},
    {"deeper", offsetof(struct redline_words, deeper)},
    {"higher", offsetof(struct redline_words, higher)},
    {"placed", offsetof(struct redline_words, placed)},
};
enum { COUNT = sizeof kinds / sizeof *kinds };

static const char **word_at(struct redline_words *words, size_t kind)
{
    return (const char **)(void *)((char *)words + kinds[kind].offset);
}

bool change_terms_read(struct redline_words *words, const struct templates *templates,
               const struct catalog *catalog, struct findings *findings)
{
    bool ok = true;

    *words = (struct redline_words){.added = NULL};
    for (size_t i = 0; i < COUNT && ok; i++) {
        struct buf text = BUF_INIT;
        json_t *slots = json_object();

        for (size_t k = 0; k < COUNT; k++)
            json_object_set_new(slots, kinds[k].slot, json_boolean(k == i));
        ok = templates_render(templates, "parts/terms.html", catalog, slots, &text, findings);
        if (ok) {
            struct str word = str_trim(buf_str(&text));

            *word_at(words, i) = mem_dup(word.data, word.len);
        }
        buf_release(&text);
        json_decref(slots);
    }
    return ok;
}

void change_terms_release(struct redline_words *words)
{
    for (size_t i = 0; i < COUNT; i++)
        free((char *)*word_at(words, i));
    *words = (struct redline_words){.added = NULL};
}
