#include "json_slots.h"

#include "base/hex.h"
#include "base/instant.h"
#include "format.h"

void slots_text(json_t *slots, const char *name, struct str text)
{
    json_object_set_new(slots, name, json_stringn(text.data, text.len));
}

void slots_buf(json_t *slots, const char *name, struct buf *text)
{
    slots_text(slots, name, buf_str(text));
    buf_release(text);
}

void slots_hex(json_t *slots, const char *name, const uint8_t *bytes, size_t len)
{
    json_object_set_new(slots, name, json_string(hex_of(bytes, len).text));
}

void slots_time(json_t *slots, const char *name, const struct manifest_language *language,
                int64_t time)
{
    struct buf text = BUF_INIT;

    format_time(language, time, &text);
    slots_buf(slots, name, &text);
}

void slots_day(json_t *slots, const char *name, const struct manifest_language *language,
               const char *day)
{
    struct buf text = BUF_INIT;

    format_day(language, day, &text);
    slots_buf(slots, name, &text);
}

void slots_version(json_t *slots, const char *name, const struct manifest_language *language,
                   const char *revision)
{
    struct buf text = BUF_INIT;

    format_version(language, revision, &text);
    slots_buf(slots, name, &text);
}

void slots_instant(json_t *slots, const char *name, int64_t time)
{
    char text[INSTANT_SIZE];

    instant_write(time, text);
    json_object_set_new(slots, name, json_string(text));
}

json_t *slots_answer(int answer)
{
    return json_pack("{s:b, s:b, s:b, s:b, s:b}", "given", answer == ANSWER_GIVEN, "refused",
                     answer == ANSWER_REFUSED, "objected", answer == ANSWER_OBJECTED,
                     "answer_withdrawn", answer == ANSWER_WITHDRAWN, "open", answer < 0);
}
