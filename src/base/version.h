/* The version that all three programs tell, and a dossier. */
#ifndef TEADE_VERSION_H
#define TEADE_VERSION_H

#define TEADE_VERSION "0.1"

#endif
