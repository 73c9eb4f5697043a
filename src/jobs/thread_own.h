/* Memory that each thread has for itself, until it ends. */
#ifndef TEADE_THREAD_OWN_H
#define TEADE_THREAD_OWN_H

#include <stdbool.h>
#include <stddef.h>
#include <threads.h>

/* One kind of it, static: size and release are set, the rest is zero. */
struct thread_own {
    size_t size;
    void (*release)(void *memory); /* when a thread ends; also frees the memory itself */
    bool made;
    tss_t key;
};

/* This thread's, zeroed at first.  Never NULL. */
void *thread_own(struct thread_own *own);

#endif
