#include "wire.h"

#include <assert.h>
#include <string.h>

uint64_t wire_take_number(struct wire_reader *reader, size_t bytes)
{
    uint64_t number = 0;

    if (reader->bad || reader->rest.len < bytes) {
        reader->bad = true;
        return 0;
    }
    for (size_t i = 0; i < bytes; i++)
        number = number << 8 | (unsigned char)reader->rest.data[i];
    reader->rest.data += bytes;
    reader->rest.len -= bytes;
    return number;
}

void wire_take_bytes(struct wire_reader *reader, void *to, size_t len)
{
    if (reader->bad || reader->rest.len < len) {
        reader->bad = true;
        memset(to, 0, len);
        return;
    }
    memcpy(to, reader->rest.data, len);
    reader->rest.data += len;
    reader->rest.len -= len;
}

struct str wire_take_text(struct wire_reader *reader)
{
    size_t len = wire_take_number(reader, 2);
    struct str text = {reader->rest.data, len};

    if (reader->bad || reader->rest.len < len) {
        reader->bad = true;
        return (struct str){"", 0};
    }
    reader->rest.data += len;
    reader->rest.len -= len;
    return text;
}

void wire_take_name(struct wire_reader *reader, char *to, size_t size)
{
    struct str text = wire_take_text(reader);

    memset(to, 0, size);
    if (text.len >= size || (text.len && memchr(text.data, '\0', text.len)))
        reader->bad = true;
    else if (text.len)
        memcpy(to, text.data, text.len);
}

bool wire_done(const struct wire_reader *reader)
{
    return !reader->bad && reader->rest.len == 0;
}

void wire_put_number(struct buf *out, uint64_t number, size_t bytes)
{
    for (size_t i = bytes; i-- > 0;)
        buf_addc(out, (char)(number >> (8 * i) & 0xff));
}

void wire_put_text(struct buf *out, struct str text)
{
    assert(text.len <= UINT16_MAX);
    wire_put_number(out, text.len, 2);
    buf_addstr(out, text);
}

void wire_put_header(struct buf *out, struct wire_header header)
{
    wire_put_number(out, WIRE_VERSION, 1);
    wire_put_number(out, header.kind, 1);
    wire_put_number(out, header.sequence, 8);
}

bool wire_take_header(struct wire_reader *reader, struct wire_header *header)
{
    uint64_t version = wire_take_number(reader, 1), kind = wire_take_number(reader, 1);

    header->sequence = wire_take_number(reader, 8);
    if (version != WIRE_VERSION || kind >= WIRE_KIND_COUNT)
        reader->bad = true;
    header->kind = (enum wire_kind)kind;
    return !reader->bad;
}

/* A number that is an index into a table of `count`. */
static unsigned take_choice(struct wire_reader *reader, unsigned count)
{
    uint64_t number = wire_take_number(reader, 1);

    if (number >= count) {
        reader->bad = true;
        return 0;
    }
    return (unsigned)number;
}

void wire_put_act(struct buf *out, const struct act *act)
{
    wire_put_number(out, act->kind, 1);
    buf_add(out, act->visitor, sizeof act->visitor);
    wire_put_number(out, act->fresh, 1);
    wire_put_number(out, act->gpc, 1);
    wire_put_text(out, str_of(act->document));
    wire_put_text(out, str_of(act->revision));
    wire_put_text(out, str_of(act->language));
    buf_add(out, act->digest, sizeof act->digest);
    wire_put_number(out, act->answer_count, 1);
    for (size_t i = 0; i < act->answer_count; i++) {
        wire_put_text(out, str_of(act->answers[i].question));
        wire_put_number(out, act->answers[i].answer, 1);
    }
}

void wire_take_act(struct wire_reader *reader, struct act *act)
{
    *act = (struct act){.kind = (enum act_kind)take_choice(reader, ACT_WITHDRAWAL + 1)};
    wire_take_bytes(reader, act->visitor, sizeof act->visitor);
    act->fresh = take_choice(reader, 2);
    act->gpc = take_choice(reader, 2);
    wire_take_name(reader, act->document, sizeof act->document);
    wire_take_name(reader, act->revision, sizeof act->revision);
    wire_take_name(reader, act->language, sizeof act->language);
    wire_take_bytes(reader, act->digest, sizeof act->digest);
    act->answer_count = take_choice(reader, ACT_ANSWERS_MAX + 1);
    for (size_t i = 0; i < act->answer_count; i++) {
        wire_take_name(reader, act->answers[i].question, sizeof act->answers[i].question);
        act->answers[i].answer = (enum answer)take_choice(reader, ANSWER_COUNT);
    }
}

void wire_put_standing(struct buf *out, const struct standing *standing)
{
    wire_put_text(out, str_of(standing->document));
    wire_put_text(out, str_of(standing->question));
    wire_put_number(out, standing->answer, 1);
    wire_put_number(out, (uint64_t)standing->time, 8);
    wire_put_text(out, str_of(standing->revision));
    wire_put_text(out, str_of(standing->language));
}

void wire_take_standing(struct wire_reader *reader, struct standing *standing)
{
    *standing = (struct standing){0};
    wire_take_name(reader, standing->document, sizeof standing->document);
    wire_take_name(reader, standing->question, sizeof standing->question);
    standing->answer = (enum answer)take_choice(reader, ANSWER_COUNT);
    standing->time = (int64_t)wire_take_number(reader, 8);
    wire_take_name(reader, standing->revision, sizeof standing->revision);
    wire_take_name(reader, standing->language, sizeof standing->language);
}
