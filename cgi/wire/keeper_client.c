#include "keeper_client.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

#include "base/clock.h"

/* A signal to end (SIGTERM) interrupts the wait but not the request. */
static ssize_t receive(struct keeper_client *keeper, int64_t deadline)
{
    for (;;) {
        struct pollfd wait = {.fd = keeper->socket, .events = POLLIN};
        int64_t left = deadline - clock_milliseconds();
        int ready = left > 0 ? poll(&wait, 1, (int)left) : 0;

        if (ready > 0)
            return recv(keeper->socket, keeper->reply, sizeof keeper->reply, 0);
        if (ready == 0 || errno != EINTR)
            return -1;
    }
}

bool keeper_ask(struct keeper_client *keeper, enum wire_kind kind, struct str fields, int seconds,
                struct wire_reader *reply)
{
    struct wire_header header = {kind, ++keeper->sequence}, back;
    struct buf message = BUF_INIT;
    ssize_t got = -1;

    wire_put_header(&message, header);
    buf_addstr(&message, fields);
    if (!keeper->lost &&
        send(keeper->socket, message.data, message.len, MSG_NOSIGNAL) == (ssize_t)message.len)
        got = receive(keeper, clock_milliseconds() + seconds * 1000);
    buf_release(&message);
    *reply = (struct wire_reader){{keeper->reply, got > 0 ? (size_t)got : 0}, false};
    if (got <= 0 || !wire_take_header(reply, &back) || back.kind != kind ||
        back.sequence != header.sequence)
        keeper->lost = true;
    return !keeper->lost;
}
