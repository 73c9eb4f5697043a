#include "worker.h"

#include <errno.h>
#include <fcgiapp.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

enum { PATIENCE = 10 }; /* seconds for the server to take an answer */

static volatile sig_atomic_t ending;
static volatile sig_atomic_t answering = -1; /* the socket */

static void on_term(int signal)
{
    (void)signal;
    ending = 1;
    FCGX_ShutdownPending();
}

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

int worker_run(int listener, struct endpoint *endpoint)
{
    struct sigaction end = {.sa_handler = on_term}; /* without SA_RESTART: accept is woken */
    struct sigaction alarmed = {.sa_handler = on_alarm, .sa_flags = SA_RESTART};
    FCGX_Request fcgi;

    FCGX_Init();
    FCGX_InitRequest(&fcgi, listener, FCGI_FAIL_ACCEPT_ON_INTR);
    sigaction(SIGTERM, &end, NULL);
    sigaction(SIGALRM, &alarmed, NULL);
    while (!ending && !endpoint->keeper.lost) {
        int status = FCGX_Accept_r(&fcgi);

        if (status == 0) {
            serve(&fcgi, endpoint);
            FCGX_Finish_r(&fcgi);
            alarm(0);
            if (endpoint->has_turn)
                turns_end(endpoint->exports, endpoint->turn);
            endpoint->has_turn = false;
        } else if (status != -EINTR && !ending) {
            return EX_OSERR;
        }
    }
    FCGX_Free(&fcgi, 1);
    return endpoint->keeper.lost ? EX_TEMPFAIL : EX_OK;
}
