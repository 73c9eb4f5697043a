/* What a command costs: its seconds and its peak memory, in MiB, of the largest of its processes.
 * What it prints goes to standard error; that it fails is a failure of this program too.  It may
 * take five minutes.
 *
 *   cost COMMAND... */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LIMIT = 300 }; /* seconds */

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static _Noreturn void become(char **command)
{
    alarm(LIMIT);
    if (dup2(STDERR_FILENO, STDOUT_FILENO) >= 0)
        execvp(command[0], command);
    _exit(127);
}

int main(int argc, char **argv)
{
    double start = now(), seconds;
    struct rusage usage;
    int status;
    pid_t pid = argc > 1 ? fork() : -1;

    if (pid == 0)
        become(argv + 1);
    if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0) {
        fprintf(stderr, "cost: %s failed\n", argc > 1 ? argv[1] : "nothing");
        return EXIT_FAILURE;
    }
    seconds = now() - start;
    getrusage(RUSAGE_CHILDREN, &usage);
    printf("%.4f %.1f\n", seconds, (double)usage.ru_maxrss / 1024);
    return EXIT_SUCCESS;
}
