#include "keeper_client.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

#include "base/clock.h"

/* A signal to end (SIGTERM) interrupts the wait but not the request. */
static ssize_t receive(struct link *link, int64_t deadline)
{
    for (;;) {
        struct pollfd wait = {.fd = link->socket, .events = POLLIN};
        int64_t left = deadline - clock_milliseconds();
        int ready = left > 0 ? poll(&wait, 1, (int)left) : 0;

        if (ready > 0)
            return recv(link->socket, link->reply, sizeof link->reply, 0);
        if (ready == 0 || errno != EINTR)
            return -1;
    }
}

bool link_ask(struct link *link, enum wire_kind kind, struct str fields, int seconds,
              struct wire_reader *reply)
{
    struct wire_header header = {kind, ++link->sequence}, back;
    struct buf message = BUF_INIT;
    ssize_t got = -1;

    wire_put_header(&message, header);
    buf_addstr(&message, fields);
    if (!link->lost &&
        send(link->socket, message.data, message.len, MSG_NOSIGNAL) == (ssize_t)message.len)
        got = receive(link, clock_milliseconds() + seconds * 1000);
    buf_release(&message);
    *reply = (struct wire_reader){{link->reply, got > 0 ? (size_t)got : 0}, false};
    if (got <= 0 || !wire_take_header(reply, &back) || back.kind != kind ||
        back.sequence != header.sequence)
        link->lost = true;
    return !link->lost;
}
