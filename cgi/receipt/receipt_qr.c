#include "receipt_qr.h"

#include <inttypes.h>
#include <qrencode.h>
#include <sodium.h>

enum { MARGIN = 4 /* modules */ };

static void add_hash(const uint8_t hash[MERKLE_HASH], struct buf *out)
{
    char text[sodium_base64_ENCODED_LEN(MERKLE_HASH, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];

    buf_adds(out, sodium_bin2base64(text, sizeof text, hash, MERKLE_HASH,
                                    sodium_base64_VARIANT_URLSAFE_NO_PADDING));
}

void receipt_qr_text(const struct checkpoint *head, uint64_t index,
                     const uint8_t entry[MERKLE_HASH], struct buf *out)
{
    buf_adds(out, "teade-receipt-v1 ");
    buf_addstr(out, head->origin);
    buf_addf(out, " %" PRIu64 " ", index);
    add_hash(entry, out);
    buf_addf(out, " %" PRIu64 " ", head->size);
    add_hash(head->root.bytes, out);
}

/* Each run of dark modules is a bar. */
static void add_row(const unsigned char *row, int width, int y, struct buf *path)
{
    for (int x = 0, end; x < width; x = end + 1) {
        for (end = x; end < width && row[end] & 1;)
            end++;
        if (end > x)
            buf_addf(path, "M%d %dh%dv1h-%dz", x + MARGIN, y + MARGIN, end - x, end - x);
    }
}

bool receipt_qr_path(const char *text, struct buf *path, int *side)
{
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);

    if (!code)
        return false;
    for (int y = 0; y < code->width; y++)
        add_row(code->data + y * code->width, code->width, y, path);
    *side = code->width + 2 * MARGIN;
    QRcode_free(code);
    return true;
}
