/* SIGTERM stays blocked and is read from a descriptor, beside the listener: libfcgi hangs up on a
 * connection that it has accepted where a signal interrupts its wait for the first byte. */
#include "worker.h"

#include <errno.h>
#include <fcgiapp.h>
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

enum { PATIENCE = 10 }; /* seconds for the server to take an answer */

static volatile sig_atomic_t answering = -1; /* the socket */

/* The server's buffers hold nearly every answer.  One that they do not, for somebody who reads
 * slowly or not at all, must not keep us from all others. */
static void on_alarm(int signal)
{
    int before = errno;

    (void)signal;
    shutdown(answering, SHUT_RDWR);
    errno = before;
}

/* A body that is shorter than announced was cut off on its way: what it says is not what
 * the visitor meant to say. */
static bool read_body(FCGX_Request *fcgi, struct request *request, struct buf *body)
{
    char bytes[HTTP_BODY_MAX];
    int got;

    while (body->len < request->content_length &&
           (got = FCGX_GetStr(bytes, sizeof bytes, fcgi->in)) > 0)
        buf_add(body, bytes, (size_t)got);
    request->body = buf_str(body);
    return FCGX_GetError(fcgi->in) == 0 && body->len == request->content_length;
}

/* The server hangs up where the visitor has gone, or has waited for too long: such a request may
 * have lain in the queue for long, and many may lie behind it. */
static bool is_abandoned(int socket)
{
    struct pollfd peer = {.fd = socket, .events = POLLRDHUP};

    return poll(&peer, 1, 0) > 0;
}

/* Ends the answer and the connection: the server has all of it in its queue, and FCGX_Finish_r()
 * would wait for seconds until it hangs up as well. */
static void finish(FCGX_Request *fcgi)
{
    FCGX_FClose(fcgi->err);
    FCGX_FClose(fcgi->out);
    shutdown(fcgi->ipcFd, SHUT_RDWR);
}

static void serve(FCGX_Request *fcgi, struct endpoint *endpoint)
{
    struct response response = {.headers = BUF_INIT, .body = BUF_INIT};
    struct buf body = BUF_INIT, out = BUF_INIT;
    struct request request;
    enum request_fault fault = request_read(&request, fcgi->envp);

    if (fault == REQUEST_SOUND && !read_body(fcgi, &request, &body))
        fault = REQUEST_MALFORMED;
    request.abandoned = is_abandoned(fcgi->ipcFd);
    endpoint_answer(endpoint, &request, fault, &response);
    response_write(&response, request.method == HTTP_HEAD, &out);
    answering = fcgi->ipcFd;
    alarm(PATIENCE);
    FCGX_PutStr(out.data, (int)out.len, fcgi->out);
    finish(fcgi);
    buf_release(&out);
    buf_release(&body);
    buf_release(&response.headers);
    buf_release(&response.body);
}

/* What a worker waits for; -1 on error.  Of all workers that are idle one is woken by a connection.
 */
static int watch(int listener)
{
    struct epoll_event connection = {.events = EPOLLIN | EPOLLEXCLUSIVE, .data.fd = listener};
    struct epoll_event term = {.events = EPOLLIN};
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, NULL);
    term.data.fd = signalfd(-1, &set, SFD_CLOEXEC);
    return epoll_ctl(epoll, EPOLL_CTL_ADD, term.data.fd, &term) == 0 &&
                   epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &connection) == 0
               ? epoll
               : -1;
}

/* Waits.  A worker that is to end still takes the connection that woke it: no other one was woken.
 */
static void await(int epoll, int listener, bool *connection, bool *term)
{
    struct epoll_event events[2];
    int count = epoll_wait(epoll, events, 2, -1);

    *connection = *term = false;
    for (int i = 0; i < count; i++)
        *(events[i].data.fd == listener ? connection : term) = true;
}

/* One request; false where the listener is of no use.  Another worker may have been faster. */
static bool take_one(FCGX_Request *fcgi, struct endpoint *endpoint)
{
    int status = FCGX_Accept_r(fcgi);

    if (status != 0)
        return status == -EAGAIN;
    serve(fcgi, endpoint);
    FCGX_Finish_r(fcgi);
    alarm(0);
    if (endpoint->has_turn)
        turns_end(endpoint->exports, endpoint->turn);
    endpoint->has_turn = false;
    return true;
}

int worker_run(int listener, struct endpoint *endpoint)
{
    struct sigaction alarmed = {.sa_handler = on_alarm, .sa_flags = SA_RESTART};
    int epoll = watch(listener);
    bool connection, term = false;
    FCGX_Request fcgi;

    if (epoll < 0)
        return EX_OSERR;
    FCGX_Init();
    FCGX_InitRequest(&fcgi, listener, 0);
    sigaction(SIGALRM, &alarmed, NULL);
    while (!term && !endpoint->keeper.lost) {
        await(epoll, listener, &connection, &term);
        if (connection && !take_one(&fcgi, endpoint))
            return EX_OSERR;
    }
    FCGX_Free(&fcgi, 1);
    return endpoint->keeper.lost ? EX_TEMPFAIL : EX_OK;
}
