/* One pass over the words.  What a command needs is checked when all are read, so that the order of
 * options does not matter. */
#include "options.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "buf.h"
#include "date.h"
#include "validate.h"
#include "version.h"

enum { HELP_WIDTH = 80, HELP_COLUMN = 26 };

/* Readers. */

bool options_text(bool ok, const char *value, void *member)
{
    if (ok)
        *(const char **)member = value;
    return ok;
}

bool options_number(const struct option_reader *reader, const char *value, void *member)
{
    uint32_t number;
    bool ok = validate_number(str_of(value), reader->most, &number) && number >= reader->least &&
              number <= reader->most;

    if (ok)
        *(uint32_t *)member = number;
    return ok;
}

static bool read_day(const struct option_reader *reader, const char *value, void *member)
{
    (void)reader;
    return date_parse(str_of(value), member);
}

static bool read_instant(const struct option_reader *reader, const char *value, void *member)
{
    uint32_t seconds;

    (void)reader;
    if (!validate_number(str_of(value), UINT32_MAX - 1, &seconds) || seconds == UINT32_MAX)
        return false;
    *(int64_t *)member = seconds;
    return true;
}

static bool add_value(const struct option_reader *reader, const char *value, void *member)
{
    struct option_list *list = member;

    (void)reader;
    if (list->count == OPTION_VALUES)
        return false;
    list->values[list->count++] = value;
    return true;
}

const struct option_reader option_day = {read_day, "a day; write YYYY-MM-DD", 0, 0};
const struct option_reader option_instant = {read_instant, "a time in seconds since 1970 (UTC)", 0,
                                             0};
const struct option_reader option_values = {add_value, "among the first 16 values", 0, 0};

/* Help. */

/* Words from a column on, on lines of the width of a terminal; the cursor is at `at`. */
static void print_words(FILE *out, int at, int column, const char *words)
{
    int width = 0;

    if (at && at >= column) {
        fputc('\n', out);
        at = 0;
    }
    fprintf(out, "%*s", column - at, "");
    for (at = column; *words; words += width + (words[width] == ' ')) {
        width = (int)strcspn(words, " ");
        if (at > column && at + 1 + width > HELP_WIDTH) {
            fprintf(out, "\n%*s", column, "");
            at = column;
        }
        at += fprintf(out, "%s%.*s", at > column ? " " : "", width, words);
    }
    fputc('\n', out);
}

static void print_options(FILE *out, const struct program *program, unsigned long bits)
{
    fprintf(out, "\nOptions:\n");
    for (size_t i = 0; i < program->option_count; i++) {
        const struct option *option = &program->options[i];

        if (option->bit & bits)
            print_words(out,
                        fprintf(out, "  %s%s%s ", option->name, option->value ? " " : "",
                                option->value ? option->value : ""),
                        HELP_COLUMN, option->help);
    }
}

static void print_usage(FILE *out, const struct program *program, const struct command *command)
{
    fprintf(out, "Usage: %s", program->name);
    if (command->name)
        fprintf(out, " %s", command->name);
    for (size_t i = 0; i < OPTION_ARGUMENTS && command->arguments[i]; i++)
        fprintf(out, " %s", command->arguments[i]);
    for (size_t i = 0; i < program->option_count; i++)
        if (program->options[i].bit & command->required)
            fprintf(out, " %s %s", program->options[i].name, program->options[i].value);
    fprintf(out, "%s\n\n", command->options & ~command->required ? " [options]" : "");
    print_words(out, 0, 0, command->name ? command->help : program->purpose);
}

static void print_command(FILE *out, const struct program *program, const struct command *command)
{
    print_usage(out, program, command);
    if (command->options)
        print_options(out, program, command->options);
    if (command->note) {
        fputc('\n', out);
        print_words(out, 0, 0, command->note);
    }
}

static void print_help(FILE *out, const struct program *program)
{
    if (!program->commands->name) {
        print_command(out, program, program->commands);
        return;
    }
    fprintf(out, "Usage: %s COMMAND [options]\n\n", program->name);
    print_words(out, 0, 0, program->purpose);
    fprintf(out, "\nCommands:\n");
    for (size_t i = 0; i < program->command_count; i++)
        print_words(out, fprintf(out, "  %s ", program->commands[i].name), HELP_COLUMN - 8,
                    program->commands[i].help);
    fprintf(out, "\n`%s COMMAND --help` lists the options of a command.\n", program->name);
}

/* Reading. */

static const struct command_line *line_of(const struct options *options)
{
    return (const struct command_line *)(const void *)options;
}

int options_misuse(const struct options *options, const char *format, ...)
{
    const struct command_line *line = line_of(options);
    const char *command = line->command ? line->command->name : NULL;
    va_list arguments;

    fprintf(stderr, "%s: ", line->program->name);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, "; see `%s%s%s --help`\n", line->program->name, command ? " " : "",
            command ? command : "");
    return EX_USAGE;
}

static const struct option *find_option(const struct command_line *line, struct str name)
{
    for (size_t i = 0; i < line->program->option_count; i++) {
        const struct option *option = &line->program->options[i];

        if ((option->bit & line->command->options) && str_is(name, option->name))
            return option;
    }
    return NULL;
}

static int take_value(struct options *options, const struct option *option, const char *value)
{
    void *member = (char *)options + option->offset;

    if (!option->reader)
        *(const char **)member = value;
    else if (!option->reader->read(option->reader, value, member))
        return options_misuse(options, "%s: \"%s\" is not %s", option->name, value,
                              option->reader->expected);
    return EX_OK;
}

/* Takes the option that **words begins with, and moves to its last word. */
static int take_option(struct options *options, char ***words, unsigned long *given)
{
    char *word = **words;
    struct str name = {word, strcspn(word, "=")};
    const struct option *option = find_option(line_of(options), name);
    const char *value = word[name.len] ? word + name.len + 1 : NULL;

    if (!option)
        return options_misuse(options, "unknown option \"%.*s\"", (int)name.len, word);
    *given |= option->bit;
    if (!option->value) {
        *(bool *)((char *)options + option->offset) = true;
        return value ? options_misuse(options, "%s takes no value", option->name) : EX_OK;
    }
    if (!value && (*words)[1])
        value = *++*words;
    if (!value || !*value)
        return options_misuse(options, "%s needs a value: %s", option->name, option->value);
    return take_value(options, option, value);
}

/* A line of standard input without its end; NULL: the input ended. */
static char *read_line(void)
{
    char *line = NULL;
    size_t size = 0;
    ssize_t len = getline(&line, &size, stdin);

    if (len < 0) {
        free(line);
        return NULL;
    }
    line[strcspn(line, "\n")] = '\0';
    return line;
}

char *options_ask(struct options *options, const char *name, const char *question,
                  bool may_be_empty)
{
    const struct option *option = find_option(line_of(options), str_of(name));
    char *line;

    for (;;) {
        fprintf(stderr, "%s%s: ", question, may_be_empty ? " (may be left empty)" : "");
        line = read_line();
        if (!line || (*line && take_value(options, option, line) == EX_OK))
            return line;
        if (!*line && may_be_empty)
            break;
        free(line);
    }
    free(line);
    return NULL;
}

static int take_argument(struct options *options, const char *word)
{
    struct command_line *line = (struct command_line *)(void *)options;

    if (!*word) /* an unset variable of a shell: the root of the file system, for a directory */
        return options_misuse(options, "an argument is empty");
    for (size_t i = 0; i < OPTION_ARGUMENTS && line->command->arguments[i]; i++)
        if (!line->arguments[i]) {
            line->arguments[i] = word;
            return EX_OK;
        }
    return options_misuse(options, "unexpected argument \"%s\"", word);
}

static int check_complete(const struct options *options, unsigned long given)
{
    const struct command_line *line = line_of(options);
    const struct command *command = line->command;

    for (size_t i = 0; i < OPTION_ARGUMENTS && command->arguments[i]; i++)
        if (!line->arguments[i] && *command->arguments[i] != '[')
            return options_misuse(options, "missing argument: %s", command->arguments[i]);
    for (size_t i = 0; i < line->program->option_count; i++)
        if (line->program->options[i].bit & command->required & ~given)
            return options_misuse(options, "missing option: %s", line->program->options[i].name);
    return EX_OK;
}

static int run(struct options *options, char **words)
{
    const struct command_line *line = line_of(options);
    unsigned long given = 0;
    int status = EX_OK;

    for (; *words && status == EX_OK; words++) {
        if (strcmp(*words, "--help") == 0) {
            print_command(stdout, line->program, line->command);
            return EX_OK;
        }
        status =
            **words == '-' ? take_option(options, &words, &given) : take_argument(options, *words);
    }
    if (status == EX_OK)
        status = check_complete(options, given);
    return status == EX_OK ? line->command->run(options) : status;
}

static const struct command *find_command(const struct program *program, const char *word)
{
    for (size_t i = 0; i < program->command_count; i++)
        if (strcmp(program->commands[i].name, word) == 0)
            return &program->commands[i];
    return NULL;
}

static int dispatch(const struct program *program, struct options *options, char **words)
{
    struct command_line *line = (struct command_line *)(void *)options;

    line->program = program;
    if (*words && strcmp(*words, "--version") == 0) {
        printf("%s " TEADE_VERSION "\n", program->name);
        return EX_OK;
    }
    if (!program->commands->name) {
        line->command = program->commands;
        return run(options, words);
    }
    if (!*words || strcmp(*words, "--help") == 0) {
        print_help(*words ? stdout : stderr, program);
        return *words ? EX_OK : EX_USAGE;
    }
    line->command = find_command(program, *words);
    return line->command ? run(options, words + 1)
                         : options_misuse(options, "unknown command \"%s\"", *words);
}

int options_run(const struct program *program, struct options *options, char **words)
{
    int status = dispatch(program, options, words);

    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    fprintf(stderr, "%s: cannot write to standard output\n", program->name);
    return status == EX_OK ? EX_IOERR : status;
}
