/* How teade-records speaks.  On stderr every line begins with its name: what is wrong, with the
 * remedy, and what was done.  On stdout are results alone; as JSON, an object a line. */
#ifndef TEADE_SAY_H
#define TEADE_SAY_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* A line on stderr. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same; returns the exit status, so that a command can end with it. */
int say_failure(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same: "NAME: WHY". */
int say_about(int status, const char *name, const char *why);

/* The same of a reason that another module wrote, which is reset. */
int say_reason(int status, struct buf *why);

/* Says what takes its time, if stderr is a terminal. */
void say_progress(const char *what, const char *name);

/* For functions that report faults; the context is the name of what has them. */
void say_fault(void *name, const char *what);

/* Asks on stderr.  true: the answer is y or yes. */
bool say_asks(const char *question);

/* A line on stdout, its keys sorted; the value is given away. */
void print_json(json_t *json);

/* At most 32 bytes; what canonical bytes say; an instant. */
json_t *hex_json(const uint8_t *bytes, size_t len);
json_t *canonical_json(struct str canonical);
json_t *instant_json(int64_t seconds);

#endif
