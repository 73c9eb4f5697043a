/* The command line of a program: tables of commands and options that are its reader and its help
 * at once, so that the three programs read, refuse and explain in the same words.
 *
 *   PROGRAM COMMAND [ARGUMENT…] [--option VALUE | --option=VALUE | --switch]…
 *   PROGRAM [COMMAND] --help, PROGRAM --version
 *
 * A program without commands has one whose name is NULL. */
#ifndef TEADE_OPTIONS_H
#define TEADE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { OPTION_ARGUMENTS = 2, OPTION_VALUES = 16 };

/* What a program's options and arguments are read into.  Each program defines it, and its first
 * member is a struct command_line. */
struct options;

/* How a value is read that is not kept as it is given. */
struct option_reader {
    /* Into the option's member.  false: the value is not `expected`, which completes the sentence
     * "… is not …", and the member is as before: options_ask() frees what it refuses. */
    bool (*read)(const struct option_reader *reader, const char *value, void *member);
    const char *expected;
    uint32_t least, most; /* of options_number() */
};

struct option {
    unsigned long bit; /* the commands whose `options` have it take this option */
    const char *name;  /* with its hyphens */
    const char *value; /* what its value is called in the help; NULL: a switch, a bool */
    size_t offset;     /* in struct options */
    const char *help;  /* with the default in brackets */
    const struct option_reader *reader; /* NULL: the member is a const char * */
};

struct command {
    const char *name;
    unsigned long options, required; /* bits */
    int (*run)(const struct options *options);
    const char *help;
    const char *arguments[OPTION_ARGUMENTS]; /* in order; one in square brackets can be left out */
    const char *note;                        /* follows the options in the help, or NULL */
};

struct program {
    const char *name, *purpose;
    const struct option *options;
    size_t option_count;
    const struct command *commands;
    size_t command_count;
};

struct command_line {
    const struct program *program;
    const struct command *command;
    const char *arguments[OPTION_ARGUMENTS]; /* NULL: left out */
};

/* An option that can be given more than once. */
struct option_list {
    const char *values[OPTION_VALUES];
    size_t count;
};

/* Readers of a day into a struct date, of UTC seconds into an int64_t, and of one value more into a
 * struct option_list. */
extern const struct option_reader option_day, option_instant, option_values;

/* For readers of text: keeps the value if it is `ok`, and returns that. */
bool options_text(bool ok, const char *value, void *member);

/* Reads a uint32_t from `least` to `most`. */
bool options_number(const struct option_reader *reader, const char *value, void *member);

/* Reads the command line into `options`, which has the defaults, and runs the command; or prints
 * help or version.  Returns the exit status: EX_USAGE with what is wrong on stderr, EX_IOERR where
 * stdout could not be written. */
int options_run(const struct program *program, struct options *options, char **words);

/* Asks on the terminal (standard input and error) for an option until its value is as its reader
 * expects; an empty line leaves out what `may_be_empty`.  Returns what the option's member points
 * to, to be freed after the options; NULL: left out, or the input ended. */
char *options_ask(struct options *options, const char *name, const char *question,
                  bool may_be_empty);

/* Returns EX_USAGE.  Reports what is wrong with the command line, and which help explains it. */
int options_misuse(const struct options *options, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
