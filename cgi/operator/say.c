/* JSON is built, never pasted: a damaged record cannot spoil a line. */
#include "say.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/hex.h"
#include "base/instant.h"

static const char name_of_program[] = "teade-records";

static void say_words(const char *format, va_list arguments)
{
    fprintf(stderr, "%s: ", name_of_program);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
}

void say(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    say_words(format, arguments);
    va_end(arguments);
}

int say_failure(int status, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    say_words(format, arguments);
    va_end(arguments);
    return status;
}

int say_about(int status, const char *name, const char *why)
{
    return say_failure(status, "%s: %s", name, why);
}

int say_reason(int status, struct buf *why)
{
    say("%s", why->data);
    buf_reset(why);
    return status;
}

void say_progress(const char *what, const char *name)
{
    if (isatty(STDERR_FILENO))
        say("%s %s", what, name);
}

void say_fault(void *name, const char *what)
{
    say("%s: %s", (const char *)name, what);
}

bool say_asks(const char *question)
{
    char line[16] = "";

    fprintf(stderr, "%s: %s [y/N] ", name_of_program, question);
    return fgets(line, sizeof line, stdin) &&
           (strcmp(line, "y\n") == 0 || strcmp(line, "yes\n") == 0);
}

void print_json(json_t *json)
{
    json_dumpf(json, stdout, JSON_COMPACT | JSON_SORT_KEYS);
    putchar('\n');
    json_decref(json);
}

json_t *hex_json(const uint8_t *bytes, size_t len)
{
    return json_string(hex_of(bytes, len).text);
}

json_t *canonical_json(struct str canonical)
{
    return json_loadb(canonical.data, canonical.len, 0, NULL);
}

json_t *instant_json(int64_t seconds)
{
    char time[INSTANT_SIZE];

    instant_write(seconds, time);
    return json_string(time);
}
