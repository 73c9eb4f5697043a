/* The version that all three programs and the access report show. */
#ifndef TEADE_VERSION_H
#define TEADE_VERSION_H

#define TEADE_VERSION "0.1"

#endif
