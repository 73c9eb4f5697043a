#include "handover.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"

enum {
    ANSWERS = 64,  /* in a row that must name the site: more than there are workers, old or new */
    ABSENCES = 50, /* in a row, one each PAUSE_MS: more than a restart takes */
    PATIENCE = 30, /* seconds */
    PAUSE_MS = 20,
};

static bool fail(const struct handover *handover, const char *remedy, const char *what)
{
    struct source source = {.path = mem_dups(handover->site)};

    finding_error(handover->findings, EX_TEMPFAIL, (struct place){&source, PLACE_FILE}, remedy,
                  "%s", what);
    free(source.path);
    return false;
}

/* A FastCGI request (specification 1.0, sections 3.3 and 3.4) of one parameter list. */

static void add_record(struct buf *out, int type, struct str content)
{
    const unsigned char header[8] = {1,
                                     (unsigned char)type,
                                     0,
                                     1,
                                     (unsigned char)(content.len >> 8),
                                     (unsigned char)content.len,
                                     0,
                                     0};

    buf_add(out, header, sizeof header);
    buf_addstr(out, content);
}

static void add_parameter(struct buf *out, const char *name, const char *value)
{
    buf_addc(out, (char)strlen(name));
    buf_addc(out, (char)strlen(value));
    buf_adds(out, name);
    buf_adds(out, value);
}

static void health_request(struct buf *out)
{
    enum { BEGIN = 1, PARAMETERS = 4, BODY = 5 };
    static const char responder[8] = {0, 1};
    struct buf parameters = BUF_INIT;

    add_parameter(&parameters, "REQUEST_METHOD", "GET");
    add_parameter(&parameters, "DOCUMENT_URI", "/choices/health");
    add_parameter(&parameters, "QUERY_STRING", "");
    add_record(out, BEGIN, (struct str){responder, sizeof responder});
    add_record(out, PARAMETERS, buf_str(&parameters));
    add_record(out, PARAMETERS, str_of(""));
    add_record(out, BODY, str_of(""));
    buf_release(&parameters);
}

static bool connects(int fd, const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct timeval patience = {.tv_sec = 5};

    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return false;
    }
    strcpy(address.sun_path, path);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    return connect(fd, (struct sockaddr *)&address, sizeof address) == 0;
}

/* -1 with errno set. */
static int open_socket(const char *path)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), cause;

    if (fd < 0 || connects(fd, path))
        return fd;
    cause = errno;
    close(fd);
    errno = cause;
    return -1;
}

/* Whether the endpoint's answer names a manifest; the socket is closed.  The answer is short: one
 * record, which is searched as it is. */
static bool names(int fd, const char *digest)
{
    struct buf request = BUF_INIT, answer = BUF_INIT;
    char part[4096];
    ssize_t got;
    bool found;

    health_request(&request);
    if (send(fd, request.data, request.len, MSG_NOSIGNAL) == (ssize_t)request.len)
        while ((got = read(fd, part, sizeof part)) > 0)
            buf_add(&answer, part, (size_t)got);
    close(fd);
    found = memmem(answer.data, answer.len, digest, strlen(digest)) != NULL;
    buf_release(&request);
    buf_release(&answer);
    return found;
}

static bool fail_to_reach(const struct handover *handover, int cause)
{
    char *what = mem_printf("the endpoint's socket %s cannot be reached: %s", handover->socket,
                            strerror(cause));

    fail(handover, "start the endpoint, or name the socket that it listens on by --endpoint", what);
    free(what);
    return false;
}

/* An endpoint that is there may need its time; one that is not does not come. */
static bool wait_until_named(const struct handover *handover, const char *digest)
{
    const struct timespec pause = {0, PAUSE_MS * 1000000L};
    time_t end = time(NULL) + PATIENCE;
    int named = 0, absent = 0; /* in a row */

    while (named < ANSWERS && time(NULL) <= end) {
        int fd = open_socket(handover->socket);

        absent = fd < 0 ? absent + 1 : 0;
        if (absent == ABSENCES)
            return fail_to_reach(handover, errno);
        if (fd >= 0 && names(fd, digest)) {
            named++;
        } else {
            named = 0;
            nanosleep(&pause, NULL);
        }
    }
    return named == ANSWERS ||
           fail(handover, "see the endpoint's log for why",
                "the endpoint did not take the new site within half a minute");
}

/* The command gets no terminal to wait at. */
static bool reload(const char *command)
{
    char *line = mem_printf("exec </dev/null\n%s", command);
    bool ok = system(line) == 0;

    free(line);
    return ok;
}

static bool tell(struct handover *handover)
{
    if (!handover->reload)
        return true;
    if (!reload(handover->reload))
        return fail(handover, "run it by hand and see what it says",
                    "the command of --reload failed");
    handover->told = true;
    return true;
}

bool handover_run(void *context)
{
    struct handover *handover = context;
    char *path = mem_printf("%s/private/manifest.json", handover->site);
    struct buf manifest = BUF_INIT;
    char digest[HASH_HEX + 1];
    bool there = file_read(path, &manifest);

    hash_hex(buf_str(&manifest), digest);
    buf_release(&manifest);
    free(path);
    if (!there)
        return fail(handover, "try again", "the new manifest cannot be read");
    if (!tell(handover))
        return false;
    if (handover->socket && !wait_until_named(handover, digest))
        return false;
    return !handover->taken || handover->taken(handover->context);
}

void handover_undo(const struct handover *handover)
{
    if (handover->told && !reload(handover->reload))
        fail(handover, "reload the endpoint by hand: the old site is in place again",
             "the command of --reload failed");
}
