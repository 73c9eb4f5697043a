/* A stranger's parameters, one a line, and what is read out of them: cookies, query fields,
 * the origin, the language.  The same bytes are an Accept-Language header as well. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/validate.h"
#include "http/language_range.h"
#include "http/origin.h"

enum { PARAMETERS_MAX = 64 };

static const char *const tags[] = {"et", "ja", "en", "pt-BR", "en-GB"};
enum { TAGS = sizeof tags / sizeof *tags };

/* Malformed elements before and behind change nothing. */
static void check_language(struct str header)
{
    struct buf more = BUF_INIT;
    size_t best = accept_language(header, tags, TAGS, 2);

    assert(best < TAGS);
    buf_adds(&more, "et;q=7,,");
    buf_addstr(&more, header);
    buf_adds(&more, ",*;q=x,ja;q=0.0001");
    assert(accept_language(buf_str(&more), tags, TAGS, 2) == best);
    buf_release(&more);
}

static void check_origin(const struct request *request)
{
    static const char base_url[] = "https://kuukivi.example";
    struct request other = *request;

    if (!origin_is_ours(request, base_url))
        return;
    assert(!validate_is_word(request->fetch_site, "cross-site") &&
           !validate_is_word(request->fetch_site, "same-site"));
    other.fetch_site = (struct str){NULL, 0};
    other.origin = str_of("null");
    assert(!origin_is_ours(&other, base_url));
}

static bool lies_in(struct str part, struct str whole)
{
    return part.data >= whole.data && part.data + part.len <= whole.data + whole.len;
}

static void check_cookies(const struct request *request)
{
    struct str rest = request->cookie, name, value;

    while (request_next_cookie(&rest, &name, &value))
        assert(name.data < value.data && !memchr(name.data, '=', name.len) &&
               (!value.len || !memchr(value.data, ';', value.len)) &&
               lies_in(name, request->cookie) && lies_in(value, request->cookie));
}

static void check_request(char *const *parameters)
{
    struct request request;
    enum request_fault fault = request_read(&request, parameters);
    const struct str looks[] = {request.path, request.content_type, request.origin,
                                request.fetch_site};
    struct str field = request_query(&request, "done");

    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
        assert(looks[i].len <= HTTP_HEADER_MAX && !looks[i].data == !looks[i].len &&
               validate_is_plain(looks[i]));
    assert(fault == REQUEST_MALFORMED || (request.path.data && *request.path.data == '/'));
    assert(fault != REQUEST_SOUND || request.content_length <= HTTP_BODY_MAX);
    assert(!field.data || validate_is_of(field, "abcdefghijklmnopqrstuvwxyz0123456789-"));
    check_cookies(&request);
    check_origin(&request);
    check_language(request.accept_language);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct str rest = {(const char *)bytes, size}, line;
    char *parameters[PARAMETERS_MAX + 1] = {NULL};

    check_language(rest);
    for (size_t i = 0; i < PARAMETERS_MAX && validate_cut(&rest, '\n', &line); i++)
        parameters[i] = mem_dup(line.data, line.len);
    check_request(parameters);
    for (size_t i = 0; parameters[i]; i++)
        free(parameters[i]);
    return 0;
}
