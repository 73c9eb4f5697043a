/* Disclosures from the keeper to the page of a visitor. */
#include "../fixtures/provision_fixture.h"

#include <sys/socket.h>
#include <unistd.h>

#include "keeper/task.h"
#include "web/page_disclosures.h"

enum { MANY = 300 /* more than one reply holds */ };

static const struct manifest_language english = {
    .tag = "en", .time_pattern = "d MMMM y 'at' HH:mm", .months = {[2] = "March"}};

static void provide_all(struct store *store)
{
    char name[PROVISION_NAME_MAX + 1];

    give(store, 1, true, EN_1, "newsletter", NOON);
    assert_true(store_begin(store));
    for (int i = 0; i < MANY; i++) {
        struct provide wanted = request(1, GROUND_LAW + (enum provision_ground)(i % 4), "");
        struct provided provided;

        snprintf(name, sizeof name, "%0*d", PROVISION_NAME_MAX, i);
        assert_true(provision_set(&wanted.provision, &provision_words[0], str_of(name)));
        provide(store, NULL, NOON, &wanted, &provided);
        assert_int_equal(provided.result, ACT_DONE);
    }
    assert_true(store_commit(store));
}

/* Answers beforehand what is going to be asked; returns how many provisions it told of. */
static size_t answer(struct store *store, int socket, uint64_t sequence, size_t skip, bool *more)
{
    struct task_context context = {.store = store, .now = NOON, .site = ""};
    struct buf fields = BUF_INIT, reply = BUF_INIT;
    struct wire_reader reader;
    uint8_t key[ACT_VISITOR];
    size_t count;

    visitor_of(1, key);
    buf_add(&fields, key, sizeof key);
    wire_put_number(&fields, skip, 4);
    reader = (struct wire_reader){.rest = buf_str(&fields)};
    wire_put_header(&reply, (struct wire_header){WIRE_PROVISIONS, sequence});
    assert_int_equal(task_carry_out(&context, WIRE_PROVISIONS, &reader, &reply), TASK_DONE);
    assert_true(reply.len <= WIRE_MAX);
    assert_int_equal(send(socket, reply.data, reply.len, 0), reply.len);
    reader = (struct wire_reader){.rest = {reply.data + 10, reply.len - 10}};
    wire_take_number(&reader, 1);
    *more = wire_take_number(&reader, 1);
    count = wire_take_number(&reader, 2);
    buf_release(&fields);
    buf_release(&reply);
    return count;
}

static void assert_slots(const json_t *slots, int number)
{
    static const char *const grounds[] = {"law", "life_and_property", "public_health",
                                          "public_bodies", "consent"};
    char name[PROVISION_NAME_MAX + 1];

    snprintf(name, sizeof name, "%0*d", PROVISION_NAME_MAX, number);
    assert_string_equal(json_string_value(json_object_get(slots, "recipient")), name);
    assert_string_equal(json_string_value(json_object_get(slots, "address")), "Riga");
    assert_string_equal(json_string_value(json_object_get(slots, "data")), "name, e-mail");
    for (int i = 0; i < (int)COUNT(grounds); i++)
        assert_int_equal(json_is_true(json_object_get(slots, grounds[i])), i == number % 4);
    assert_string_equal(json_string_value(json_object_get(slots, "time")),
                        "1 March 2026 at 12:00 UTC");
    assert_string_equal(json_string_value(json_object_get(slots, "until")),
                        "1 March 2029 at 12:00 UTC");
    assert_string_equal(json_string_value(json_object_get(slots, "until_instant")),
                        "2029-03-01T12:00:00Z");
}

static void count(void *context, const struct store_provision *row)
{
    assert_true(row->view && !row->erased);
    assert_int_equal(row->index, ++*(int64_t *)context); /* 0 is the answer */
}

/* The operator gets all as well, over several transactions. */
static void the_export_gets_all(void **state)
{
    struct store *store = ((struct fixture *)*state)->store;
    int64_t told = 0;

    provide_all(store);
    assert_true(store_provisions(store, count, &told));
    assert_int_equal(told, MANY);
}

static void the_page_gets_all(void **state)
{
    struct store *store = ((struct fixture *)*state)->store;
    struct endpoint *endpoint = mem_alloc(sizeof *endpoint);
    struct exchange exchange = {.endpoint = endpoint, .language = &english};
    struct visitor visitor = {.cookie = VISITOR_KNOWN};
    json_t *list = json_array();
    uint64_t replies = 0;
    size_t told = 0;
    bool more = true;
    int pair[2];

    provide_all(store);
    visitor_of(1, visitor.key);
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair), 0);
    endpoint->keeper.socket = pair[0];
    while (more)
        told += answer(store, pair[1], ++replies, told, &more);
    assert_int_equal(told, MANY);
    assert_true(replies > 1);
    assert_true(disclosures_slots(&exchange, &visitor, list));
    assert_int_equal(endpoint->keeper.sequence, replies);
    assert_int_equal(json_array_size(list), MANY);
    for (int i = 0; i < MANY; i++)
        assert_slots(json_array_get(list, (size_t)i), i);
    close(pair[1]);
    assert_false(disclosures_slots(&exchange, &visitor, list));
    close(pair[0]);
    json_decref(list);
    free(endpoint);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_page_gets_all, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_export_gets_all, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
