/* Reports the state of the service to systemd (sd_notify(3)).  One datagram does it; libsystemd
 * would load four more libraries into the process that reads strangers' requests. */
#ifndef TEADE_NOTIFY_H
#define TEADE_NOTIFY_H

/* Each is one line for `systemctl status` as well.  Nothing happens without
 * NOTIFY_SOCKET. */
void notify_ready(const char *format, ...) __attribute__((format(printf, 1, 2)));
void notify_reloading(void);
void notify_stopping(void);

/* In a child: it has nothing to say. */
void notify_forget(void);

#endif
