/* Files of the editor's, as finding.h declares them: what is no text of ours is found here. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "file.h"
#include "finding.h"
#include "mem.h"
#include "utf8.h"

static void index_lines(struct source *source)
{
    for (size_t i = 0; i <= source->text.len; i++)
        if (i == 0 || source->text.data[i - 1] == '\n') {
            source->lines = mem_grow(source->lines, source->line_count, sizeof *source->lines);
            source->lines[source->line_count++] = i;
        }
}

/* Which conflict marker of git a line is, or '\0'.  A line of = may also underline a heading, but
 * as a conflict marker it never comes alone. */
static char conflict_mark(const char *line)
{
    static const char *const marks[] = {"<<<<<<<", "|||||||", ">>>>>>>"};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strncmp(line, marks[i], 7) == 0 && (!line[7] || strchr(" \n", line[7])))
            return *line;
    return '\0';
}

/* One finding for each conflict, where it begins; for what is left of one, where that is. */
static bool has_no_conflict(const struct source *source, struct findings *findings)
{
    bool inside = false, found = false;

    for (size_t n = 0; n < source->line_count; n++) {
        const char *line = source->text.data + source->lines[n];
        char mark = conflict_mark(line);

        if (!mark)
            continue;
        if (mark == '<' || !inside)
            finding(findings, FINDING_ERROR, (struct place){source, source->lines[n]},
                    "keep the words that are right, and remove the lines of <, |, = and >",
                    "a merge left both wordings here: %.*s", (int)strcspn(line, "\n"), line);
        inside = mark != '>';
        found = true;
    }
    return !found;
}

static bool source_check(struct source *source, struct findings *findings)
{
    struct place place = {source, utf8_invalid(buf_str(&source->text))};
    const char *nul = memchr(source->text.data, '\0', source->text.len);

    index_lines(source);
    if (strncmp(source->text.data, "\xef\xbb\xbf", 3) == 0) {
        place.offset = 0;
        finding(findings, FINDING_ERROR, place, "save the file as UTF-8 without a byte order mark",
                "the file begins with a byte order mark");
        return false;
    }
    if (place.offset < source->text.len) {
        finding(findings, FINDING_ERROR, place, "save the file as UTF-8",
                "byte 0x%02X is not UTF-8", (unsigned char)source->text.data[place.offset]);
        return false;
    }
    place.offset = utf8_noncharacter(buf_str(&source->text));
    if (place.offset < source->text.len) {
        struct str rest = {source->text.data + place.offset, source->text.len - place.offset};

        finding(findings, FINDING_ERROR, place, "remove it", "U+%04X is not a character",
                (unsigned)utf8_next(&rest));
        return false;
    }
    if (nul) {
        place.offset = (size_t)(nul - source->text.data);
        finding(findings, FINDING_ERROR, place, "remove the byte", "a NUL byte in a text file");
        return false;
    }
    return has_no_conflict(source, findings);
}

static void unify_line_ends(struct buf *text)
{
    size_t len = 0;

    for (size_t i = 0; i < text->len; i++)
        if (text->data[i] != '\r' || text->data[i + 1] != '\n')
            text->data[len++] = text->data[i];
    text->data[len] = '\0';
    text->len = len;
}

bool source_read(struct source *source, const char *path, struct findings *findings)
{
    *source = (struct source){.path = mem_dups(path), .text = BUF_INIT};
    if (!file_read(path, &source->text)) {
        finding_error(findings, EX_NOINPUT, (struct place){source, PLACE_FILE},
                      errno == ENOENT ? "create the file, or check the path"
                                      : "check that it is a file, and its permissions",
                      "cannot read: %s", strerror(errno));
        return false;
    }
    unify_line_ends(&source->text);
    return source_check(source, findings);
}

bool source_set(struct source *source, const char *path, struct str text, struct findings *findings)
{
    *source = (struct source){.path = mem_dups(path), .text = BUF_INIT};
    buf_addstr(&source->text, text);
    return source_check(source, findings);
}

void source_release(struct source *source)
{
    free(source->path);
    free(source->lines);
    buf_release(&source->text);
    *source = (struct source){.text = BUF_INIT};
}
