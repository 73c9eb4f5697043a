/* What systemd is told of the service (sd_notify(3)).  One datagram is all there is to it, and
 * libsystemd would bring four libraries more into the process that strangers speak to. */
#ifndef TEADE_NOTIFY_H
#define TEADE_NOTIFY_H

/* Each is one line for `systemctl status` as well.  Nothing happens where nobody asked for it by
 * NOTIFY_SOCKET. */
void notify_ready(const char *format, ...) __attribute__((format(printf, 1, 2)));
void notify_reloading(void);
void notify_stopping(void);

/* In a child: it has nothing to say. */
void notify_forget(void);

#endif
