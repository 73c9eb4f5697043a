/* What a receipt proves and what it does not, and how whoever holds one can check it without us.
 * tests/programs/proof.sh enters the commands as they stand in the template. */
#include "base/mem.h"
#include "page_private.h"

bool page_proof(struct emission *emission, size_t language)
{
    const struct edition *edition = emission->edition;
    json_t *slots = page_slots(emission, language, "proof/");

    slot_text(slots, "log", mem_printf("%s/choices/log", edition->base_url));
    json_object_set_new(slots, "controllers", text_controllers(&edition->site));
    return page_emit(emission, language, "proof.html", slots, "proof/");
}
