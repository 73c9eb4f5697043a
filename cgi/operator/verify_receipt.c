/* A receipt judged for anybody who has one: it needs no database.  First what it is worth, then
 * what it says, in words, or for programs:
 *
 *   faults      what is wrong; empty where it proves what it says
 *   key         the log's public key that it was compared with, key_given whether from elsewhere
 *   log         name; index of the entry; size of the checkpoint
 *   not_proved  the names of its fields that nothing vouches for
 *   proved      whether it proves anything
 *   record      what the record says: the fields of record_fields[], and answers with question,
 *               answer, basis, words, recipient */
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
#include "commands.h"
#include "layout.h"
#include "receipt/receipt.h"
#include "receipt/receipt_verify.h"
#include "record/record_fields.h"
#include "record_text.h"
#include "say.h"

enum { COLUMN = 12 };

/* Words of a stranger's file go to a terminal: they are shown only if they are words. */
static void put(const char *label, struct str text)
{
    struct buf out = BUF_INIT;

    layout_add(&out, 0, label, COLUMN,
               validate_is_plain(text) ? text : str_of("(cannot be shown)"));
    fputs(out.data, stdout);
    buf_release(&out);
}

static void put_fault(void *context, const char *what)
{
    (void)context;
    put("WRONG", str_of(what));
}

static void put_formatted(const char *label, struct buf *text)
{
    put(label, buf_str(text));
    buf_release(text);
}

/* The question of each answer, as the text has it. */
static void find_asked(const struct receipt_verdict *verdict,
                       const struct text_question *asked[ACT_ANSWERS_MAX])
{
    const struct act *act = &verdict->view.act;

    for (size_t i = 0; i < act->answer_count; i++)
        asked[i] = questions_find(&verdict->asked, act->answers[i].question);
}

static void put_record(const struct receipt_verdict *verdict)
{
    const struct text_question *asked[ACT_ANSWERS_MAX];
    struct buf text = BUF_INIT;

    find_asked(verdict, asked);
    record_text_add(&text, 0, COLUMN, &verdict->view, NULL, asked);
    fwrite(text.data, 1, text.len, stdout);
    buf_release(&text);
}

static void put_log(const struct receipt_verdict *verdict)
{
    struct buf text = BUF_INIT;

    buf_addf(&text, "index %" PRIu64 " in the log %s, covered by its signed checkpoint of %s",
             verdict->index, verdict->key.name,
             number_of((long long)verdict->head.size, "entry", "entries").text);
    put_formatted("Log", &text);
}

/* On a line of its own, however long: it is to be copied.  Its name can be any text. */
static void put_key(const struct receipt_verdict *verdict, bool given)
{
    struct buf text = BUF_INIT, plain = BUF_INIT;

    note_key_add(&verdict->key, &text);
    plain_add(&plain, buf_str(&text));
    printf("%-*s%s\n", COLUMN, "Key", plain.data);
    buf_release(&plain);
    buf_release(&text);
    put("", str_of(given ? "The key was given on the command line."
                         : "The key was taken from the receipt itself: the proof is only as "
                           "trustworthy as the file. Compare the key with one that the log's "
                           "operator published, and give that one with --key."));
}

static void put_proved(const struct receipt_verdict *verdict)
{
    static const char choice[] =
        "Against the operator whose key this is: the holder of this receipt, or the browser it was "
        "shown in, made this choice on this text. The record was in the log when its checkpoint "
        "was signed, and cannot have been changed since.";
    static const char seen[] =
        "Against the operator whose key this is: the holder of this receipt, or the browser it was "
        "shown in, confirmed having seen the notice about this text; this is not consent. The "
        "record was in the log when its checkpoint was signed, and cannot have been changed since.";

    put("Proved", str_of(verdict->view.act.kind == ACT_ACKNOWLEDGEMENT ? seen : choice));
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

static bool is_unproved(const struct receipt_verdict *verdict, const char *name)
{
    const struct receipt_compared *compared = &verdict->compared;
    bool is_compared = strcmp(name, "pii_controllers") == 0
                           ? compared->controllers
                           : strcmp(name, "party_identification") == 0 && compared->controllers &&
                                 compared->recipients;

    return has_key(verdict->json, name) && !is_compared;
}

static void put_not_proved(const struct receipt_verdict *verdict)
{
    struct buf text = BUF_INIT;

    for (size_t i = 0; receipt_stated[i].name; i++)
        if (is_unproved(verdict, receipt_stated[i].name))
            buf_addf(&text, "%s%s", text.len ? ", " : "", receipt_stated[i].name);
    if (text.len)
        buf_adds(&text, ": what the site stated about itself when the receipt was shown. ");
    if (is_unproved(verdict, "withdraw_code"))
        buf_adds(&text, "withdraw_code. ");
    buf_adds(&text,
             "Who made the choice. Anything against a visitor, if the file comes from the operator "
             "alone: anyone with the operator's key and database can make such a file. That the "
             "time is right: it is that of the operator's clock. That the answer is still valid: "
             "it may have been changed or withdrawn since.");
    put_formatted("Not proved", &text);
}

/* The same for programs. */

static json_t *answers_json(const struct receipt_verdict *verdict)
{
    const struct act *act = &verdict->view.act;
    json_t *answers = json_array();

    for (size_t i = 0; i < act->answer_count; i++) {
        const struct text_question *asked =
            questions_find(&verdict->asked, act->answers[i].question);

        json_array_append_new(
            answers, json_pack("{s:s, s:s, s:s, s:s?, s:s?}", "question", act->answers[i].question,
                               "answer", answer_names[act->answers[i].answer], "lawful_basis",
                               verdict->view.basis[i], "label", asked ? asked->words : NULL,
                               "recipient", asked && *asked->recipient ? asked->recipient : NULL));
    }
    return answers;
}

static json_t *record_json(const struct receipt_verdict *verdict)
{
    json_t *json;

    if (!verdict->has_view)
        return json_null();
    json = json_pack("{s:o}", "answers", answers_json(verdict));
    record_fields_set_json(json, &verdict->view);
    return json;
}

static json_t *log_json(const struct receipt_verdict *verdict)
{
    if (!verdict->has_head)
        return json_null();
    return json_pack("{s:s, s:I, s:I}", "name", verdict->key.name, "index",
                     (json_int_t)verdict->index, "size", (json_int_t)verdict->head.size);
}

static json_t *names_json(const struct receipt_verdict *verdict)
{
    json_t *names = json_array();

    for (size_t i = 0; receipt_stated[i].name; i++)
        if (is_unproved(verdict, receipt_stated[i].name))
            json_array_append_new(names, json_string(receipt_stated[i].name));
    return names;
}

static void print_verdict_json(const struct receipt_verdict *verdict, bool given, json_t *faults)
{
    struct buf key = BUF_INIT;

    if (*verdict->key.name)
        note_key_add(&verdict->key, &key);
    print_json(json_pack("{s:O, s:o, s:b, s:o, s:o, s:b, s:o}", "faults", faults, "key",
                         key.len ? json_stringn(key.data, key.len) : json_null(), "key_given",
                         given, "log", log_json(verdict), "not_proved", names_json(verdict),
                         "proved", verdict->faults == 0, "record", record_json(verdict)));
    buf_release(&key);
}

/* Keys. */

struct trusted {
    struct note_key *keys;
    size_t count;
};

/* A line each, as `teade-records checkpoint --keys` prints them. */
static bool parse_keys(struct str text, struct trusted *trusted)
{
    for (struct str line; validate_cut(&text, '\n', &line); trusted->count++) {
        trusted->keys = mem_grow(trusted->keys, trusted->count, sizeof *trusted->keys);
        if (!note_key_parse(&trusted->keys[trusted->count], str_trim(line)))
            return false;
    }
    return true;
}

static bool read_keys(const struct receipt_options *options, struct trusted *trusted)
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
        say_about(0, options->key_file, strerror(errno));
    else if (!parse_keys(str_trim(buf_str(&text)), trusted)) {
        say_about(0, options->key ? "--key" : options->key_file,
                  "is not a key of the form NAME+ID+BASE64");
        ok = false;
    }
    buf_release(&text);
    return ok;
}

/* First what it is worth, then what it says. */
static void report(const struct receipt_verdict *verdict, bool given)
{
    if (verdict->faults) {
        put("Proved", str_of("Nothing: the file was changed, or is not a receipt."));
        if (verdict->json)
            put("Unproved", str_of("Everything below: it is only what the file states."));
    } else {
        put_proved(verdict);
        put_not_proved(verdict);
    }
    if (verdict->has_view)
        put_record(verdict);
    if (verdict->has_head)
        put_log(verdict);
    if (*verdict->key.name)
        put_key(verdict, given);
}

static void add_fault(void *context, const char *what)
{
    json_array_append_new(context, json_string(what));
}

static void judge(struct str bytes, const struct trusted *trusted, bool json,
                  struct receipt_verdict *verdict)
{
    json_t *faults = json_array();

    receipt_verify(bytes, trusted->keys, trusted->count, json ? add_fault : put_fault, faults,
                   verdict);
    if (json)
        print_verdict_json(verdict, trusted->count, faults);
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
        status = say_about(EX_NOINPUT, file, strerror(errno));
    }
    buf_release(&bytes);
    return status;
}

int command_verify_receipt(const struct options *options)
{
    struct trusted trusted = {0};
    int status = EX_USAGE;

    if (options->receipt.key && options->receipt.key_file)
        return options_misuse(options, "--key and --key-file cannot be used together");
    if (read_keys(&options->receipt, &trusted))
        status = verify(options->line.arguments[0], &trusted, options->json);
    free(trusted.keys);
    return status;
}
