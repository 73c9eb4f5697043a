#include "number.h"

#include <stdio.h>

struct number number_of(long long number, const char *one, const char *many)
{
    struct number of;

    snprintf(of.text, sizeof of.text, "%lld %s", number, number == 1 ? one : many);
    return of;
}
