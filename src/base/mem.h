/* Memory that is there or the program ends (exit status EX_OSERR): for programs
 * that live for one piece of work.  Everything returned is freed with free(). */
#ifndef TEADE_MEM_H
#define TEADE_MEM_H

#include <stddef.h>

_Noreturn void mem_die(size_t wanted);
void *mem_alloc(size_t size); /* zeroed */
void *mem_realloc(void *old, size_t size);
char *mem_dup(const char *data, size_t len); /* a NUL-terminated copy */
char *mem_dups(const char *text);
char *mem_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Grows an array for one more element behind `count` elements of `size` bytes, and returns it; it
 * may have moved.  The new element is zeroed.  The capacity doubles at powers of two, so it needs
 * no separate member. */
void *mem_grow(void *array, size_t count, size_t size);

#endif
