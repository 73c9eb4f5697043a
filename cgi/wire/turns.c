/* Each turn is a mutex in shared memory that its holder's death sets free (pthreads(7), robust). */
#include "turns.h"

#include <errno.h>
#include <pthread.h>
#include <sys/mman.h>

struct turns {
    size_t count;
    pthread_mutex_t held[];
};

struct turns *turns_new(size_t count)
{
    size_t size = sizeof(struct turns) + count * sizeof(pthread_mutex_t);
    struct turns *turns =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pthread_mutexattr_t shared;

    if (turns == MAP_FAILED)
        return NULL;
    turns->count = count;
    pthread_mutexattr_init(&shared);
    pthread_mutexattr_setpshared(&shared, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_setrobust(&shared, PTHREAD_MUTEX_ROBUST);
    for (size_t i = 0; i < count; i++)
        pthread_mutex_init(&turns->held[i], &shared);
    pthread_mutexattr_destroy(&shared);
    return turns;
}

bool turns_take(struct turns *turns, size_t *turn)
{
    for (*turn = 0; *turn < turns->count; ++*turn) {
        int result = pthread_mutex_trylock(&turns->held[*turn]);

        if (result == EOWNERDEAD)
            result = pthread_mutex_consistent(&turns->held[*turn]);
        if (result == 0)
            return true;
    }
    return false;
}

void turns_end(struct turns *turns, size_t turn)
{
    pthread_mutex_unlock(&turns->held[turn]);
}
