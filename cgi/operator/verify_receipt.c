#include "verify_receipt.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/plain.h"
#include "base/validate.h"
#include "layout.h"
#include "verify_receipt_private.h"

enum { COLUMN = 12 };

static int fail(int status, const char *what, const char *why)
{
    fprintf(stderr, "teade-records: %s: %s\n", what, why);
    return status;
}

/* Words of a stranger's file go to a terminal: they are shown only if they are words. */
static void say(const char *label, struct str text)
{
    struct buf out = BUF_INIT;

    layout_add(&out, 0, label, COLUMN, lex_is_plain(text) ? text : str_of("(cannot be shown)"));
    fputs(out.data, stdout);
    buf_release(&out);
}

static void say_fault(void *context, const char *what)
{
    (void)context;
    say("WRONG", str_of(what));
}

static void say_formatted(const char *label, struct buf *text)
{
    say(label, buf_str(text));
    buf_release(text);
}

static void say_answers(const struct receipt_verdict *verdict)
{
    const struct act *act = &verdict->view.act;

    for (size_t i = 0; i < act->answer_count; i++) {
        const struct text_question *asked =
            questions_find(&verdict->asked, act->answers[i].question);
        struct buf text = BUF_INIT;

        buf_addf(&text, "%s: %s (legal basis: %s)", act->answers[i].question,
                 answer_names[act->answers[i].answer], verdict->view.basis[i]);
        say_formatted("Answer", &text);
        say("", str_of(asked ? asked->words : "(the text does not ask it)"));
        if (asked && *asked->recipient)
            say("", str_of(asked->recipient));
    }
}

static void say_record(const struct receipt_verdict *verdict)
{
    const struct act *act = &verdict->view.act;
    struct buf text = BUF_INIT;

    say("Record", str_of(verdict->view.id));
    say("Time", str_of(verdict->view.time));
    say("Kind", str_of(act_names[act->kind]));
    buf_addf(&text, "%s, version %s, language %s", act->document, act->revision, act->language);
    say_formatted("Text", &text);
    say_answers(verdict);
    if (act->gpc)
        say("Browser", str_of("asked not to be sold or shared (Global Privacy Control)"));
}

static void say_log(const struct receipt_verdict *verdict)
{
    struct buf text = BUF_INIT;

    buf_addf(&text, "entry %" PRIu64 " of the log %s, in its signed checkpoint of %s",
             verdict->index, verdict->key.name,
             number_of((long long)verdict->head.size, "entry", "entries").text);
    say_formatted("Log", &text);
}

/* On a line of its own, however long: it is to be copied.  Its name can be any text. */
static void say_key(const struct receipt_verdict *verdict, bool given)
{
    struct buf text = BUF_INIT, plain = BUF_INIT;

    note_key_add(&verdict->key, &text);
    plain_add(&plain, buf_str(&text));
    printf("%-*s%s\n", COLUMN, "Key", plain.data);
    buf_release(&plain);
    buf_release(&text);
    say("", str_of(given ? "It was given."
                         : "It was taken from the receipt itself: the proof is only as "
                           "trustworthy as the file. Compare the key with one that the log's "
                           "operator published, and give that by --key."));
}

static void say_proved(const struct receipt_verdict *verdict)
{
    static const char choice[] =
        "Against the operator whose key this is: whoever holds this receipt, or the "
        "browser it was shown in, made this choice on this text. The record was in the log when "
        "its checkpoint was signed, and cannot have been changed since.";
    static const char seen[] =
        "Against the operator whose key this is: whoever holds this receipt, or the "
        "browser it was shown in, said that they had seen the notice about this text: that is not "
        "consent. The record was in the log when its checkpoint was signed, and cannot have been "
        "changed since.";

    say("Proved", str_of(verdict->view.act.kind == ACT_ACKNOWLEDGEMENT ? seen : choice));
}

/* Nothing vouches for what the site stated of itself on the day, but where the text names it. */

static bool has_key(const json_t *json, const char *name)
{
    const char *key;
    json_t *value;
    size_t i;

    if (json_object_get(json, name))
        return true;
    json_object_foreach((json_t *)json, key, value) if (has_key(value, name)) return true;
    json_array_foreach(json, i, value) if (has_key(value, name)) return true;
    return false;
}

bool receipt_is_unproved(const struct receipt_verdict *verdict, const char *name)
{
    const struct receipt_compared *compared = &verdict->compared;
    bool is_compared = strcmp(name, "pii_controllers") == 0
                           ? compared->controllers
                           : strcmp(name, "party_identification") == 0 && compared->controllers &&
                                 compared->recipients;

    return has_key(verdict->json, name) && !is_compared;
}

static void say_not_proved(const struct receipt_verdict *verdict)
{
    struct buf text = BUF_INIT;

    for (size_t i = 0; receipt_stated[i].name; i++)
        if (receipt_is_unproved(verdict, receipt_stated[i].name))
            buf_addf(&text, "%s%s", text.len ? ", " : "", receipt_stated[i].name);
    if (text.len)
        buf_adds(&text, ": what the site stated of itself when the receipt was shown. ");
    if (receipt_is_unproved(verdict, "withdraw_code"))
        buf_adds(&text, "withdraw_code. ");
    buf_adds(&text,
             "Who it was. Anything against a visitor if only the operator brings the file: whoever "
             "has the operator's key and database can make one. That the time is right: it is the "
             "operator's clock's. Whether the answer is still valid: it may have been changed or "
             "withdrawn since.");
    say_formatted("Not proved", &text);
}

struct trusted {
    struct note_key *keys;
    size_t count;
};

/* A line each, as `teade-records checkpoint --keys` prints them. */
static bool parse_keys(struct str text, struct trusted *trusted)
{
    for (struct str line; lex_cut(&text, '\n', &line); trusted->count++) {
        trusted->keys = mem_grow(trusted->keys, trusted->count, sizeof *trusted->keys);
        if (!note_key_parse(&trusted->keys[trusted->count], str_trim(line)))
            return false;
    }
    return true;
}

static bool read_keys(const struct records_receipt_options *options, struct trusted *trusted)
{
    struct buf text = BUF_INIT;
    bool ok = true;

    if (options->key)
        buf_adds(&text, options->key);
    else if (options->key_file)
        ok = file_read(options->key_file, &text);
    else
        return true;
    if (!ok)
        fail(0, options->key_file, strerror(errno));
    else if (!parse_keys(str_trim(buf_str(&text)), trusted)) {
        fail(0, options->key ? "--key" : options->key_file, "not a key: NAME+ID+BASE64");
        ok = false;
    }
    buf_release(&text);
    return ok;
}

/* First what it is worth, then what it says. */
static void report(const struct receipt_verdict *verdict, bool given)
{
    if (verdict->faults) {
        say("Proved", str_of("Nothing: the receipt is not what it was, or never was one."));
        if (verdict->json)
            say("Unproved", str_of("All that follows: it is what the file says, and no more."));
    } else {
        say_proved(verdict);
        say_not_proved(verdict);
    }
    if (verdict->has_view)
        say_record(verdict);
    if (verdict->has_head)
        say_log(verdict);
    if (*verdict->key.name)
        say_key(verdict, given);
}

static void add_fault(void *context, const char *what)
{
    json_array_append_new(context, json_string(what));
}

static void judge(struct str bytes, const struct trusted *trusted, bool json,
                  struct receipt_verdict *verdict)
{
    json_t *faults = json_array();

    receipt_verify(bytes, trusted->keys, trusted->count, json ? add_fault : say_fault, faults,
                   verdict);
    if (json)
        receipt_print_json(verdict, trusted->count, faults);
    else
        report(verdict, trusted->count);
    json_decref(faults);
}

static int verify(const char *file, const struct trusted *trusted, bool json)
{
    struct receipt_verdict verdict;
    struct buf bytes = BUF_INIT;
    int status;

    if (file_read(file, &bytes)) {
        judge(buf_str(&bytes), trusted, json, &verdict);
        status = verdict.faults ? EXIT_FAILURE : EX_OK;
        receipt_verdict_release(&verdict);
    } else {
        status = fail(EX_NOINPUT, file, strerror(errno));
    }
    buf_release(&bytes);
    return status;
}

int records_verify_receipt(const char *file, const struct records_receipt_options *options,
                           bool json)
{
    struct trusted trusted = {0};
    int status = read_keys(options, &trusted) ? verify(file, &trusted, json) : EX_USAGE;

    free(trusted.keys);
    return status;
}
