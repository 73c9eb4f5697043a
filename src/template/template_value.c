/* What names mean in the context stack, and what values are: true or not, and
 * in text. */
#include "template_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define NAMES_SHOWN 12

/* Takes the part before the first dot off the front of a name. */
static struct str take_part(struct str *name)
{
    const char *dot = memchr(name->data, '.', name->len);
    struct str part = {name->data, dot ? (size_t)(dot - name->data) : name->len};
    size_t taken = part.len + (dot ? 1 : 0);

    *name = (struct str){name->data + taken, name->len - taken};
    return part;
}

const json_t *template_look_up(struct str name, const struct frame *top)
{
    const json_t *value = NULL;
    struct str part;

    if (str_is(name, "."))
        return top->value;
    part = take_part(&name);
    for (; top && !value; top = top->up)
        value = json_object_getn(top->value, part.data, part.len);
    while (value && name.len) {
        part = take_part(&name);
        value = json_object_getn(value, part.data, part.len);
    }
    return value;
}

/* As JavaScript and the specification's `!!data` have it, but an empty list is false. */
bool template_is_true(const json_t *value)
{
    switch (value ? json_typeof(value) : JSON_NULL) {
    case JSON_NULL:
    case JSON_FALSE:
        return false;
    case JSON_STRING:
        return json_string_length(value) > 0;
    case JSON_ARRAY:
        return json_array_size(value) > 0;
    case JSON_INTEGER:
    case JSON_REAL:
        return json_number_value(value) < 0 || json_number_value(value) > 0;
    default:
        return true;
    }
}

/* The first of 15, 16 and 17 digits that reads back as the same number. */
static void print_real(char number[TEMPLATE_NUMBER_SIZE], double real)
{
    int digits = 15;

    do
        snprintf(number, TEMPLATE_NUMBER_SIZE, "%.*g", digits, real);
    while (digits++ < 17 && strtod(number, NULL) != real);
}

struct str template_value_text(const json_t *value, char number[TEMPLATE_NUMBER_SIZE])
{
    switch (json_typeof(value)) {
    case JSON_STRING:
        return (struct str){json_string_value(value), json_string_length(value)};
    case JSON_INTEGER:
        snprintf(number, TEMPLATE_NUMBER_SIZE, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        return str_of(number);
    case JSON_REAL:
        print_real(number, json_real_value(value));
        return str_of(number);
    case JSON_TRUE:
        return str_of("true");
    case JSON_FALSE:
        return str_of("false");
    default:
        return str_of("");
    }
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

char *template_names(const struct frame *top)
{
    struct buf text = BUF_INIT;
    const char **names = NULL;
    size_t count = 0;
    void *member;

    while (top && !json_is_object(top->value))
        top = top->up;
    for (member = top ? json_object_iter((json_t *)top->value) : NULL; member;
         member = json_object_iter_next((json_t *)top->value, member)) {
        names = mem_grow(names, count, sizeof *names);
        names[count++] = json_object_iter_key(member);
    }
    if (count)
        qsort(names, count, sizeof *names, compare_names);
    buf_adds(&text, count ? "the names here are " : "there are no names here");
    for (size_t i = 0; i < count && i < NAMES_SHOWN; i++)
        buf_addf(&text, "%s%s", i ? ", " : "", names[i]);
    buf_adds(&text, count > NAMES_SHOWN ? ", …" : "");
    free(names);
    return buf_detach(&text);
}
