#include "anchor.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/mem.h"
#include "base/utf8.h"

struct utf16 {
    UChar *text;
    int32_t len;
};

static struct utf16 utf16_of(struct str text)
{
    /* No text takes more units in UTF-16 than bytes in UTF-8. */
    struct utf16 wide = {mem_alloc((text.len + 1) * sizeof(UChar)), 0};
    UErrorCode status = U_ZERO_ERROR;

    u_strFromUTF8WithSub(wide.text, (int32_t)text.len + 1, &wide.len, text.data, (int32_t)text.len,
                         0xfffd, NULL, &status);
    assert(U_SUCCESS(status));
    return wide;
}

/* Takes the text over and gives its normal form. */
static struct utf16 normalized(struct utf16 text, const UNormalizer2 *form)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t size = unorm2_normalize(form, text.text, text.len, NULL, 0, &status) + 1;
    struct utf16 out = {mem_alloc((size_t)size * sizeof(UChar)), 0};

    status = U_ZERO_ERROR;
    out.len = unorm2_normalize(form, text.text, text.len, out.text, size, &status);
    assert(U_SUCCESS(status));
    free(text.text);
    return out;
}

/* The accents of Latin letters; the voicing marks of kana are none. */
static struct utf16 without_accents(struct utf16 text)
{
    int32_t len = 0;

    for (int32_t i = 0; i < text.len; i++)
        if (text.text[i] < 0x300 || text.text[i] > 0x36f)
            text.text[len++] = text.text[i];
    text.len = len;
    return text;
}

/* With the marks that some scripts write vowels with. */
static bool is_letter(UChar32 c)
{
    return u_hasBinaryProperty(c, UCHAR_ALPHABETIC);
}

/* Takes the text over. */
static void add_utf8(struct utf16 text, struct buf *out)
{
    size_t size = (size_t)text.len * 3 + 1;
    char *bytes = mem_alloc(size);
    UErrorCode status = U_ZERO_ERROR;

    u_strToUTF8(bytes, (int32_t)size, NULL, text.text, text.len, &status);
    assert(U_SUCCESS(status));
    buf_adds(out, bytes);
    free(bytes);
    free(text.text);
}

void anchor_of(struct str words, struct buf *out)
{
    UErrorCode status = U_ZERO_ERROR;
    struct utf16 wide = normalized(utf16_of(words), unorm2_getNFKDInstance(&status));
    struct buf text = BUF_INIT;
    struct str rest;
    bool between = false;

    add_utf8(normalized(without_accents(wide), unorm2_getNFCInstance(&status)), &text);
    assert(U_SUCCESS(status));
    for (rest = buf_str(&text); rest.len;) {
        int32_t c = utf8_next(&rest);

        if (!u_isdigit(c) && !is_letter(c)) {
            between = out->len > 0;
            continue;
        }
        if (between)
            buf_addc(out, '-');
        between = false;
        utf8_add(out, u_tolower(c));
    }
    buf_release(&text);
}

bool anchor_is_taken(const char *id)
{
    static const char *const whole[] = {"main", "choices", "choices-title", "notice"};
    static const char *const beginnings[] = {"about-", "label-"};

    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        if (strcmp(whole[i], id) == 0)
            return true;
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (strncmp(beginnings[i], id, strlen(beginnings[i])) == 0)
            return true;
    return false;
}
