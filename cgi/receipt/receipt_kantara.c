#include "receipt_kantara.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "site/offer.h"

struct yes {
    const struct manifest_question *question;
    const struct manifest_wording *wording;
};

/* What DPV 2.0 has below SpecialCategoryPersonalData (GDPR article 9), and what tells of crimes
 * (GDPR article 10; Act on the Protection of Personal Information, article 2(3)). */
static const char *const sensitive[] = {
    "Biometric",
    "BloodType",
    "Criminal",
    "CriminalCharge",
    "CriminalConviction",
    "CriminalOffense",
    "CriminalPardon",
    "DNACode",
    "Disability",
    "DrugTestResult",
    "EthnicOrigin",
    "Ethnicity",
    "FacialPrint",
    "FamilyHealthHistory",
    "Fetish",
    "Fingerprint",
    "Genetic",
    "Health",
    "HealthHistory",
    "HealthRecord",
    "IndividualHealthHistory",
    "MedicalHealth",
    "MentalHealth",
    "PhilosophicalBelief",
    "PhysicalHealth",
    "PoliticalAffiliation",
    "PoliticalOpinion",
    "Prescription",
    "Proclivity",
    "Race",
    "Religion",
    "ReligiousBelief",
    "Retina",
    "Sexual",
    "SexualHistory",
    "SexualPreference",
    "TradeUnionMembership",
};

static bool is_sensitive(const char *term)
{
    for (size_t i = 0; i < sizeof sensitive / sizeof *sensitive; i++)
        if (strcmp(sensitive[i], term) == 0)
            return true;
    return false;
}

static void set_text(json_t *object, const char *key, char *text /* taken over */)
{
    json_object_set_new(object, key, json_string(text));
    free(text);
}

/* false: the site does not state what is required of a controller. */
static bool add_controller(const struct manifest_controller *controller, json_t *controllers)
{
    if (!controller->address || !controller->email || !controller->phone)
        return false;
    return json_array_append_new(controllers,
                                 json_pack("{s:s, s:s, s:{s:s}, s:s, s:s}", "piiController",
                                           controller->name, "contact", controller->name, "address",
                                           "streetAddress", controller->address, "email",
                                           controller->email, "phone", controller->phone)) == 0;
}

static json_t *purpose_json(const struct receipt *receipt, const struct manifest *manifest,
                            const struct yes *yes, json_t *special)
{
    json_t *categories = json_array(), *purpose;

    for (size_t i = 0; i < yes->question->personal_data_count; i++) {
        const char *term = yes->question->personal_data[i];

        json_array_append_new(categories, json_string(term));
        if (is_sensitive(term))
            json_array_append_new(special, json_string(term));
    }
    purpose = json_pack("{s:s, s:s, s:[], s:o, s:b}", "purpose", yes->wording->label, "consentType",
                        "EXPLICIT", "purposeCategory", "piiCategory", categories,
                        "thirdPartyDisclosure", yes->wording->recipient != NULL);
    set_text(purpose, "termination",
             mem_printf("%s/%s/choices/", manifest->base_url, receipt->view.act.language));
    if (yes->wording->recipient)
        json_object_set_new(purpose, "thirdPartyName", json_string(yes->wording->recipient));
    return purpose;
}

/* false: the site does not state what is required of a purpose; or no yes counts yet. */
static bool add_purposes(const struct receipt *receipt, const struct manifest *manifest,
                         int64_t now, json_t *purposes, json_t *special)
{
    struct receipt_text found = receipt_find_text(manifest, &receipt->view.act);
    const struct act *act = &receipt->view.act;

    for (size_t i = 0; found.text && i < act->answer_count; i++) {
        struct yes yes;
        size_t index;

        if (act->answers[i].answer != ANSWER_GIVEN ||
            receipt_start(manifest, &receipt->view, i).instant > now)
            continue;
        yes.question = offer_question(found.revision, act->answers[i].question, &index);
        if (!yes.question || !yes.question->personal_data_count)
            return false;
        yes.wording = &found.text->wordings[index];
        json_array_append_new(purposes, purpose_json(receipt, manifest, &yes, special));
    }
    return json_array_size(purposes) > 0;
}

static bool add_controllers(const struct manifest *manifest, json_t *controllers)
{
    for (size_t i = 0; i < manifest->controller_count; i++)
        if (!add_controller(&manifest->controllers[i], controllers))
            return false;
    return manifest->controller_count > 0;
}

static char *jurisdictions(const struct manifest *manifest)
{
    struct buf text = BUF_INIT;

    for (size_t i = 0; i < manifest->jurisdiction_count; i++)
        buf_addf(&text, "%s%s", i ? ", " : "", manifest->jurisdiction[i]);
    return buf_detach(&text);
}

json_t *receipt_kantara(const struct receipt *receipt, const struct manifest *manifest, int64_t now)
{
    const struct act *act = &receipt->view.act;
    json_t *controllers = json_array(), *purposes = json_array(), *special = json_array(), *json;
    bool ok = manifest->jurisdiction_count > 0 && add_controllers(manifest, controllers) &&
              add_purposes(receipt, manifest, now, purposes, special);

    json = json_pack(
        "{s:s, s:I, s:s, s:s, s:s%, s:s, s:s, s:o, s:[{s:s, s:o}], s:b, s:o}", "version",
        "KI-CR-v1.1.0", "consentTimestamp", (json_int_t)receipt->view.seconds, "collectionMethod",
        "web form", "consentReceiptID", receipt->view.id, "publicKey", receipt->key.data,
        receipt->key.len, "language", act->language, "piiPrincipalId", receipt->view.principal,
        "piiControllers", controllers, "services", "service", manifest->base_url, "purposes",
        purposes, "sensitive", json_array_size(special) > 0, "spiCat", special);
    set_text(json, "jurisdiction", jurisdictions(manifest));
    set_text(json, "policyUrl",
             mem_printf("%s/%s/%s/%s/", manifest->base_url, act->language, act->document,
                        act->revision));
    if (ok)
        return json;
    json_decref(json);
    return NULL;
}
