/* Stored bytes as a record: taken if they are one as jansson and its second writing have it, and
 * only then; what was read is what would be written. */
#include <assert.h>
#include <sodium.h>
#include <stdint.h>
#include <string.h>

#include "../unit/fixtures/record_oracle.h"

static void check_view(const struct record_view *view, struct str bytes)
{
    struct record record = {.time = view->seconds, .act = &view->act};
    struct buf again = BUF_INIT;

    memcpy(record.basis, view->basis, sizeof record.basis);
    sodium_hex2bin(record.id, sizeof record.id, view->id, strlen(view->id), NULL, NULL, NULL);
    sodium_hex2bin(record.principal, sizeof record.principal, view->principal,
                   strlen(view->principal), NULL, NULL, NULL);
    record_canonical(&record, &again);
    assert(str_equal(buf_str(&again), bytes));
    buf_release(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct str text = {(const char *)bytes, size};
    struct record_view view;
    bool taken = record_parse(text, &view);

    assert(taken == oracle_is_record(text));
    if (taken)
        check_view(&view, text);
    return 0;
}
