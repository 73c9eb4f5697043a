#include "thread_own.h"

#include <pthread.h>

#include "base/mem.h"

/* Threads can meet a kind of memory for the first time together. */
static tss_t key_of(struct thread_own *own)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    tss_t key;

    pthread_mutex_lock(&lock);
    if (!own->made && tss_create(&own->key, own->release) != thrd_success)
        mem_die(sizeof own->key);
    own->made = true;
    key = own->key;
    pthread_mutex_unlock(&lock);
    return key;
}

void *thread_own(struct thread_own *own)
{
    tss_t key = key_of(own);
    void *memory = tss_get(key);

    if (!memory) {
        memory = mem_alloc(own->size);
        if (tss_set(key, memory) != thrd_success)
            mem_die(own->size);
    }
    return memory;
}
