/* What a text is called and what it asks, in its own words.  A text never changes, and few are in
 * use at a time: those read last are kept, so that a list of records does not read them again. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store_private.h"

enum { KEPT = 128 };

struct text_cache {
    struct kept {
        uint8_t digest[ACT_DIGEST];
        struct store_words words; /* its title is NULL: nothing is kept here */
    } kept[KEPT];
    size_t next; /* to be given up */
};

struct text_cache *text_cache_new(void)
{
    return mem_alloc(sizeof(struct text_cache));
}

static void give_up(struct kept *kept)
{
    free(kept->words.title);
    questions_release(&kept->words.asked);
    kept->words.title = NULL;
}

void text_cache_free(struct text_cache *cache)
{
    for (size_t i = 0; i < KEPT; i++)
        give_up(&cache->kept[i]);
    free(cache);
}

/* A text is called by its first line. */
static char *title_of(struct str body)
{
    size_t len = 0, mark = body.len >= 2 && memcmp(body.data, "# ", 2) == 0 ? 2 : 0;

    while (mark + len < body.len && body.data[mark + len] != '\n')
        len++;
    return mem_dup(body.data + mark, len);
}

static const struct store_words *find(const struct text_cache *cache,
                                      const uint8_t digest[ACT_DIGEST])
{
    for (size_t i = 0; i < KEPT; i++)
        if (cache->kept[i].words.title && memcmp(cache->kept[i].digest, digest, ACT_DIGEST) == 0)
            return &cache->kept[i].words;
    return NULL;
}

static const struct store_words *keep(struct text_cache *cache, const uint8_t digest[ACT_DIGEST],
                                      struct str body)
{
    struct kept *kept = &cache->kept[cache->next];

    cache->next = (cache->next + 1) % KEPT;
    give_up(kept);
    memcpy(kept->digest, digest, ACT_DIGEST);
    kept->words.title = title_of(body);
    questions_read(&kept->words.asked, body);
    return &kept->words;
}

bool store_words(struct store *store, const uint8_t digest[ACT_DIGEST],
                 const struct store_words **words)
{
    static const struct store_words none = {.title = ""};
    struct buf body = BUF_INIT;
    bool found, ok;

    *words = find(store->cache, digest);
    if (*words)
        return true;
    *words = &none;
    ok = store_text_body(store, digest, &found, &body);
    if (ok && found)
        *words = keep(store->cache, digest, buf_str(&body));
    buf_release(&body);
    return ok;
}

bool store_words_of(struct store *store, const struct standing *said,
                    const struct store_words **words)
{
    struct db_statement *query = store_query(store, QUERY_OFFERED);
    uint8_t digest[ACT_DIGEST] = {0};
    struct str blob;
    bool found;

    db_bind_text(query, 1, said->document);
    db_bind_text(query, 2, said->revision);
    db_bind_text(query, 3, said->language);
    db_bind_text(query, 4, said->question);
    if (!store_step(store, query, &found))
        return false;
    blob = found ? db_blob(query, 0) : str_of("");
    if (blob.len == sizeof digest)
        memcpy(digest, blob.data, sizeof digest);
    db_reset(query);
    return store_words(store, digest, words);
}
