/* Runs a fuzz target over files: its seeds, in `make test`, by any compiler. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "base/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        struct buf input = BUF_INIT;

        if (!file_read(argv[i], &input)) {
            perror(argv[i]);
            return EX_NOINPUT;
        }
        LLVMFuzzerTestOneInput((const uint8_t *)input.data, input.len);
        buf_release(&input);
    }
    return EXIT_SUCCESS;
}
