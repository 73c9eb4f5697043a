/* A receipt from a stranger's hands, and the proof in it. */
#undef NDEBUG
#include <assert.h>
#include <sodium.h>

#include "receipt/receipt_proof.h"
#include "receipt/receipt_verify.h"

static void count(void *context, const char *what)
{
    assert(*what);
    ++*(size_t *)context;
}

/* What is found to be sound is signed, and its proof is written as it was read. */
static void check_receipt(struct str bytes, const struct note_key *trusted)
{
    struct receipt_verdict verdict;
    size_t told = 0;

    receipt_verify(bytes, trusted, trusted != NULL, count, &told, &verdict);
    assert(told == verdict.faults);
    if (!verdict.faults)
        assert(verdict.has_view && verdict.has_head && verdict.index < verdict.head.size);
    receipt_verdict_release(&verdict);
}

static void check_proof(struct str text)
{
    struct receipt_proof proof;
    struct buf again = BUF_INIT;

    if (receipt_proof_parse(text, &proof)) {
        receipt_proof_write(&proof, &again);
        assert(str_equal(buf_str(&again), text));
    }
    buf_release(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const uint8_t seed[NOTE_SEED];
    struct note_signer trusted;
    struct str text = {(const char *)bytes, size};

    assert(sodium_init() >= 0 &&
           note_signer_init(&trusted, str_of("kuukivi.example/choices/log"), seed));
    check_receipt(text, NULL);
    check_receipt(text, &trusted.key);
    check_proof(text);
    return 0;
}
