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

static int open_socket(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct timeval patience = {.tv_sec = 5};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0 || strlen(path) >= sizeof address.sun_path)
        return fd;
    strcpy(address.sun_path, path);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
        return fd;
    close(fd);
    return -1;
}

/* Whether the endpoint's answer names a manifest.  It is short: one record, which is searched as
 * it is. */
static bool names(const char *path, const char *digest)
{
    struct buf request = BUF_INIT, answer = BUF_INIT;
    int fd = open_socket(path);
    char part[4096];
    ssize_t got;
    bool found;

    if (fd < 0)
        return false;
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

static bool wait_until_named(const struct handover *handover, const char *digest)
{
    const struct timespec pause = {0, PAUSE_MS * 1000000L};
    time_t end = time(NULL) + PATIENCE;
    int in_a_row = 0;

    while (in_a_row < ANSWERS && time(NULL) <= end) {
        if (names(handover->socket, digest)) {
            in_a_row++;
        } else {
            in_a_row = 0;
            nanosleep(&pause, NULL);
        }
    }
    return in_a_row == ANSWERS;
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
        return fail(handover, "see the endpoint's log for why",
                    "the endpoint did not take the new site within half a minute");
    return !handover->taken || handover->taken(handover->context);
}

void handover_undo(const struct handover *handover)
{
    if (handover->told && !reload(handover->reload))
        fail(handover, "reload the endpoint by hand: the old site is in place again",
             "the command of --reload failed");
}
