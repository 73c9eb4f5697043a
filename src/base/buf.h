/* Growable bytes, and a look at bytes.
 *
 * `buf` owns its bytes, `str` only looks at somebody else's; a pointer and its
 * length always travel together.  A buf's data is NUL-terminated behind its
 * length, also when it is empty, so that it can be handed to C interfaces.
 *
 * Out of memory ends the program: these are for programs that live for one
 * piece of work. */
#ifndef TEADE_BUF_H
#define TEADE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct str {
    const char *data; /* not NUL-terminated in general */
    size_t len;       /* bytes */
};

struct buf {
    char *data;
    size_t len;  /* bytes in use, without the NUL */
    size_t size; /* bytes allocated, 0 while nothing is */
};

/* For the caller's storage: `struct buf b = BUF_INIT;`.  Releasing a released
 * or a fresh buf is harmless. */
#define BUF_INIT        \
    {                   \
        buf_empty, 0, 0 \
    }
extern char buf_empty[1];

void buf_init(struct buf *buf);
void buf_release(struct buf *buf);
/* Forgets the content and keeps the storage. */
void buf_reset(struct buf *buf);

void buf_add(struct buf *buf, const void *data, size_t len);
void buf_adds(struct buf *buf, const char *text);
void buf_addstr(struct buf *buf, struct str text);
void buf_addc(struct buf *buf, char byte);
void buf_addn(struct buf *buf, size_t number); /* in decimal */
void buf_addf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_addv(struct buf *buf, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/* Gives the bytes away: the caller frees them with free().  The buf is empty afterwards. */
char *buf_detach(struct buf *buf);

struct str buf_str(const struct buf *buf);
struct str str_of(const char *text);
bool str_equal(struct str a, struct str b);
bool str_is(struct str a, const char *text);
struct str str_trim(struct str text); /* without ASCII white space at both ends */

#endif
