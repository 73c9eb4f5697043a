/* What a stranger types for a withdrawal code: what is one is written and read as the same. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "record/code.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct str typed = {(const char *)bytes, size};
    char text[CODE_TEXT + 1];
    struct code code, again;

    if (!code_read(&code, typed))
        return 0;
    assert(size >= 20 && code.index >> CODE_INDEX_BITS == 0);
    code_write(&code, text);
    assert(strlen(text) == CODE_TEXT && code_read(&again, str_of(text)));
    assert(again.index == code.index && memcmp(again.tag, code.tag, CODE_TAG) == 0);
    return 0;
}
