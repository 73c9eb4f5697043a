/* Listings.  A reply holds as many items as fit: whether the visitor is known (1 byte), whether
 * there are more items (1), how many are here (2), and the items. */
#include <stdlib.h>

#include "ask_private.h"
#include "base/mem.h"

struct page {
    bool known, more;
    size_t count;
    struct wire_reader reply; /* at the first item */
};

/* `from`, a number of `bytes` bytes, says with which item to begin. */
static bool ask_page(struct keeper_client *keeper, enum wire_kind kind, const uint8_t *visitor,
                     uint64_t from, size_t bytes, struct page *page)
{
    struct buf fields = BUF_INIT;

    buf_add(&fields, visitor, ACT_VISITOR);
    wire_put_number(&fields, from, bytes);
    if (!ask_keeper(keeper, kind, &fields, &page->reply))
        return false;
    page->known = wire_take_number(&page->reply, 1);
    page->more = wire_take_number(&page->reply, 1);
    page->count = wire_take_number(&page->reply, 2);
    page->more = page->more && page->count;
    return !page->reply.bad;
}

/* Skips all answers. */
bool ask_is_known(struct keeper_client *keeper, const uint8_t visitor[ACT_VISITOR], bool *known)
{
    struct page page = {.known = false};
    bool answered = ask_page(keeper, WIRE_STANDING, visitor, UINT32_MAX, 4, &page);

    *known = answered && page.known;
    return answered;
}

bool ask_standings(struct keeper_client *keeper, const uint8_t visitor[ACT_VISITOR],
                   struct standings *standings)
{
    struct page page;

    *standings = (struct standings){.known = false};
    do {
        if (!ask_page(keeper, WIRE_STANDING, visitor, standings->count, 4, &page))
            return false;
        standings->known = page.known;
        for (size_t i = 0; i < page.count && !page.reply.bad; i++) {
            standings->items =
                mem_grow(standings->items, standings->count, sizeof *standings->items);
            wire_take_standing(&page.reply, &standings->items[standings->count++]);
        }
        if (!wire_done(&page.reply))
            return false;
    } while (page.more);
    return true;
}

void standings_release(struct standings *standings)
{
    free(standings->items);
    *standings = (struct standings){.known = false};
}

static bool read_record(struct wire_reader *reply, struct ask_record *record)
{
    size_t questions;

    *record = (struct ask_record){.index = (int64_t)wire_take_number(reply, 8)};
    record->canonical = wire_take_text(reply);
    wire_take_bytes(reply, record->salt, sizeof record->salt);
    record->title = wire_take_text(reply);
    questions = wire_take_number(reply, 1);
    if (!record_parse(record->canonical, &record->view) ||
        questions != record->view.act.answer_count)
        reply->bad = true;
    for (size_t i = 0; i < questions && !reply->bad; i++) {
        record->asked[i].label = wire_take_text(reply);
        record->asked[i].recipient = wire_take_text(reply);
    }
    return !reply->bad;
}

bool ask_records(struct keeper_client *keeper, const uint8_t visitor[ACT_VISITOR], int64_t *before,
                 take_record *take, void *context)
{
    bool goes_on = true;
    struct page page;

    do {
        size_t taken = 0;

        if (!ask_page(keeper, WIRE_RECORDS, visitor, (uint64_t)*before, 8, &page))
            return false;
        for (; taken < page.count && goes_on; taken++) {
            struct ask_record record;

            if (!read_record(&page.reply, &record))
                return false;
            goes_on = take(context, &record);
            *before = record.index;
        }
        if (taken == page.count && !wire_done(&page.reply))
            return false;
        page.more = taken < page.count || (page.more && *before > 0);
    } while (page.more && goes_on);
    *before = page.more ? *before : 0;
    return true;
}

static bool read_disclosure(struct wire_reader *reply, struct ask_disclosure *disclosure)
{
    disclosure->index = (int64_t)wire_take_number(reply, 8);
    disclosure->canonical = wire_take_text(reply);
    wire_take_bytes(reply, disclosure->salt, sizeof disclosure->salt);
    return !reply->bad && provision_parse(&disclosure->view, disclosure->canonical);
}

bool ask_disclosures(struct keeper_client *keeper, const uint8_t visitor[ACT_VISITOR],
                     take_disclosure *take, void *context)
{
    struct page page;
    size_t taken = 0;

    do {
        if (!ask_page(keeper, WIRE_PROVISIONS, visitor, taken, 4, &page))
            return false;
        for (size_t i = 0; i < page.count; i++, taken++) {
            struct ask_disclosure disclosure;

            if (!read_disclosure(&page.reply, &disclosure))
                return false;
            take(context, &disclosure);
        }
        if (!wire_done(&page.reply))
            return false;
    } while (page.more);
    return true;
}
