/* Browsers that post a form again and again, each over one connection: an act is a post and, where
 * the answer is 307, the same post once more with the cookie that came (RFC 9110 §15.4.8).  It ends
 * with a 303; any other answer ends the program.  COOKIES is a file of cookies, a line for each
 * act, as browsers bring them that already have one.
 *
 *   load ORIGIN CONNECTIONS SECONDS PATH BODY [COOKIES]
 *
 * Half a second passes before it counts.  At the end every act is brought to its answer, so that
 * the server has as many as are printed, on one line: acts a second; milliseconds of the median, of
 * 99 in 100 and of the slowest; acts of the connection with the fewest; all acts, also those
 * before. */
#include <arpa/inet.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

#define WARM_UP 0.5 /* seconds */
#define LATEST 10.0 /* seconds that the last answers may take */

struct browser {
    int fd;
    char reply[8192];
    size_t len;
    char cookie[256], path[256]; /* of the next post; cookie: empty, or NAME=VALUE */
    double began;                /* the act; 0: it rests */
    unsigned acts;               /* that counted */
};

struct load {
    const char *origin, *path, *body;
    struct sockaddr_in address;
    FILE *cookies; /* or NULL */
    size_t connections, all, counted;
    double from, to; /* when acts count */
    float *times;    /* of those that count, in milliseconds */
    int epoll;
};

static _Noreturn void give_up(const char *why)
{
    fprintf(stderr, "load: %s%s%s\n", why, errno ? ": " : "", errno ? strerror(errno) : "");
    exit(EXIT_FAILURE);
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Posts. */

static void connect_to(struct load *load, struct browser *browser)
{
    struct epoll_event event = {.events = EPOLLIN, .data = {.ptr = browser}};

    browser->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (browser->fd < 0 ||
        connect(browser->fd, (struct sockaddr *)&load->address, sizeof load->address) < 0 ||
        epoll_ctl(load->epoll, EPOLL_CTL_ADD, browser->fd, &event) < 0)
        give_up("cannot connect");
}

static void post(struct load *load, struct browser *browser)
{
    char request[4096];
    int len = snprintf(request, sizeof request,
                       "POST %s HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\n%s%s%s"
                       "Content-Type: application/x-www-form-urlencoded\r\n"
                       "Content-Length: %zu\r\n\r\n%s",
                       browser->path, load->origin + strlen("http://"), load->origin,
                       *browser->cookie ? "Cookie: " : "", browser->cookie,
                       *browser->cookie ? "\r\n" : "", strlen(load->body), load->body);

    errno = 0;
    if (len >= (int)sizeof request || send(browser->fd, request, (size_t)len, MSG_NOSIGNAL) != len)
        give_up("a post could not be sent");
    browser->len = 0;
}

static void begin_act(struct load *load, struct browser *browser)
{
    snprintf(browser->path, sizeof browser->path, "%s", load->path);
    *browser->cookie = '\0';
    errno = 0;
    if (load->cookies && !fgets(browser->cookie, sizeof browser->cookie, load->cookies))
        give_up("all cookies were used");
    browser->cookie[strcspn(browser->cookie, "\n")] = '\0';
    browser->began = now();
    post(load, browser);
}

static void end_act(struct load *load, struct browser *browser)
{
    double time = now();

    load->all++;
    if (time >= load->from && time < load->to) {
        load->times = mem_grow(load->times, load->counted, sizeof *load->times);
        load->times[load->counted++] = (float)((time - browser->began) * 1000);
        browser->acts++;
    }
    browser->began = 0;
    if (time < load->to)
        begin_act(load, browser);
}

/* Answers. */

/* Copies the value of the first such header, up to its end or a semicolon. */
static void header(const char *reply, const char *name, char *value, size_t size)
{
    const char *at = strstr(reply, name);
    size_t len = at ? strcspn(at + strlen(name), ";\r") : 0;

    errno = 0;
    if (!len || len >= size)
        give_up(name);
    memcpy(value, at + strlen(name), len);
    value[len] = '\0';
}

/* Without pipelining nothing follows an answer: it ends where it says, or with the last chunk. */
static bool is_complete(const struct browser *browser)
{
    static const char last[] = "0\r\n\r\n";
    const char *body = strstr(browser->reply, "\r\n\r\n"), *length;
    size_t sent;

    if (!body)
        return false;
    body += 4;
    sent = browser->len - (size_t)(body - browser->reply);
    length = strstr(browser->reply, "\r\nContent-Length: ");
    if (length && length < body)
        return sent >= strtoul(length + 18, NULL, 10);
    return sent >= sizeof last - 1 &&
           strcmp(browser->reply + browser->len - (sizeof last - 1), last) == 0;
}

static void answer(struct load *load, struct browser *browser)
{
    int status = atoi(browser->reply + strlen("HTTP/1.1 "));

    if (strstr(browser->reply, "\r\nConnection: close")) {
        close(browser->fd);
        connect_to(load, browser);
    }
    if (status == 307) {
        header(browser->reply, "\r\nLocation: ", browser->path, sizeof browser->path);
        header(browser->reply, "\r\nSet-Cookie: ", browser->cookie, sizeof browser->cookie);
        post(load, browser);
    } else if (status == 303) {
        end_act(load, browser);
    } else {
        browser->reply[strcspn(browser->reply, "\r")] = '\0';
        errno = 0;
        give_up(browser->reply);
    }
}

static void receive(struct load *load, struct browser *browser)
{
    ssize_t got;

    errno = 0;
    got = recv(browser->fd, browser->reply + browser->len, sizeof browser->reply - 1 - browser->len,
               0);
    if (got <= 0)
        give_up("an answer did not come, or is too long");
    browser->len += (size_t)got;
    browser->reply[browser->len] = '\0';
    if (is_complete(browser))
        answer(load, browser);
}

/* All. */

static size_t at_work(const struct load *load, const struct browser *browsers)
{
    size_t count = 0;

    for (size_t i = 0; i < load->connections; i++)
        count += browsers[i].began > 0;
    return count;
}

static void run(struct load *load, struct browser *browsers)
{
    struct epoll_event events[64];

    load->epoll = epoll_create1(EPOLL_CLOEXEC);
    for (size_t i = 0; i < load->connections; i++)
        connect_to(load, &browsers[i]);
    for (size_t i = 0; i < load->connections; i++)
        begin_act(load, &browsers[i]);
    while (now() < load->to || at_work(load, browsers)) {
        int count = epoll_wait(load->epoll, events, 64, 100);

        for (int i = 0; i < count; i++)
            receive(load, events[i].data.ptr);
        errno = 0;
        if (now() > load->to + LATEST)
            give_up("some were never answered");
    }
}

static int compare(const void *a, const void *b)
{
    const float *left = a, *right = b;

    return (*left > *right) - (*left < *right);
}

static void report(struct load *load, const struct browser *browsers)
{
    unsigned fewest = browsers->acts;

    errno = 0;
    if (!load->counted)
        give_up("there were no answers");
    for (size_t i = 0; i < load->connections; i++)
        if (browsers[i].acts < fewest)
            fewest = browsers[i].acts;
    qsort(load->times, load->counted, sizeof *load->times, compare);
    printf("%.0f %.2f %.2f %.2f %u %zu\n", (double)load->counted / (load->to - load->from),
           (double)load->times[load->counted / 2], (double)load->times[load->counted * 99 / 100],
           (double)load->times[load->counted - 1], fewest, load->all);
}

/* false: not such words. */
static bool read_words(struct load *load, int count, char **words)
{
    const char *colon = count > 1 ? strrchr(words[1], ':') : NULL;

    if (count < 6 || count > 7 || !colon || atoi(words[2]) < 1)
        return false;
    load->origin = words[1];
    load->address = (struct sockaddr_in){.sin_family = AF_INET,
                                         .sin_port = htons((uint16_t)atoi(colon + 1)),
                                         .sin_addr = {htonl(INADDR_LOOPBACK)}};
    load->connections = (size_t)atoi(words[2]);
    load->path = words[4];
    load->body = words[5];
    if (count > 6 && !(load->cookies = fopen(words[6], "r")))
        give_up(words[6]);
    load->from = now() + WARM_UP;
    load->to = load->from + atof(words[3]);
    return true;
}

int main(int argc, char **argv)
{
    struct load load = {0};
    struct browser *browsers;

    if (!read_words(&load, argc, argv))
        give_up("usage: load http://127.0.0.1:PORT CONNECTIONS SECONDS PATH BODY [COOKIES]");
    browsers = mem_alloc(load.connections * sizeof *browsers);
    run(&load, browsers);
    report(&load, browsers);
    free(browsers);
    free(load.times);
    return EXIT_SUCCESS;
}
