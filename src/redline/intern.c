/* Open addressing, at most half full. */
#include "intern.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* FNV-1a: the input is the editor's own text, so collisions by design are no concern. */
static uint32_t hash_of(struct str text)
{
    uint32_t hash = 2166136261U;

    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.data[i]) * 16777619U;
    return hash;
}

static void grow(struct intern *intern)
{
    size_t size = intern->size ? intern->size * 2 : 256;
    struct intern_slot *slots = mem_alloc(size * sizeof *slots);

    for (size_t i = 0; i < intern->size; i++) {
        size_t at = intern->slots[i].hash & (size - 1);

        if (!intern->slots[i].used)
            continue;
        while (slots[at].used)
            at = (at + 1) & (size - 1);
        slots[at] = intern->slots[i];
    }
    free(intern->slots);
    intern->slots = slots;
    intern->size = size;
}

uint32_t intern(struct intern *intern, struct str text)
{
    uint32_t hash = hash_of(text);
    size_t at;

    if (intern->count * 2 >= intern->size)
        grow(intern);
    for (at = hash & (intern->size - 1); intern->slots[at].used;
         at = (at + 1) & (intern->size - 1)) {
        const struct intern_slot *slot = &intern->slots[at];

        if (slot->hash == hash && slot->len == text.len &&
            memcmp(intern->bytes.data + slot->offset, text.data, text.len) == 0)
            return slot->number;
    }
    intern->slots[at] =
        (struct intern_slot){intern->bytes.len, text.len, hash, (uint32_t)intern->count++, true};
    buf_addstr(&intern->bytes, text);
    return intern->slots[at].number;
}

void intern_release(struct intern *intern)
{
    free(intern->slots);
    buf_release(&intern->bytes);
    *intern = (struct intern)INTERN_INIT;
}
