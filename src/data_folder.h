/* Where a program's own files are: templates and the words of its pages. */
#ifndef TEADE_DATA_FOLDER_H
#define TEADE_DATA_FOLDER_H

/* The folder `name`: the one in the current directory, if there is one (a clone, or a site with
 * templates of its own); else the one that was installed with the program; else that of the clone
 * that the program was built in.  `name` itself where there is none.  The caller frees it. */
char *data_folder(const char *name);

#endif
