#include "mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

void mem_die(size_t wanted)
{
    fprintf(stderr, "out of memory: %zu bytes were needed\n", wanted);
    exit(EX_OSERR);
}

void *mem_alloc(size_t size)
{
    void *memory = calloc(1, size ? size : 1);

    if (!memory)
        mem_die(size);
    return memory;
}

void *mem_realloc(void *old, size_t size)
{
    void *memory = realloc(old, size ? size : 1);

    if (!memory)
        mem_die(size);
    return memory;
}

char *mem_dup(const char *data, size_t len)
{
    char *copy = mem_alloc(len + 1);

    if (len)
        memcpy(copy, data, len);
    return copy;
}

char *mem_dups(const char *text)
{
    return mem_dup(text, strlen(text));
}

char *mem_printf(const char *format, ...)
{
    char *text = NULL;
    va_list args;
    int len;

    va_start(args, format);
    len = vasprintf(&text, format, args);
    va_end(args);
    if (len < 0)
        mem_die(strlen(format));
    return text;
}

void *mem_grow(void *array, size_t count, size_t size)
{
    if (count > SIZE_MAX / 4 / size)
        mem_die(SIZE_MAX);
    if ((count & (count - 1)) == 0) /* 0, 1, 2, 4, 8 …: full */
        array = mem_realloc(array, (count ? count * 2 : 1) * size);
    memset((char *)array + count * size, 0, size);
    return array;
}
