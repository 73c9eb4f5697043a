/* crowd: a database of many visitors with random keys, for the tests of whole programs.
 *
 * make DATABASE KEYS COUNT: COUNT visitors, whose keys go to KEYS.
 *
 * more DATABASE KEYS COUNT: the same to a database that is there, and ends as if killed: what was
 * committed stays in the WAL.
 *
 * erase DATABASE KEYS EVERY: erases each EVERYth as the keeper does; what names them or their
 * records goes to KEYS.gone.
 *
 *
 * hold DATABASE: says that it reads, and does until its input ends.
 *
 * dump DATABASE: all that is known of each visitor, a line for each row.
 *
 * seek KEYS.gone FILE...: how much of KEYS.gone is in each file.
 *
 * without KEYS.gone: passes lines on that do not begin with an erased key. */
#include "../unit/fixtures/store_fixture.h"

#include <unistd.h>

#include "../unit/fixtures/dump.h"
#include "base/file.h"
#include "store/erased.h"

enum { NEEDLE = 16 }; /* what is looked for: halves of keys and salts, and IDs */

static void die(const char *why)
{
    fprintf(stderr, "crowd: %s\n", why);
    exit(EXIT_FAILURE);
}

static struct store *open_store(const char *database, enum store_mode mode)
{
    struct buf why = BUF_INIT;
    struct store *store = store_open(database, mode == STORE_WRITE ? STORE_CREATE : mode, &why);

    if (!store)
        die(why.data);
    return store;
}

static void must(bool ok, struct store *store)
{
    if (!ok)
        die(store_why(store));
}

/* Visitors. */

static void act(struct store *store, const uint8_t *key, bool fresh, int offer,
                const char *question)
{
    struct act act = act_on(ACT_ANSWERS, 0, fresh, offer);
    uint8_t id[ACT_RECORD_ID];

    memcpy(act.visitor, key, ACT_VISITOR);
    say(&act, question,
        strcmp(question, "visitor-statistics") == 0 ? ANSWER_OBJECTED : ANSWER_GIVEN);
    must(store_act(store, &act, NOON, id) == ACT_DONE, store);
}

/* One, two or three records each. */
static void fill(struct store *store, const char *keys_file, int count)
{
    struct buf keys = BUF_INIT;
    uint8_t key[ACT_VISITOR];

    put_texts(store);
    must(store_begin(store), store);
    for (int i = 0; i < count; i++) {
        randombytes_buf(key, sizeof key);
        buf_add(&keys, key, sizeof key);
        act(store, key, true, EN_1, "newsletter");
        if (i % 3 > 0)
            act(store, key, false, EN_2, "visitor-statistics");
        if (i % 3 > 1)
            act(store, key, false, EN_2, "partner-offers.randur");
    }
    must(store_commit(store), store);
    if (!file_append(keys_file, buf_str(&keys)))
        die(keys_file);
    buf_release(&keys);
}

static int run_make(char **words)
{
    struct store *store = open_store(words[0], STORE_WRITE);

    fill(store, words[1], atoi(words[2]));
    store_close(store);
    return EXIT_SUCCESS;
}

static int run_more(char **words)
{
    fill(open_store(words[0], STORE_WRITE), words[1], atoi(words[2]));
    _exit(EXIT_SUCCESS);
}

/* Erasing. */

static void add_record(void *context, const struct store_record *record)
{
    struct buf *gone = context;
    uint8_t id[ACT_RECORD_ID];

    buf_add(gone, record->salt, RECORD_SALT);
    sodium_hex2bin(id, sizeof id, record->view->id, 2 * sizeof id, NULL, NULL, NULL);
    buf_add(gone, id, sizeof id);
}

static void add_line(void *context, enum closing_reason reason, const uint8_t hash[CANONICAL_ENTRY])
{
    erased_line(context, (enum erased_kind)reason, hash);
}

static void note(struct store *store, const char *database)
{
    struct buf lines = BUF_INIT;
    int64_t last;
    bool done;

    must(store_pending_wipes(store, -1, &last, add_line, &lines), store);
    if (!erased_note(database, buf_str(&lines)))
        die("what was erased cannot be noted");
    must(store_compact(store, &done) && done, store);
    must(store_begin(store) && store_clear_pending_wipes(store, last) && store_commit(store),
         store);
    buf_release(&lines);
}

/* A visitor's key comes first, then what names their records. */
static int run_erase(char **words)
{
    struct store *store = open_store(words[0], STORE_WRITE);
    char *name = mem_printf("%s.gone", words[1]);
    struct buf keys = BUF_INIT, gone = BUF_INIT;
    size_t every = (size_t)atoi(words[2]);

    if (!file_read(words[1], &keys) || !every)
        die(words[1]);
    must(store_begin(store), store);
    for (size_t i = 0; i < keys.len / ACT_VISITOR; i += every) {
        const uint8_t *key = (const uint8_t *)keys.data + i * ACT_VISITOR;

        buf_add(&gone, key, ACT_VISITOR);
        must(store_records(store, key, 0, 9, add_record, &gone), store);
        must(store_erase(store, key, NOON) == ACT_DONE, store);
    }
    must(store_commit(store), store);
    note(store, words[0]);
    store_close(store);
    if (!file_append(name, buf_str(&gone)))
        die(name);
    buf_release(&gone);
    buf_release(&keys);
    free(name);
    return EXIT_SUCCESS;
}

/* Looking. */

static int compare(const void *a, const void *b)
{
    return memcmp(a, b, NEEDLE);
}

static size_t seek(const struct buf *needles, const bool *begins, const char *file)
{
    size_t count = needles->len / NEEDLE, found = 0;
    struct buf hay = BUF_INIT;
    bool *met = mem_alloc(count + 1);

    if (!file_read(file, &hay))
        die(file);
    for (size_t i = 0; i + NEEDLE <= hay.len; i++) {
        const uint8_t *at = (const uint8_t *)hay.data + i;
        const char *needle;

        if (!begins[at[0] << 8 | at[1]])
            continue;
        needle = bsearch(at, needles->data, count, NEEDLE, compare);
        if (needle && !met[(size_t)(needle - needles->data) / NEEDLE]) {
            met[(size_t)(needle - needles->data) / NEEDLE] = true;
            found++;
        }
    }
    free(met);
    buf_release(&hay);
    return found;
}

static int run_seek(char **words)
{
    static bool begins[1 << 16];
    struct buf needles = BUF_INIT;

    if (!file_read(words[0], &needles))
        die(words[0]);
    qsort(needles.data, needles.len / NEEDLE, NEEDLE, compare);
    for (size_t i = 0; i < needles.len; i += NEEDLE)
        begins[(uint8_t)needles.data[i] << 8 | (uint8_t)needles.data[i + 1]] = true;
    for (char **file = words + 1; *file; file++)
        printf("%zu of %zu in %s\n", seek(&needles, begins, *file), needles.len / NEEDLE, *file);
    buf_release(&needles);
    return EXIT_SUCCESS;
}

static sqlite3 *open_raw(const char *database)
{
    sqlite3 *db;

    if (sqlite3_open_v2(database, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
        die(sqlite3_errmsg(db));
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    return db;
}

static int run_dump(char **words)
{
    static const char *const queries[] = {
        "SELECT visitor, count(*) FROM record GROUP BY visitor ORDER BY visitor",
        "SELECT visitor, entry, hash, id, time, salt, kind, gpc, answers, earlier, offer"
        " FROM record JOIN entry ON place = entry ORDER BY entry",
        "SELECT '', * FROM offer ORDER BY id",
        "SELECT '', * FROM question ORDER BY offer, id",
        "SELECT '', * FROM text ORDER BY digest",
    };
    sqlite3 *db = open_raw(words[0]);

    for (size_t i = 0; i < COUNT(queries); i++) {
        struct buf out = BUF_INIT;

        if (!dump_query(db, queries[i], &out))
            die(sqlite3_errmsg(db));
        fwrite(out.data, 1, out.len, stdout);
        buf_release(&out);
    }
    sqlite3_close(db);
    return EXIT_SUCCESS;
}

/* Lines begin with " x" and a key; of each erased visitor the key is among the needles. */
static int run_without(char **words)
{
    struct buf needles = BUF_INIT;
    char line[8192];
    uint8_t key[ACT_VISITOR];

    if (!file_read(words[0], &needles))
        die(words[0]);
    qsort(needles.data, needles.len / NEEDLE, NEEDLE, compare);
    while (fgets(line, sizeof line, stdin))
        if (strncmp(line, " x", 2) != 0 ||
            sodium_hex2bin(key, sizeof key, line + 2, 2 * sizeof key, NULL, NULL, NULL) != 0 ||
            !bsearch(key, needles.data, needles.len / NEEDLE, NEEDLE, compare))
            fputs(line, stdout);
    buf_release(&needles);
    return EXIT_SUCCESS;
}

static int run_hold(char **words)
{
    struct store *store = open_store(words[0], STORE_READ);
    int64_t size;

    must(store_begin(store) && store_log_size(store, &size), store);
    puts("held");
    fflush(stdout);
    while (getchar() != EOF)
        ;
    store_rollback(store);
    store_close(store);
    return EXIT_SUCCESS;
}

static const struct {
    const char *name;
    int words; /* at least */
    int (*run)(char **words);
} commands[] = {
    {"make", 3, run_make}, {"more", 3, run_more}, {"erase", 3, run_erase},
    {"dump", 1, run_dump}, {"seek", 2, run_seek}, {"without", 1, run_without},
    {"hold", 1, run_hold},
};

int main(int argc, char **argv)
{
    if (sodium_init() < 0)
        die("no randomness");
    for (size_t i = 0; i < COUNT(commands); i++)
        if (argc >= 2 + commands[i].words && strcmp(argv[1], commands[i].name) == 0)
            return commands[i].run(argv + 2);
    die("wrong use");
}
