#include "output.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

void output_in_order(void)
{
    struct stat out, err;

    if (fstat(STDOUT_FILENO, &out) == 0 && fstat(STDERR_FILENO, &err) == 0 &&
        out.st_dev == err.st_dev && out.st_ino == err.st_ino)
        setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
}
