/* A provision to be asked for, in one line. */
#ifndef TEADE_PROVISION_FIXTURE_H
#define TEADE_PROVISION_FIXTURE_H

#include "store_fixture.h"

#include "provide.h"

static inline struct provide request(int visitor, enum provision_ground ground,
                                     const char *recipient)
{
    static const char *const words[PROVISION_WORDS] = {"R\xc3\xa4ndur", "Riga", "", "name, e-mail"};
    struct provide wanted = {.provision = {.ground = ground}};

    visitor_of(visitor, wanted.visitor);
    if (*recipient)
        assert_true(provision_set_recipient(&wanted.provision, str_of(recipient)));
    for (size_t i = 0; i < PROVISION_WORDS; i++)
        if (*words[i])
            assert_true(provision_set(&wanted.provision, &provision_words[i], str_of(words[i])));
    return wanted;
}

#endif
