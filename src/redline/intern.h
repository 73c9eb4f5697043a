/* Numbers for byte strings: equal strings get equal numbers, from 0 on. */
#ifndef TEADE_INTERN_H
#define TEADE_INTERN_H

#include <stdint.h>

#include "base/buf.h"

struct intern {
    struct intern_slot {
        size_t offset, len; /* in `bytes` */
        uint32_t hash, number;
        bool used;
    } * slots;
    size_t size, count;
    struct buf bytes;
};

#define INTERN_INIT                  \
    {                                \
        .bytes = { buf_empty, 0, 0 } \
    }

uint32_t intern(struct intern *intern, struct str text);
void intern_release(struct intern *intern);

#endif
