/* Files and folders, and findings about them as an editor's terminal shows them. */
#include "../fixtures/test.h"

#include <errno.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/finding.h"

#define SHOWN "\xef\xbf\xbd" /* in place of what would steer a terminal */

static void assert_content(const char *path, const char *wanted)
{
    struct buf text = BUF_INIT;

    assert_true(file_read(path, &text));
    assert_string_equal(text.data, wanted);
    buf_release(&text);
}

static void read_and_write(void **state)
{
    char *folder = folder_new(), *path = mem_printf("%s/a/b/c.txt", folder);
    char *below = mem_printf("%s/d", path), *large = mem_alloc(100001);
    struct buf text = BUF_INIT;

    (void)state;
    assert_false(file_exists(path));
    assert_false(file_read(path, &text));
    assert_int_equal(errno, ENOENT);
    assert_true(file_create(path, str_of("one")));
    assert_true(file_exists(path));
    assert_false(file_create(path, str_of("two")));
    assert_int_equal(errno, EEXIST);
    assert_content(path, "one");
    assert_true(file_replace(path, str_of("two")));
    assert_content(path, "two");
    assert_false(file_create(below, str_of("")));
    assert_int_equal(errno, ENOTDIR);
    assert_false(file_replace(below, str_of("")));
    assert_int_equal(errno, ENOTDIR);
    assert_false(file_read(folder, &text));
    assert_int_equal(errno, EISDIR);

    memset(large, 'x', 100000);
    assert_true(file_replace(path, str_of(large)));
    buf_adds(&text, "<");
    assert_true(file_read(path, &text)); /* adds */
    assert_int_equal(text.len, 100001);
    assert_string_equal(text.data + 1, large);
    buf_release(&text);
    free(large);
    free(below);
    free(path);
    folder_free(folder);
}

static void replacing_leaves_nothing(void **state)
{
    char *folder = folder_new(), *path = mem_printf("%s/a", folder);
    struct names names;

    (void)state;
    assert_true(directory_make(path));
    assert_false(file_replace(path, str_of("x"))); /* a folder stands there */
    assert_true(directory_list(folder, &names));
    assert_int_equal(names.count, 1);
    names_release(&names);
    free(path);
    folder_free(folder);
}

static void folders(void **state)
{
    static const char *const files[] = {"b", "a", "B", "a.b", ".hidden", "\xc3\xb5"};
    static const char *const listed[] = {"B", "a", "a.b", "b", "\xc3\xb5"};
    char *folder = folder_new(), *deep = mem_printf("%s/x/y/z", folder);
    char *link = mem_printf("%s/x/link", folder), *file = folder_file(folder, "file", "");
    char *below = mem_printf("%s/x", file);
    struct names names;

    (void)state;
    assert_true(directory_make(deep));
    assert_true(directory_make(deep)); /* existing is fine */
    for (size_t i = 0; i < COUNT(files); i++)
        free(folder_file(deep, files[i], ""));
    assert_true(directory_list(deep, &names));
    assert_int_equal(names.count, COUNT(listed));
    for (size_t i = 0; i < COUNT(listed); i++)
        assert_string_equal(names.name[i], listed[i]);
    names_release(&names);
    names_release(&names);

    assert_int_equal(symlink(folder, link), 0); /* is removed, not followed */
    *strrchr(deep, '/') = *strrchr(link, '/') = '\0';
    assert_true(directory_remove(link));
    assert_true(directory_remove(link)); /* absent is fine */
    assert_true(file_exists(file));
    assert_false(directory_list(deep, &names));
    assert_int_equal(names.count, 0);

    assert_false(directory_make(file));
    assert_int_equal(errno, ENOTDIR);
    assert_false(directory_make(below));
    assert_int_equal(errno, ENOTDIR);
    free(below);
    free(file);
    free(link);
    free(deep);
    folder_free(folder);
}

static void finding_format(void **state)
{
    static const struct {
        const char *text;
        size_t offset;
        const char *message, *remedy, *wanted;
    } rows[] = {
        {"a: b\nzone: UTC\n", 5, "unknown key", "the keys are name, base_url",
         "f:2:1: error: unknown key\n"
         "    2 | zone: UTC\n"
         "      | ^\n"
         "      = remedy: the keys are name, base_url\n"},
        {"a", PLACE_FILE, "no such thing", NULL, "f: error: no such thing\n"},
        {"ab", 1, "m", NULL, "f:1:2: error: m\n    1 | ab\n      |  ^\n"},
        {"ab\n", 2, "m", NULL, "f:1:3: error: m\n    1 | ab\n      |   ^\n"},
        {"ab\n", 3, "m", NULL, "f:2:1: error: m\n    2 | \n      | ^\n"},
        {"ab", 9, "m", NULL, "f:1:3: error: m\n    1 | ab\n      |   ^\n"},
        {"", 0, "m", NULL, "f:1:1: error: m\n    1 | \n      | ^\n"},
        {"a\r\nb\r\n", 3, "m", NULL, "f:2:1: error: m\n    2 | b\n      | ^\n"},
        {"a\r\n", 1, "m", NULL, "f:1:2: error: m\n    1 | a\n      |  ^\n"},
        /* the column counts characters, the caret stands by the width of what is before it */
        {"\xe5\x90\x8c\xe6\x84\x8f: x", 8, "m", NULL,
         "f:1:5: error: m\n    1 | \xe5\x90\x8c\xe6\x84\x8f: x\n      |       ^\n"},
        {"e\xcc\x81x", 3, "m", NULL, "f:1:3: error: m\n    1 | e\xcc\x81x\n      |  ^\n"},
        {"\ta\tb", 3, "m", NULL, "f:1:4: error: m\n    1 | \ta\tb\n      | \t \t^\n"},
        {"\xf0\x9f\x9b\xb0!", 4, "m", NULL,
         "f:1:2: error: m\n    1 | \xf0\x9f\x9b\xb0!\n      |  ^\n"},
        /* nothing of it reaches the terminal as a command */
        {"\033[2Jx\x7f", 5, "m", NULL, "f:1:6: error: m\n    1 | " SHOWN "[2Jx" SHOWN "\n      |      ^\n"},
        {"\xc2\x9b"
         "2Jx",
         4, "m", NULL, "f:1:4: error: m\n    1 | " SHOWN "2Jx\n      |    ^\n"},
        {"\xe2\x80\xaexe", 3, "m", NULL, "f:1:2: error: m\n    1 | " SHOWN "xe\n      |  ^\n"},
        {"\xe2\x81\xa6xe", 4, "m", NULL, "f:1:3: error: m\n    1 | " SHOWN "xe\n      |   ^\n"},
        {"x", 0, "key \"\033]0;x\007\"", "write \033[1m \xc2\x85 it",
         "f:1:1: error: key \"" SHOWN "]0;x" SHOWN "\"\n    1 | x\n      | ^\n"
         "      = remedy: write " SHOWN "[1m " SHOWN " it\n"},
        {"x", PLACE_FILE, "a\nb\r\xe2\x80\xae\xff", NULL, "f: error: a b" SHOWN "" SHOWN "" SHOWN "\n"},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct heard heard;
        struct source source;

        heard_init(&heard);
        assert_true(source_set(&source, "f", str_of(rows[i].text), &heard.findings));
        finding(&heard.findings, FINDING_ERROR, (struct place){&source, rows[i].offset},
                rows[i].remedy, "%s", rows[i].message);
        wrong += differs(rows[i].message, heard_text(&heard), rows[i].wanted);
        source_release(&source);
        heard_release(&heard);
    }
    assert_int_equal(wrong, 0);
}

static void finding_counts(void **state)
{
    struct source source = {.path = mem_dups("a\033[2J\nb")};
    struct heard heard;

    (void)state;
    heard_init(&heard);
    assert_false(heard.findings.color);
    finding(&heard.findings, FINDING_WARNING, (struct place){0}, NULL, "one");
    assert_int_equal(heard.findings.status, 0);
    finding_error(&heard.findings, EX_CANTCREAT, (struct place){&source, PLACE_FILE}, NULL, "two");
    finding(&heard.findings, FINDING_ERROR, (struct place){0}, NULL, "three");
    assert_int_equal(heard.findings.warnings, 1);
    assert_int_equal(heard.findings.errors, 2);
    assert_int_equal(heard.findings.status, EX_CANTCREAT); /* that of the first */
    assert_int_equal(
        differs("counts", heard_text(&heard), "warning: one\na" SHOWN "[2J b: error: two\nerror: three\n"),
        0);
    heard.findings.color = true;
    finding(&heard.findings, FINDING_ERROR, (struct place){0}, NULL, "\033[0m");
    assert_non_null(strstr(heard_text(&heard).data, "\033[1;31merror:\033[0m " SHOWN "[0m\n"));
    source_release(&source);
    heard_release(&heard);
}

#define TEXT(text) {text, sizeof text - 1}

static void sources(void **state)
{
    static const struct {
        struct str text;
        const char *wanted; /* first line; NULL: sound */
        int status;
    } rows[] = {
        {{"", 0}, NULL, 0},
        {{"\xc3\xb5\n", 3}, NULL, 0},
        {{"a\n\xe5\x90\x8c\xff", 6}, "2:2: error: byte 0xFF is not UTF-8", EX_DATAERR},
        {{"\xc0\xaf", 2}, "1:1: error: byte 0xC0 is not UTF-8", EX_DATAERR},
        {{"a\nb\0c", 5}, "2:2: error: a NUL byte in a text file", EX_DATAERR},
        {{"\xef\xbb\xbfx", 4}, "1:1: error: the file begins with a byte order mark", EX_DATAERR},
        {{"x\xef\xbb\xbf", 4}, NULL, 0},
#define LEFT ": error: a merge left both wordings here: "
        {TEXT("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\n"), "2:1" LEFT "<<<<<<< HEAD",
         EX_DATAERR},
        {TEXT("<<<<<<<\n|||||||\n=======\n>>>>>>>"), "1:1" LEFT "<<<<<<<", EX_DATAERR},
        {TEXT("a\n||||||| merged common ancestors\n"),
         "2:1" LEFT "||||||| merged common ancestors", EX_DATAERR},
        {TEXT("a\r\n>>>>>>> 1a2b3c (words)\r\n"), "2:1" LEFT ">>>>>>> 1a2b3c (words)",
         EX_DATAERR},
        {TEXT("Seven\n=======\n"), NULL, 0},
        {TEXT("<<<<<<<<\n>>>>>>\n <<<<<<< a\n>>>>>>>a\n"), NULL, 0},
    };
    char *folder = folder_new(), *path = mem_printf("%s/f", folder);
    struct source source;
    struct heard heard;
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *wanted = rows[i].wanted ? mem_printf("%s:%s", path, rows[i].wanted) : NULL;

        assert_true(file_replace(path, rows[i].text));
        heard_init(&heard);
        assert_int_equal(source_read(&source, path, &heard.findings), !rows[i].wanted);
        wrong += heard_differs(path, &heard, wanted);
        assert_int_equal(heard.findings.status, rows[i].status);
        source_release(&source);
        heard_release(&heard);
        free(wanted);
    }
    assert_int_equal(wrong, 0);
    folder_free(folder);

    heard_init(&heard);
    assert_false(source_read(&source, path, &heard.findings));
    assert_string_equal(source.path, path);
    assert_non_null(strstr(heard_text(&heard).data, "f: error: cannot read: No such file"));
    assert_int_equal(heard.findings.status, EX_NOINPUT);
    source_release(&source);
    heard_release(&heard);
    free(path);
}

static void line_ends(void **state)
{
    static const char *const rows[][2] = {
        {"", ""},         {"a\r\nb\r\n", "a\nb\n"}, {"\r\n", "\n"},
        {"a\rb", "a\rb"}, {"a\r\r\n\n", "a\r\n\n"}, {"a\r", "a\r"},
    };
    char *folder = folder_new(), *path = mem_printf("%s/f", folder);
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct source source;
        struct heard heard;

        assert_true(file_replace(path, str_of(rows[i][0])));
        heard_init(&heard);
        assert_true(source_read(&source, path, &heard.findings));
        wrong += differs(rows[i][0], buf_str(&source.text), rows[i][1]);
        source_release(&source);
        heard_release(&heard);
    }
    assert_int_equal(wrong, 0);
    free(path);
    folder_free(folder);
}

static void places(void **state)
{
    static const struct {
        size_t line, column, offset;
    } rows[] = {{1, 1, 0}, {1, 2, 1}, {1, 9, 1}, {2, 1, 2}, {2, 2, 5},
                {2, 3, 8}, {3, 1, 9}, {3, 3, 9}, {9, 1, 9}};
    struct source source;
    struct heard heard;

    (void)state;
    heard_init(&heard);
    assert_true(source_set(&source, "f", str_of("a\n\xe5\x90\x8c\xe6\x84\x8f\n"), &heard.findings));
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(place_at_line(&source, rows[i].line, rows[i].column).offset,
                         rows[i].offset);
    assert_int_equal(place_line((struct place){&source, 0}), 1);
    assert_int_equal(place_line((struct place){&source, 2}), 2);
    assert_int_equal(place_line((struct place){&source, 9}), 3);
    source_release(&source);
    heard_release(&heard);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(read_and_write), cmocka_unit_test(replacing_leaves_nothing),
        cmocka_unit_test(folders),        cmocka_unit_test(finding_format),
        cmocka_unit_test(finding_counts), cmocka_unit_test(sources),
        cmocka_unit_test(line_ends),      cmocka_unit_test(places),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
