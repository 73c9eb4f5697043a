/* The swap: all at once or not at all, and nothing that is not ours. */
#include "../fixtures/test.h"

#include <errno.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "publish/publish.h"

/* A folder for the site "site" and what findings said of it. */
struct work {
    struct heard heard;
    struct publish publish;
    char *folder, *output, *stage;
};

static void work_init(struct work *work)
{
    heard_init(&work->heard);
    work->folder = folder_new();
    work->output = mem_printf("%s/site", work->folder);
    work->stage = mem_printf("%s.stage", work->output);
}

/* Nothing may be left but the site. */
static void work_release(struct work *work)
{
    assert_false(file_exists(work->stage));
    free(work->stage);
    free(work->output);
    folder_free(work->folder);
    heard_release(&work->heard);
}

static bool begin(struct work *work)
{
    return publish_begin(&work->publish, work->output, &work->heard.findings);
}

static void put(struct work *work, const char *path, const char *text)
{
    assert_true(publish_file(&work->publish, path, str_of(text)));
}

/* A file of the site holds the text; NULL: it is not there. */
static void assert_site(const struct work *work, const char *name, const char *wanted)
{
    char *path = mem_printf("%s/%s", work->output, name);
    struct buf text = BUF_INIT;
    bool there = file_read(path, &text);

    if (there != (wanted != NULL) || (wanted && strcmp(text.data, wanted) != 0))
        fail_msg("%s: \"%s\"", name, there ? text.data : strerror(errno));
    buf_release(&text);
    free(path);
}

static void build_one(struct work *work, const char *text)
{
    assert_true(begin(work));
    put(work, "private/manifest.json", text);
    put(work, "public/et/index.html", text);
    assert_int_equal(work->publish.files, 2);
    assert_true(publish_finish(&work->publish, NULL, NULL));
    publish_abandon(&work->publish);
}

static void swapped(void **state)
{
    struct work work;

    (void)state;
    work_init(&work);
    build_one(&work, "one");
    assert_site(&work, "public/et/index.html", "one");
    assert_true(begin(&work));
    put(&work, "private/manifest.json", "two");
    put(&work, "public/index.html", "two");
    assert_site(&work, "public/et/index.html", "one"); /* until the swap */
    assert_site(&work, "public/index.html", NULL);
    assert_true(publish_finish(&work.publish, NULL, NULL));
    publish_abandon(&work.publish);
    assert_site(&work, "private/manifest.json", "two");
    assert_site(&work, "public/index.html", "two");
    assert_site(&work, "public/et/index.html", NULL);
    assert_int_equal(heard_differs("swap", &work.heard, NULL), 0);
    work_release(&work);
}

static ino_t place_of(const struct work *work, const char *name)
{
    char *path = mem_printf("%s/%s", work->output, name);
    struct stat status;

    assert_int_equal(stat(path, &status), 0);
    free(path);
    return status.st_ino;
}

/* What is the same is the same file, and what is not wanted any more goes. */
static void kept(void **state)
{
    struct work work;
    ino_t same, other;

    (void)state;
    work_init(&work);
    assert_true(begin(&work));
    put(&work, "public/same.html", "same");
    put(&work, "public/other.html", "one");
    put(&work, "public/gone/away.html", "one");
    assert_false(publish_keep(&work.publish, "public/same.html.gz")); /* there is none to keep */
    assert_true(publish_finish(&work.publish, NULL, NULL));
    publish_abandon(&work.publish);
    same = place_of(&work, "public/same.html");
    other = place_of(&work, "public/other.html");
    assert_true(begin(&work));
    put(&work, "public/same.html", "same");
    put(&work, "public/other.html", "two");
    assert_int_equal(work.publish.files, 2);
    assert_int_equal(work.publish.kept, 1);
    assert_true(publish_finish(&work.publish, NULL, NULL));
    publish_abandon(&work.publish);
    assert_int_equal(place_of(&work, "public/same.html"), same);
    assert_int_not_equal(place_of(&work, "public/other.html"), other);
    assert_site(&work, "public/other.html", "two");
    assert_site(&work, "public/gone/away.html", NULL);
    work_release(&work);
}

struct between {
    const struct work *work;
    const char *manifest, *page; /* what is in place then */
    bool result;
};

static bool look_between(void *context)
{
    const struct between *between = context;

    assert_site(between->work, "private/manifest.json", between->manifest);
    assert_site(between->work, "public/et/index.html", between->page);
    return between->result;
}

/* The endpoint comes first, and where it does not come along, nobody does. */
static void halves(void **state)
{
    struct between between = {NULL, "two", "one", false};
    struct work work;

    (void)state;
    work_init(&work);
    between.work = &work;
    build_one(&work, "one");
    for (int i = 0; i < 2; i++) {
        assert_true(begin(&work));
        put(&work, "private/manifest.json", "two");
        put(&work, "public/et/index.html", "two");
        between.result = i;
        assert_int_equal(publish_finish(&work.publish, look_between, &between), i);
        publish_abandon(&work.publish);
        assert_site(&work, "private/manifest.json", i ? "two" : "one");
        assert_site(&work, "public/et/index.html", i ? "two" : "one");
        assert_false(file_exists(work.stage));
    }
    work_release(&work);
}

static void abandoned(void **state)
{
    struct work work;

    (void)state;
    work_init(&work);
    assert_true(begin(&work));
    put(&work, "private/manifest.json", "none");
    publish_abandon(&work.publish);
    assert_false(file_exists(work.output)); /* none there before, none after */
    build_one(&work, "one");
    assert_true(begin(&work));
    put(&work, "private/manifest.json", "two");
    publish_abandon(&work.publish);
    assert_site(&work, "private/manifest.json", "one");
    assert_site(&work, "public/et/index.html", "one");
    work_release(&work);
}

static void twice_the_same_file(void **state)
{
    struct work work;

    (void)state;
    work_init(&work);
    assert_true(begin(&work));
    put(&work, "public/a", "1");
    assert_false(publish_file(&work.publish, "public/a", str_of("2")));
    assert_int_equal(work.heard.findings.status, EX_CANTCREAT);
    publish_abandon(&work.publish);
    work_release(&work);
}

static void names_of_output(void **state)
{
    static const char *const endings[] = {"", "/", "///", "/deep/er"};

    (void)state;
    for (size_t i = 0; i < COUNT(endings); i++) {
        struct work work;
        char *output;

        work_init(&work);
        output = mem_printf("%s%s", work.output, endings[i]);
        assert_true(publish_begin(&work.publish, output, &work.heard.findings));
        put(&work, "private/manifest.json", "x");
        assert_true(publish_finish(&work.publish, NULL, NULL));
        publish_abandon(&work.publish);
        assert_site(&work, i < 3 ? "private/manifest.json" : "deep/er/private/manifest.json", "x");
        free(output);
        work_release(&work);
    }
}

static void stale_stage(void **state)
{
    struct work work;

    (void)state;
    work_init(&work);
    free(folder_file(work.folder, "site.stage/.teade", ""));
    free(folder_file(work.folder, "site.stage/public/old.html", "left by a crash"));
    build_one(&work, "one");
    assert_site(&work, "public/old.html", NULL);
    work_release(&work);
}

/* A folder of somebody else's that happens to be named like a stage. */
static void foreign_stage(void **state)
{
    struct work work;
    char *file;

    (void)state;
    work_init(&work);
    file = folder_file(work.folder, "site.stage/thesis.txt", "mine");
    assert_false(begin(&work));
    assert_true(file_exists(file));
    assert_true(directory_remove(work.stage));
    free(file);
    work_release(&work);
}

/* A link stays, and what it leads to is replaced. */
static void linked(void **state)
{
    struct work work;
    struct stat status;
    char *real;

    (void)state;
    work_init(&work);
    real = mem_printf("%s/real", work.folder);
    assert_true(directory_make(real));
    assert_int_equal(symlink("real", work.output), 0);
    build_one(&work, "one");
    build_one(&work, "two");
    assert_site(&work, "private/manifest.json", "two");
    assert_int_equal(lstat(work.output, &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    free(real);
    work_release(&work);
}

static void empty_folder(void **state)
{
    struct work work;

    (void)state;
    work_init(&work);
    assert_true(directory_make(work.output));
    build_one(&work, "one");
    assert_site(&work, "private/manifest.json", "one");
    work_release(&work);
}

/* Refusals say why, and touch nothing. */
static void refused(void **state)
{
    static const struct {
        const char *file, *output, *wanted;
    } rows[] = {
        {"site/thesis.txt", "site", "site: error: not a site, so it is not replaced"},
        {"site/public/index.html", "site", "site: error: not a site, so it is not replaced"},
        {"site", "site", "site: error: not a site, so it is not replaced"},
        {"site/.git/config", "site", "site: error: not a site, so it is not replaced"},
        {"site", "site/below", "site: error: cannot write there: Not a directory"},
        {"site", "site/be/low", "site/be: error: cannot write there: Not a directory"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct work work;
        char *file, *output, *wanted;
        struct buf text = BUF_INIT;

        work_init(&work);
        file = folder_file(work.folder, rows[i].file, "mine");
        output = mem_printf("%s/%s", work.folder, rows[i].output);
        wanted = mem_printf("%s/%s", work.folder, rows[i].wanted);
        assert_false(publish_begin(&work.publish, output, &work.heard.findings));
        assert_int_equal(heard_differs(rows[i].output, &work.heard, wanted), 0);
        assert_int_equal(work.heard.findings.status, EX_CANTCREAT);
        assert_non_null(strstr(work.heard.text, "= remedy: "));
        assert_true(file_read(file, &text));
        assert_string_equal(text.data, "mine");
        buf_release(&text);
        free(wanted);
        free(output);
        free(file);
        work_release(&work);
    }
}

/* A second build waits for the first, and leaves its stage alone. */
static void waiting(void **state)
{
    struct work work, other;
    int status;
    pid_t pid;

    (void)state;
    work_init(&work);
    assert_true(begin(&work));
    put(&work, "public/index.html", "first");
    pid = fork();
    if (pid == 0) {
        close(work.publish.lock); /* a lock lasts as long as any copy of its descriptor */
        other = work;
        build_one(&other, "second");
        _exit(0);
    }
    usleep(50000);
    assert_int_equal(waitpid(pid, &status, WNOHANG), 0);
    assert_true(publish_finish(&work.publish, NULL, NULL));
    publish_abandon(&work.publish);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    work_release(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(swapped),
        cmocka_unit_test(kept),
        cmocka_unit_test(halves),
        cmocka_unit_test(abandoned),
        cmocka_unit_test(twice_the_same_file),
        cmocka_unit_test(names_of_output),
        cmocka_unit_test(stale_stage),
        cmocka_unit_test(empty_folder),
        cmocka_unit_test(foreign_stage),
        cmocka_unit_test(linked),
        cmocka_unit_test(refused),
        cmocka_unit_test(waiting),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
