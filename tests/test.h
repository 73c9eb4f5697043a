/* What most unit tests need: cmocka, findings that land in memory, a folder of one's own. */
#ifndef TEADE_TEST_H
#define TEADE_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/finding.h"
#include "base/mem.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* What findings said. */
struct heard {
    struct findings findings;
    FILE *stream;
    char *text;
    size_t len;
};

static inline void heard_init(struct heard *heard)
{
    heard->stream = open_memstream(&heard->text, &heard->len);
    assert_non_null(heard->stream);
    findings_init(&heard->findings, heard->stream);
}

static inline struct str heard_text(struct heard *heard)
{
    fflush(heard->stream);
    return (struct str){heard->text, heard->len};
}

static inline void heard_release(struct heard *heard)
{
    fclose(heard->stream);
    free(heard->text);
}

/* Says which row is wrong and counts it, so that the others are tried as well. */
static inline size_t differs(const char *row, struct str is, const char *wanted)
{
    if (str_is(is, wanted))
        return 0;
    print_error("%s\n--- is\n%.*s\n--- should be\n%s\n", row, (int)is.len, is.data, wanted);
    return 1;
}

/* The same for the first line of what findings said; NULL: nothing. */
static inline size_t heard_differs(const char *row, struct heard *heard, const char *wanted)
{
    struct str text = heard_text(heard);

    if (wanted)
        text.len = (size_t)(strchrnul(text.data, '\n') - text.data);
    return differs(row, text, wanted ? wanted : "");
}

static inline char *folder_new(void)
{
    char *folder = mem_dups("/tmp/teade-test.XXXXXX");

    assert_non_null(mkdtemp(folder));
    return folder;
}

static inline void folder_free(char *folder)
{
    assert_true(directory_remove(folder));
    free(folder);
}

/* The path of `name` in the public test data, $TEST_DATA, which the caller frees.  Where it does
 * not exist, the test ends as skipped, and tests/unit.sh shows why. */
static inline char *test_data(const char *name)
{
    const char *folder = getenv("TEST_DATA");
    char *path = mem_printf("%s/%s", folder ? folder : ".", name);

    if (access(path, R_OK) != 0) {
        print_message("# skipped: TEST_DATA has no %s\n", name);
        free(path);
        skip();
    }
    return path;
}

/* Writes FOLDER/NAME, and returns that path: the caller frees it. */
static inline char *folder_file(const char *folder, const char *name, const char *text)
{
    char *path = mem_printf("%s/%s", folder, name);

    assert_true(file_create(path, str_of(text)));
    return path;
}

#endif
