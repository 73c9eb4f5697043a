/* The operator records that a visitor's data went to a third party. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/hex.h"
#include "base/instant.h"
#include "base/plain.h"
#include "commands.h"
#include "keeper/control.h"
#include "keeper/disclosure_request.h"
#include "say.h"
#include "site/bundle.h"
#include "subject.h"
#include "wire/wire.h"

enum { PATIENCE = 60 /* seconds to wait for the keeper */ };

/* The request. */

static bool take_id(const char *name, const char *value, char *to, size_t size, struct buf *why)
{
    if (value && strlen(value) >= size) {
        buf_addf(why, "\"%.40s…\" is too long for --%s", value, name);
        return false;
    }
    snprintf(to, size, "%s", value ? value : "");
    return true;
}

static void name_grounds(struct buf *why)
{
    buf_adds(why, "; the ground is one of:");
    for (int i = 0; i < GROUND_COUNT; i++)
        buf_addf(why, "%s %s", i ? "," : "", provision_grounds[i]);
}

/* One that is not named is missing, which is said with all the rest that is. */
static bool take_ground(const char *name, struct provide *asked, struct buf *why)
{
    asked->provision.ground = name ? provision_ground_named(name) : GROUND_COUNT;
    if (!name || asked->provision.ground != GROUND_COUNT)
        return true;
    buf_addf(why, "--ground: \"%s\" is unknown", name);
    name_grounds(why);
    return false;
}

static bool take_words(const char *const words[PROVISION_WORDS], struct provide *asked,
                       struct buf *why)
{
    for (size_t i = 0; i < PROVISION_WORDS; i++)
        if (words[i] && !provision_set(&asked->provision, &provision_words[i], str_of(words[i]))) {
            buf_addf(why, "--%s is more than %zu bytes, or not plain text on one line",
                     provision_words[i].name, provision_words[i].size - 1);
            return false;
        }
    return true;
}

static bool is_complete(const struct provide *asked, struct buf *why)
{
    const char *lacks[PROVISION_WORDS + 2];
    size_t count = 0;

    if (asked->provision.ground == GROUND_COUNT)
        lacks[count++] = "ground";
    if (provide_lacks_recipient(asked))
        lacks[count++] = "recipient";
    for (size_t i = 0; i < PROVISION_WORDS; i++)
        if (provide_lacks_word(asked, i))
            lacks[count++] = provision_words[i].name;
    for (size_t i = 0; i < count; i++)
        buf_addf(why, "%s--%s", !i ? "" : i + 1 < count ? ", " : " and ", lacks[i]);
    if (count)
        buf_adds(why, count > 1 ? " are missing" : " is missing");
    if (asked->provision.ground == GROUND_COUNT)
        name_grounds(why);
    return !count;
}

static bool make_request(const struct provision_options *options, struct provide *asked,
                         struct buf *why)
{
    *asked = (struct provide){.document = ""};
    if (options->recipient &&
        !provision_set_recipient(&asked->provision, str_of(options->recipient))) {
        buf_addf(why, "--recipient: \"%s\" cannot be an ID", options->recipient);
        return false;
    }
    return take_ground(options->ground, asked, why) &&
           take_id("document", options->document, asked->document, sizeof asked->document, why) &&
           take_id("purpose", options->purpose, asked->purpose, sizeof asked->purpose, why) &&
           take_words(options->words, asked, why) && is_complete(asked, why);
}

/* The answer. */

static int refuse(const struct provide *asked, const struct provided *provided)
{
    struct buf why = BUF_INIT;

    buf_adds(&why, "not recorded, as consent does not allow it: ");
    permit_tell(&provided->told, asked->provision.recipient.id, &why);
    say_reason(EXIT_FAILURE, &why);
    buf_release(&why);
    return EXIT_FAILURE;
}

/* Nobody but the operator can say whether items in their words are those that were agreed to. */
static void add_cover(struct buf *out, const struct permit_told *told)
{
    buf_addf(out, "\nThe consent covers: %.*s (%.*s): %.*s\n", (int)told->name.len, told->name.data,
             (int)told->country.len, told->country.data, (int)told->data.len, told->data.data);
    buf_addf(out,
             "This is the text that the visitor answered (%.*s). The name was compared with it; "
             "check yourself that the address and the data match it.",
             (int)told->language.len, told->language.data);
}

/* The ID goes to stdout, for programs; what it is the ID of is said on stderr. */
static int confirm(const struct provide *asked, const struct provided *provided)
{
    const struct provision *provision = &asked->provision;
    const struct permit_told *told = &provided->told;
    char time[INSTANT_SIZE], until[INSTANT_SIZE];
    struct buf text = BUF_INIT;

    puts(hex_of(provided->id, sizeof provided->id).text);
    instant_write(provided->time, time);
    instant_write(provision_kept_until(provided->time), until);
    buf_adds(&text, "recorded: \"");
    plain_add(&text, str_of(provision->data));
    buf_adds(&text, "\" was disclosed to ");
    plain_add(&text, *provision->recipient.name ? str_of(provision->recipient.name) : told->name);
    buf_adds(&text, ", ");
    plain_add(&text, str_of(provision->recipient.address));
    buf_addf(&text, "; ground: %s; recorded at %s, kept until %s",
             provision_grounds[provision->ground], time, until);
    if (provision->ground == GROUND_CONSENT)
        add_cover(&text, told);
    say("%s", text.data);
    buf_release(&text);
    return EX_OK;
}

static int tell(const struct provide *asked, const struct provided *provided, const char *why)
{
    switch (provided->result) {
    case ACT_DONE:
        return confirm(asked, provided);
    case ACT_NOTHING:
        return refuse(asked, provided);
    case ACT_NO_TEXT:
        return say_failure(
            EXIT_FAILURE,
            "not recorded: the text that the visitor answered does not name the recipient "
            "in at most 256 bytes on one line; publish a version that does");
    case ACT_STRANGER:
        return say_failure(EXIT_FAILURE,
                           "not recorded: the visitor's records have just been deleted");
    default:
        return say_failure(EX_IOERR, "%s", why);
    }
}

/* Where no endpoint runs. */
static void enter(struct store *store, const struct manifest *manifest, int64_t now,
                  const struct provide *asked, struct provided *provided)
{
    *provided = (struct provided){.result = ACT_UNAVAILABLE};
    if (!store_begin(store))
        return;
    provide(store, manifest, now, asked, provided);
    if (provided->result != ACT_DONE)
        store_rollback(store);
    else if (!store_commit(store))
        provided->result = ACT_UNAVAILABLE;
}

static int enter_here(struct store *store, const char *site, int64_t now,
                      const struct provide *asked)
{
    struct bundle bundle = {0};
    struct buf why = BUF_INIT;
    struct provided provided;
    int status;

    if (!site && asked->provision.ground == GROUND_CONSENT) {
        status =
            say_failure(EXIT_FAILURE, "not recorded: consent is checked against the site; name "
                                      "the site with --site DIR, or start the endpoint");
    } else if (site && !bundle_load(&bundle, site, &why)) {
        status = say_reason(EX_NOINPUT, &why);
    } else {
        enter(store, site ? &bundle.manifest : NULL, now, asked, &provided);
        status = tell(asked, &provided, store_why(store));
    }
    bundle_release(&bundle);
    buf_release(&why);
    return status;
}

/* The keeper judges by the site that it has, and by its own clock. */
static int enter_by_keeper(struct keeper_client *keeper, const struct provide *asked)
{
    struct buf fields = BUF_INIT;
    struct wire_reader reply;
    struct provided provided;
    bool answered;

    provide_put(&fields, asked);
    answered = keeper_ask(keeper, WIRE_PROVIDE, buf_str(&fields), PATIENCE, &reply);
    buf_release(&fields);
    if (!answered)
        return say_failure(EX_TEMPFAIL,
                           "the endpoint did not answer; before you try again, check with "
                           "`teade-records dossier` whether the disclosure was recorded");
    if (!provided_take(&reply, &provided) || !wire_done(&reply))
        return say_failure(EX_PROTOCOL, "the running endpoint is a different version");
    return tell(asked, &provided, "the endpoint could not record it; see its log");
}

static int enter_request(const char *database, const char *site, int64_t now,
                         const struct provide *asked)
{
    struct control control;
    struct buf why = BUF_INIT;
    int status;

    if (!control_open(&control, database, &why))
        status = say_reason(EX_UNAVAILABLE, &why);
    else if (control.keeper)
        status = enter_by_keeper(control.keeper, asked);
    else
        status = enter_here(control.store, site, now, asked);
    control_close(&control);
    buf_release(&why);
    return status;
}

int command_provision(const struct options *options)
{
    struct subject subject;
    struct store *store;
    struct provide asked;
    struct buf why = BUF_INIT;
    int status = EX_USAGE;

    if (!make_request(&options->provision, &asked, &why)) {
        options_misuse(options, "%s", why.data);
    } else if ((store = subject_open(options, true, &subject, &status))) {
        store_close(store);
        memcpy(asked.visitor, subject.visitor, sizeof asked.visitor);
        status = enter_request(options->database, options->site, options->now, &asked);
    }
    buf_release(&why);
    return status;
}
