/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_intake - every record gets its answer, after the commit.
 */
#include "common/limits.h"
#include "common/link.h"
#include "common/wire.h"
#include "loader/intake.h"
#include "tests/ledger_case.h"

enum {
    TURNS_MAX = 500, /* of 10 ms: until a message must have come */
    MANY = 150,
    WAITING = LIMIT_LINK_QUEUE / 2, /* answers that surely fit the queue */
};

/* A ledger with jobs, the loader's end of the socket and a worker's. */
struct desk {
    struct ledger_case *c;
    struct intake *in;
    struct link *worker;
    struct buf frame;
};

static struct desk open_desk(struct ledger_case *c)
{
    struct slice address = arena_printf(&c->a, "ipc://%s/records", c->dir);
    struct desk d = { .c = c };
    struct err err = { 0 };

    d.in = intake_open(address.p, c->l, &err);
    if (!d.in)
        fail_msg("%s", err.msg);
    d.worker = link_connect(address.p, "worker", &err);
    if (!d.worker)
        fail_msg("%s", err.msg);
    buf_init(&d.frame, LIMIT_MESSAGE_BYTES);
    return d;
}

static void close_desk(struct desk *d)
{
    link_close(d->worker);
    intake_close(d->in);
    buf_clear(&d->frame);
}

static void send_frame(struct desk *d, struct slice frame)
{
    struct err err = { 0 };
    int turns = TURNS_MAX;

    while (link_send(d->worker, NULL, frame, &err) != 0) {
        assert_int_equal(err.kind, ERR_RETRY);
        assert_true(turns-- > 0);
        must(intake_turn(d->in, 10, &err));
    }
}

static void send_bytes(struct desk *d, const struct job *job, uint32_t attempt,
    struct slice record)
{
    struct wire_message m = { .type = WIRE_RECORD,
        .job = job->id,
        .attempt = attempt,
        .record = record };
    struct buf out;

    buf_init(&out, LIMIT_MESSAGE_BYTES);
    wire_encode(&m, &out);
    send_frame(d, buf_slice(&out));
    buf_clear(&out);
}

static void send_record(struct desk *d, const struct job *job, uint32_t attempt,
    const struct record *rec)
{
    struct buf bytes;

    buf_init(&bytes, LIMIT_RECORD_BYTES);
    record_encode(rec, &bytes);
    send_bytes(d, job, attempt, buf_slice(&bytes));
    buf_clear(&bytes);
}

/* The next answer; its texts point into d->frame. */
static struct wire_message answer(struct desk *d)
{
    struct wire_message m = { 0 };
    struct err err = { 0 };
    int turns = TURNS_MAX, got;

    while ((got = link_recv(d->worker, NULL, &d->frame, &err)) == 0) {
        assert_true(turns-- > 0);
        must(intake_turn(d->in, 10, &err));
    }
    assert_int_equal(got, 1);
    must(wire_decode(buf_slice(&d->frame), &m, &err));
    return m;
}

static struct job lease(struct ledger_case *c, const char *body)
{
    struct job job;

    case_fetch(c, arena_printf(&c->a, "http://s/%s", body).p, body);
    assert_true(case_lease(c, &job));
    return job;
}

static const struct record *record_of(
    struct ledger_case *c, const struct job *job)
{
    return case_record(c, job->sha256, "o", 2022, 3);
}

static void a_record_is_committed_then_acknowledged(void **state)
{
    struct desk d = open_desk(*state);
    struct job job = lease(d.c, "a");
    struct wire_message m;

    send_record(&d, &job, job.attempt, record_of(d.c, &job));
    m = answer(&d);
    assert_int_equal(m.type, WIRE_ACK);
    assert_int_equal(m.job, job.id);
    assert_int_equal(m.attempt, job.attempt);
    assert_int_equal(case_number(d.c, "SELECT count(*) FROM cells"), 3);
    assert_int_equal(intake_stats(d.in)->loaded, 1);
    close_desk(&d);
}

static void a_repeated_record_is_acknowledged_and_changes_nothing(void **state)
{
    struct desk d = open_desk(*state);
    struct job job = lease(d.c, "a");

    send_record(&d, &job, job.attempt, record_of(d.c, &job));
    send_record(&d, &job, job.attempt, record_of(d.c, &job));
    assert_int_equal(answer(&d).type, WIRE_ACK);
    assert_int_equal(answer(&d).type, WIRE_ACK);
    assert_int_equal(case_number(d.c, "SELECT count(*) FROM reports"), 1);
    assert_int_equal(intake_stats(d.in)->repeated, 1);
    close_desk(&d);
}

static void a_stale_lease_is_not_taken(void **state)
{
    struct desk d = open_desk(*state);
    struct job job = lease(d.c, "a");
    struct wire_message m;

    send_record(&d, &job, job.attempt + 1, record_of(d.c, &job));
    m = answer(&d);
    assert_int_equal(m.type, WIRE_NACK);
    assert_int_equal(m.kind, ERR_RETRY);
    assert_true(slice_starts(m.reason, SLICE_LIT("record.stale: ")));
    assert_int_equal(case_number(d.c, "SELECT count(*) FROM reports"), 0);
    close_desk(&d);
}

static void bytes_that_are_no_record_are_refused(void **state)
{
    struct desk d = open_desk(*state);
    struct job job = lease(d.c, "a");
    struct wire_message m;

    send_bytes(&d, &job, job.attempt, SLICE_LIT("\x07nonsense"));
    m = answer(&d);
    assert_int_equal(m.type, WIRE_NACK);
    assert_int_equal(m.kind, ERR_INPUT);
    assert_true(slice_starts(m.reason, SLICE_LIT("record.broken: ")));
    close_desk(&d);
}

static void a_broken_record_does_not_harm_its_neighbours(void **state)
{
    struct desk d = open_desk(*state);
    struct job a = lease(d.c, "a"), b = lease(d.c, "b"), e = lease(d.c, "e");
    struct record *bad = case_record(d.c, b.sha256, "o", 2021, 3);

    bad->cells[1].value = SLICE_LIT("12345678901234567890");
    send_record(&d, &a, a.attempt, record_of(d.c, &a));
    send_record(&d, &b, b.attempt, bad);
    send_record(&d, &e, e.attempt, record_of(d.c, &e));
    assert_int_equal(answer(&d).type, WIRE_ACK);
    assert_int_equal(answer(&d).type, WIRE_NACK);
    assert_int_equal(answer(&d).type, WIRE_ACK);
    assert_int_equal(case_number(d.c, "SELECT count(*) FROM reports"), 2);
    assert_int_equal(intake_stats(d.in)->refused, 1);
    close_desk(&d);
}

static void a_message_that_is_no_record_is_dropped(void **state)
{
    struct desk d = open_desk(*state);
    struct job job = lease(d.c, "a");
    struct wire_message m = { .type = WIRE_HEARTBEAT };
    struct buf out;

    buf_init(&out, 1000);
    wire_encode(&m, &out);
    send_frame(&d, buf_slice(&out));
    send_frame(&d, SLICE_LIT("\x01"));
    send_record(&d, &job, job.attempt, record_of(d.c, &job));
    assert_int_equal(answer(&d).type, WIRE_ACK);
    buf_clear(&out);
    close_desk(&d);
}

static void records_that_wait_together_share_commits(void **state)
{
    struct desk d = open_desk(*state);
    int waiting = 0;
    int i;

    for (i = 0; i < MANY; i++)
        case_fetch(d.c, arena_printf(&d.c->a, "http://s/%d", i).p,
            arena_printf(&d.c->a, "body %d", i).p);
    for (i = 0; i < MANY; i++) {
        struct job job;

        assert_true(case_lease(d.c, &job));
        send_record(&d, &job, job.attempt, record_of(d.c, &job));
        if (++waiting < WAITING && i < MANY - 1)
            continue;
        for (; waiting > 0; waiting--)
            assert_int_equal(answer(&d).type, WIRE_ACK);
    }
    assert_int_equal(case_number(d.c, "SELECT count(*) FROM reports"), MANY);
    assert_true(intake_stats(d.in)->commits < MANY);
    close_desk(&d);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, case_setup, case_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_record_is_committed_then_acknowledged),
        TEST(a_repeated_record_is_acknowledged_and_changes_nothing),
        TEST(a_stale_lease_is_not_taken),
        TEST(bytes_that_are_no_record_are_refused),
        TEST(a_broken_record_does_not_harm_its_neighbours),
        TEST(a_message_that_is_no_record_is_dropped),
        TEST(records_that_wait_together_share_commits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
