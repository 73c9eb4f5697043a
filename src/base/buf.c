/* A buf doubles, so the mean cost of adding a byte does not depend on its length.  The empty buf
 * points to a shared NUL, so `data` is never NULL. */
#include "buf.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

char buf_empty[1] = "";

void buf_init(struct buf *buf)
{
    *buf = (struct buf)BUF_INIT;
}

void buf_release(struct buf *buf)
{
    if (buf->size)
        free(buf->data);
    buf_init(buf);
}

void buf_reset(struct buf *buf)
{
    if (buf->size)
        buf->data[0] = '\0';
    buf->len = 0;
}

static void buf_grow(struct buf *buf, size_t more)
{
    size_t need, size = buf->size ? buf->size : 64;

    if (more > SIZE_MAX / 4 - buf->len)
        mem_die(more);
    need = buf->len + more + 1;
    if (need <= buf->size)
        return;
    while (size < need)
        size *= 2;
    buf->data = mem_realloc(buf->size ? buf->data : NULL, size);
    buf->size = size;
}

void buf_add(struct buf *buf, const void *data, size_t len)
{
    if (!len)
        return;
    buf_grow(buf, len);
    memcpy(buf->data + buf->len, data, len);
    buf->len += len;
    buf->data[buf->len] = '\0';
}

void buf_adds(struct buf *buf, const char *text)
{
    buf_add(buf, text, strlen(text));
}

void buf_addstr(struct buf *buf, struct str text)
{
    buf_add(buf, text.data, text.len);
}

void buf_addc(struct buf *buf, char byte)
{
    buf_add(buf, &byte, 1);
}

void buf_addv(struct buf *buf, const char *format, va_list args)
{
    va_list again;
    int len;

    va_copy(again, args);
    len = vsnprintf(NULL, 0, format, args);
    assert(len >= 0);
    buf_grow(buf, (size_t)len);
    vsnprintf(buf->data + buf->len, (size_t)len + 1, format, again);
    va_end(again);
    buf->len += (size_t)len;
}

void buf_addn(struct buf *buf, size_t number)
{
    char digits[20];
    size_t at = sizeof digits;

    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    buf_add(buf, digits + at, sizeof digits - at);
}

void buf_addf(struct buf *buf, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    buf_addv(buf, format, args);
    va_end(args);
}

char *buf_detach(struct buf *buf)
{
    char *data = buf->size ? buf->data : mem_dup("", 0);

    buf_init(buf);
    return data;
}

struct str buf_str(const struct buf *buf)
{
    return (struct str){buf->data, buf->len};
}

struct str str_of(const char *text)
{
    return (struct str){text, strlen(text)};
}

bool str_equal(struct str a, struct str b)
{
    return a.len == b.len && (!a.len || memcmp(a.data, b.data, a.len) == 0);
}

bool str_is(struct str a, const char *text)
{
    return str_equal(a, str_of(text));
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str text)
{
    while (text.len && is_space(text.data[0]))
        text.data++, text.len--;
    while (text.len && is_space(text.data[text.len - 1]))
        text.len--;
    return text;
}
