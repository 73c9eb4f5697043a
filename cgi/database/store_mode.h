/* How a database is opened: by the store, and by its driver. */
#ifndef TEADE_STORE_MODE_H
#define TEADE_STORE_MODE_H

enum store_mode {
    STORE_READ,   /* never writes a byte of the database, and never checkpoints */
    STORE_WRITE,  /* takes the lock DATABASE.lock: a second writer is refused.  What is committed is
                   * on disk when the commit returns */
    STORE_CREATE, /* the same; makes the database, readable by its owner, where there is none or it
                   * is empty */
    STORE_LOCKED  /* as STORE_WRITE, by whoever holds store_lock() of this database, or of the one
                   * that  it is to become */
};

#endif
