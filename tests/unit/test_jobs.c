/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_jobs - documents go to workers, and come back when those are gone.
 *
 * A real ledger and store, and workers that are sockets of this process.
 */
#include "tests/ledger_case.h"

#include "collector/jobs.h"
#include "common/limits.h"
#include "common/link.h"
#include "common/log.h"
#include "common/mem.h"
#include "common/wire.h"

/* Turns of the loop until a test is sure that nothing more comes. */
#define TURNS_MAX 400

struct scene {
    struct ledger_case *c;
    struct conf conf;
    char run_dir[80];
    struct batch batch;
    struct store *store;
    struct jobs *jobs;
    struct buf in, out;
};

static void open_jobs(struct scene *s)
{
    struct err err = { ERR_NONE, "" };

    s->jobs = jobs_open(&s->conf, &s->batch, s->store, s->c->run, &err);
    if (!s->jobs)
        fail_msg("%s", err.msg);
    must(batch_commit(&s->batch, &err));
}

static int setup(void **state)
{
    struct scene *s = mem_alloc(sizeof *s);
    struct err err = { ERR_NONE, "" };
    void *c = NULL;

    log_init("test", LOG_LEVEL_ERROR);
    case_setup(&c);
    s->c = c;
    s->batch.ledger = s->c->l;
    snprintf(s->run_dir, sizeof s->run_dir, "%s", s->c->dir);
    s->conf = (struct conf){
        .run_dir = s->run_dir, .lease_ms = 60000, .attempts_max = 2, .credit = 4
    };
    s->store = store_open(s->c->dir, &err);
    assert_non_null(s->store);
    buf_init(&s->in, LIMIT_MESSAGE_BYTES);
    buf_init(&s->out, LIMIT_MESSAGE_BYTES);
    open_jobs(s);
    *state = s;
    return 0;
}

static int teardown(void **state)
{
    struct scene *s = *state;
    void *c = s->c;

    jobs_close(s->jobs);
    store_close(s->store);
    buf_clear(&s->in);
    buf_clear(&s->out);
    case_teardown(&c);
    mem_free(s);
    return 0;
}

/* A fetched document in store and ledger. */
static void fetched(struct scene *s, const char *url, const char *body)
{
    char key[STORE_KEY_LEN + 1];
    struct err err;

    must(store_put(s->store, slice_str(body), key, &err));
    case_fetch(s->c, url, body);
    jobs_wake(s->jobs);
}

static struct link *worker(const struct scene *s, const char *name)
{
    char *address = conf_address(&s->conf, "jobs");
    struct err err = { ERR_NONE, "" };
    struct link *l = link_connect(address, name, &err);

    mem_free(address);
    assert_non_null(l);
    return l;
}

static void say(struct scene *s, struct link *w, const struct wire_message *m)
{
    struct err err;

    buf_reset(&s->out);
    wire_encode(m, &s->out);
    must(link_send(w, NULL, buf_slice(&s->out), &err));
}

static void ready(struct scene *s, struct link *w, uint32_t credit)
{
    say(s, w, &(struct wire_message){ .type = WIRE_READY, .credit = credit });
}

/* One turn of the collector's loop, then a moment for the sockets. */
static void turn(struct scene *s, struct link *w)
{
    int fd = jobs_fd(s->jobs);
    struct err err;

    must(jobs_receive(s->jobs, &err));
    must(jobs_lease(s->jobs, &err));
    must(batch_commit(&s->batch, &err));
    must(jobs_send(s->jobs, &err));
    must(batch_commit(&s->batch, &err));
    must(link_wait(&w, 1, &fd, 1, jobs_is_busy(s->jobs) ? 0 : 5, &err));
}

/* The next message for the worker; texts point into s->in. */
static struct wire_message hear(struct scene *s, struct link *w)
{
    struct wire_message m = { .type = 0 };
    struct err err;

    for (int i = 0; i < TURNS_MAX; i++) {
        int got = link_recv(w, NULL, &s->in, &err);

        assert_true(got >= 0);
        if (got == 1) {
            must(wire_decode(buf_slice(&s->in), &m, &err));
            return m;
        }
        turn(s, w);
    }
    fail_msg("the worker hears nothing");
    return m;
}

/* Turns until `sql` gives `want`. */
static void settle(
    struct scene *s, struct link *w, const char *sql, int64_t want)
{
    for (int i = 0; i < TURNS_MAX; i++) {
        if (case_number(s->c, sql) == want)
            return;
        turn(s, w);
    }
    fail_msg("%s is not %lld", sql, (long long)want);
}

#define LEASED "SELECT count(*) FROM leases WHERE state = 'leased'"
#define QUEUED "SELECT count(*) FROM leases WHERE state = 'queued'"
#define ASIDE "SELECT count(*) FROM leases WHERE state = 'quarantined'"
#define FAILURES "SELECT sum(failures) FROM leases"

static void a_job_carries_the_body_and_what_is_known(void **state)
{
    struct scene *s = *state;
    struct link *w = worker(s, "w1");
    struct wire_message m;

    fetched(s, "http://a/1.html", "<html>one</html>");
    ready(s, w, 1);
    m = hear(s, w);
    assert_int_equal(m.type, WIRE_JOB);
    assert_int_equal(m.attempt, 1);
    assert_true(slice_eq_str(m.body, "<html>one</html>"));
    assert_true(slice_eq_str(m.url, "http://a/1.html"));
    assert_true(slice_eq_str(m.media_type, "text/html"));
    assert_true(slice_eq_str(m.region, "110105"));
    assert_int_equal(case_number(s->c, LEASED), 1);
    link_close(w);
}

static void nobody_gets_more_than_the_credit(void **state)
{
    struct scene *s = *state;
    struct link *w = worker(s, "w1");

    fetched(s, "http://a/1.html", "one");
    fetched(s, "http://a/2.html", "two");
    fetched(s, "http://a/3.html", "three");
    ready(s, w, 2);
    hear(s, w);
    hear(s, w);
    turn(s, w);
    turn(s, w);
    assert_int_equal(case_number(s->c, LEASED), 2);
    assert_int_equal(case_number(s->c, QUEUED), 1);
    link_close(w);
}

static void a_loaded_document_frees_its_place(void **state)
{
    struct scene *s = *state;
    struct link *w = worker(s, "w1");
    struct job job = { 0 };
    struct wire_message m;
    bool done = true;
    struct err err;

    fetched(s, "http://a/1.html", "one");
    fetched(s, "http://a/2.html", "two");
    ready(s, w, 1);
    m = hear(s, w);
    job.id = m.job;
    job.attempt = m.attempt;
    store_key(SLICE_LIT("one"), s->c->key);
    case_put(s->c, &job, case_record(s->c, s->c->key, "o", 2022, 1));
    say(s, w,
        &(struct wire_message){
            .type = WIRE_DONE, .job = m.job, .attempt = m.attempt });
    m = hear(s, w);
    assert_int_equal(m.type, WIRE_JOB);
    assert_true(slice_eq_str(m.body, "two"));
    must(jobs_are_done(s->jobs, &done, &err));
    assert_false(done);
    link_close(w);
}

static void done_without_the_ledger_is_a_fault(void **state)
{
    struct scene *s = *state;
    struct link *w = worker(s, "w1");
    struct wire_message m;

    fetched(s, "http://a/1.html", "one");
    ready(s, w, 1);
    m = hear(s, w);
    say(s, w,
        &(struct wire_message){
            .type = WIRE_DONE, .job = m.job, .attempt = m.attempt });
    m = hear(s, w);
    assert_int_equal(m.attempt, 2);
    assert_int_equal(case_number(s->c, FAILURES), 1);
    link_close(w);
}

static void a_document_at_fault_is_set_aside_at_once(void **state)
{
    struct scene *s = *state;
    struct link *w = worker(s, "w1");
    struct wire_message m;
    bool done = false;
    struct err err;

    fetched(s, "http://a/1.html", "one");
    ready(s, w, 1);
    m = hear(s, w);
    say(s, w,
        &(struct wire_message){ .type = WIRE_FAILED,
            .job = m.job,
            .attempt = m.attempt,
            .kind = ERR_LIMIT,
            .reason = SLICE_LIT("reader.cpu: too slow") });
    settle(s, w, ASIDE, 1);
    assert_string_equal(case_text(s->c, "SELECT reason FROM quarantine"),
        "reader.cpu: too slow");
    must(jobs_are_done(s->jobs, &done, &err));
    assert_true(done);
    link_close(w);
}

static void passing_trouble_is_tried_again_until_it_is_enough(void **state)
{
    struct scene *s = *state;
    struct link *w = worker(s, "w1");

    fetched(s, "http://a/1.html", "one");
    ready(s, w, 1);
    for (int i = 0; i < 2; i++) {
        struct wire_message m = hear(s, w);

        say(s, w,
            &(struct wire_message){ .type = WIRE_FAILED,
                .job = m.job,
                .attempt = m.attempt,
                .kind = ERR_RETRY,
                .reason = SLICE_LIT("reader.gone: killed") });
    }
    settle(s, w, ASIDE, 1);
    link_close(w);
}

static void a_silent_worker_loses_all_and_one_document_its_patience(
    void **state)
{
    struct scene *s = *state;
    struct link *w = worker(s, "w1");

    fetched(s, "http://a/1.html", "one");
    fetched(s, "http://a/2.html", "two");
    ready(s, w, 2);
    hear(s, w);
    hear(s, w);
    assert_int_equal(case_number(s->c, LEASED), 2);
    s->conf.lease_ms = 1;
    settle(s, w, QUEUED, 2);
    assert_int_equal(case_number(s->c, FAILURES), 1);
    link_close(w);
}

static void a_worker_that_started_anew_holds_nothing(void **state)
{
    struct scene *s = *state;
    struct link *w = worker(s, "w1");
    struct wire_message m;

    fetched(s, "http://a/1.html", "one");
    ready(s, w, 1);
    m = hear(s, w);
    assert_int_equal(m.attempt, 1);
    ready(s, w, 1);
    m = hear(s, w);
    assert_int_equal(m.attempt, 2);
    link_close(w);
}

static void a_worker_of_our_predecessor_is_asked(void **state)
{
    struct scene *s = *state;
    struct link *w = worker(s, "w1");

    say(s, w, &(struct wire_message){ .type = WIRE_HEARTBEAT });
    assert_int_equal(hear(s, w).type, WIRE_PING);
    fetched(s, "http://a/1.html", "one");
    ready(s, w, 1);
    assert_int_equal(hear(s, w).type, WIRE_JOB);
    link_close(w);
}

static void a_new_collector_queues_what_was_leased(void **state)
{
    struct scene *s = *state;
    struct link *w = worker(s, "w1");

    fetched(s, "http://a/1.html", "one");
    ready(s, w, 1);
    hear(s, w);
    assert_int_equal(case_number(s->c, LEASED), 1);
    jobs_close(s->jobs);
    open_jobs(s);
    assert_int_equal(case_number(s->c, QUEUED), 1);
    assert_int_equal(case_number(s->c, FAILURES), 0);
    link_close(w);
}

static void what_a_predecessor_gave_frees_a_place_too(void **state)
{
    struct scene *s = *state;
    struct link *w = worker(s, "w1");
    struct wire_message m;

    ready(s, w, 0); /* its hands are full of the predecessor's documents */
    fetched(s, "http://a/1.html", "one");
    turn(s, w);
    say(s, w,
        &(struct wire_message){ .type = WIRE_DONE, .job = 99, .attempt = 1 });
    m = hear(s, w);
    assert_int_equal(m.type, WIRE_JOB);
    link_close(w);
}

static void a_worker_that_left_costs_no_attempt(void **state)
{
    struct scene *s = *state;
    struct link *w = worker(s, "w1");
    struct link *other;

    ready(s, w, 1);
    for (int i = 0; i < 20; i++)
        turn(s, w);
    link_close(w);
    other = worker(s, "w2");
    fetched(s, "http://a/1.html", "one");
    ready(s, other, 1);
    assert_int_equal(hear(s, other).type, WIRE_JOB);
    assert_int_equal(case_number(s->c, FAILURES), 0);
    link_close(other);
}

static void a_body_that_is_gone_is_set_aside(void **state)
{
    struct scene *s = *state;
    struct link *w = worker(s, "w1");

    case_fetch(s->c, "http://a/1.html", "never stored");
    jobs_wake(s->jobs);
    ready(s, w, 1);
    settle(s, w, ASIDE, 1);
    link_close(w);
}

static void noise_is_dropped(void **state)
{
    struct scene *s = *state;
    struct link *w = worker(s, "w1");
    struct err err;

    must(link_send(w, NULL, SLICE_LIT("noise"), &err));
    must(link_send(w, NULL, SLICE_LIT("\x01\x63"), &err));
    say(s, w, &(struct wire_message){ .type = WIRE_ACK, .job = 1 });
    fetched(s, "http://a/1.html", "one");
    ready(s, w, 1);
    assert_int_equal(hear(s, w).type, WIRE_JOB);
    link_close(w);
}

#define SCENE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCENE(a_job_carries_the_body_and_what_is_known),
        SCENE(nobody_gets_more_than_the_credit),
        SCENE(a_loaded_document_frees_its_place),
        SCENE(done_without_the_ledger_is_a_fault),
        SCENE(a_document_at_fault_is_set_aside_at_once),
        SCENE(passing_trouble_is_tried_again_until_it_is_enough),
        SCENE(a_silent_worker_loses_all_and_one_document_its_patience),
        SCENE(a_worker_that_started_anew_holds_nothing),
        SCENE(a_worker_of_our_predecessor_is_asked),
        SCENE(a_new_collector_queues_what_was_leased),
        SCENE(what_a_predecessor_gave_frees_a_place_too),
        SCENE(a_worker_that_left_costs_no_attempt),
        SCENE(a_body_that_is_gone_is_set_aside),
        SCENE(noise_is_dropped),
    };

    return cmocka_run_group_tests_name("jobs", tests, NULL, NULL);
}
