/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The worker runs in a child; the test plays collector and loader.
 */
#include "tests/check.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/clock.h"
#include "common/limits.h"
#include "common/link.h"
#include "common/log.h"
#include "common/mem.h"
#include "common/record.h"
#include "common/service.h"
#include "common/wire.h"
#include "tests/doc.h"
#include "transformer/work.h"

#define PATIENCE_MS 30000 /* a message that comes later never comes */
#define CREDIT 2

struct fixture {
    char dir[64];
    struct conf conf;
    struct link *jobs, *records;
    struct link_peer worker;
    struct buf in, out;
    pid_t pid;
};

static char *program_dir(void)
{
    char self[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);

    assert_true(n > 0);
    self[n] = '\0';
    return mem_printf("%s/../..", dirname(self));
}

static _Noreturn void run_worker(const struct fixture *f)
{
    struct err err = { .kind = ERR_NONE };
    int result;

    log_init("worker", LOG_LEVEL_ERROR);
    service_init(true);
    result = work(&f->conf, doc_forms(), "worker-1", &err);
    if (result != 0)
        fprintf(stderr, "%s\n", err.msg);
    _exit(result == 0 ? 0 : 1);
}

static struct link *bind_to(const struct fixture *f, const char *socket)
{
    struct err err = { .kind = ERR_NONE };
    char *address = conf_address(&f->conf, socket);
    struct link *l = link_bind(address, &err);

    mem_free(address);
    if (!l)
        fail_msg("%s", err.msg);
    return l;
}

static int setup(void **state)
{
    static struct fixture f;

    memset(&f, 0, sizeof(f));
    snprintf(f.dir, sizeof(f.dir), "/tmp/nianbao-work-XXXXXX");
    assert_non_null(mkdtemp(f.dir));
    f.conf = (struct conf){ .run_dir = f.dir,
        .program_dir = program_dir(),
        .lease_ms = 60000,
        .heartbeat_ms = 500,
        .credit = CREDIT,
        .reader_cpu_s = 10,
        .reader_wall_ms = 20000,
        .reader_memory_mb = 512 };
    buf_init(&f.in, LIMIT_MESSAGE_BYTES);
    buf_init(&f.out, LIMIT_MESSAGE_BYTES);
    f.pid = fork();
    if (f.pid == 0)
        run_worker(&f);
    assert_true(f.pid > 0);
    f.jobs = bind_to(&f, "jobs");
    f.records = bind_to(&f, "records");
    *state = &f;
    return 0;
}

static void remove_folder(const char *path)
{
    DIR *dir = opendir(path);
    struct dirent *entry;

    assert_non_null(dir);
    while ((entry = readdir(dir)) != NULL) {
        if (entry->d_name[0] != '.')
            assert_int_equal(unlinkat(dirfd(dir), entry->d_name, 0), 0);
    }
    closedir(dir);
    assert_int_equal(rmdir(path), 0);
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    int status = 0;

    kill(f->pid, SIGTERM);
    while (waitpid(f->pid, &status, 0) < 0 && errno == EINTR)
        ;
    link_close(f->jobs);
    link_close(f->records);
    buf_clear(&f->in);
    buf_clear(&f->out);
    mem_free(f->conf.program_dir);
    remove_folder(f->dir);
    assert_int_equal(status, 0); /* it ended as asked */
    return 0;
}

/* The next message of this type, others but heartbeats are a failure. */
static struct wire_message hear(
    struct fixture *f, struct link *l, enum wire_type type)
{
    struct wire_message m = { .type = type };
    struct err err = { .kind = ERR_NONE };
    int64_t until = clock_mono_ms() + PATIENCE_MS;

    while (clock_mono_ms() < until) {
        assert_int_equal(link_wait(&l, 1, NULL, 0, 1000, &err), 0);
        int got = link_recv(l, &f->worker, &f->in, &err);
        if (got == 0)
            continue;
        assert_int_equal(got, 1);
        assert_int_equal(wire_decode(buf_slice(&f->in), &m, &err), 0);
        if (m.type == type)
            return m;
        if (m.type != WIRE_HEARTBEAT)
            fail_msg("message %d instead of %d", (int)m.type, (int)type);
    }
    fail_msg("no message %d", (int)type);
    return m;
}

static void say(struct fixture *f, struct link *l, const struct wire_message *m)
{
    struct err err = { .kind = ERR_NONE };

    buf_reset(&f->out);
    wire_encode(m, &f->out);
    if (link_send(l, &f->worker, buf_slice(&f->out), &err) != 0)
        fail_msg("%s", err.msg);
}

static const char page[] =
    "<html><head><meta charset=\"utf-8\"><title>云岭县2021年政府信息公开工作"
    "年度报告自查报告</title></head><body><p>正文。</p></body></html>";

static void give(struct fixture *f, int64_t job, struct slice body)
{
    const struct wire_message m = { .type = WIRE_JOB,
        .job = job,
        .attempt = 1,
        .sha256 = SLICE_LIT("00"),
        .media_type = SLICE_LIT("text/html"),
        .body = body };

    say(f, f->jobs, &m);
}

static void answer(struct fixture *f, enum wire_type type, int64_t job,
    enum err_kind kind, const char *reason)
{
    const struct wire_message m = { .type = type,
        .job = job,
        .attempt = 1,
        .kind = kind,
        .reason = slice_str(reason) };

    say(f, f->records, &m);
}

static void done_is_said_after_the_acknowledgement(void **state)
{
    struct fixture *f = *state;
    struct err err = { .kind = ERR_NONE };
    struct wire_message m = hear(f, f->jobs, WIRE_READY);
    struct record rec = { .year = 1 };
    struct arena arena;

    assert_int_equal(m.credit, CREDIT);
    give(f, 7, slice_str(page));
    m = hear(f, f->records, WIRE_RECORD);
    assert_int_equal(m.job, 7);
    arena_init(&arena, LIMIT_ARENA_BYTES);
    assert_int_equal(record_decode(m.record, &arena, &rec, &err), 0);
    assert_int_equal(rec.status, REPORT_UNRECOGNIZED);
    arena_clear(&arena);
    answer(f, WIRE_ACK, 7, ERR_NONE, NULL);
    m = hear(f, f->jobs, WIRE_DONE);
    assert_int_equal(m.job, 7);
    assert_int_equal(m.attempt, 1);
}

static void record_without_answer_is_sent_again(void **state)
{
    struct fixture *f = *state;

    hear(f, f->jobs, WIRE_READY);
    give(f, 1, slice_str(page));
    hear(f, f->records, WIRE_RECORD);
    assert_int_equal(hear(f, f->records, WIRE_RECORD).job, 1);
    answer(f, WIRE_ACK, 1, ERR_NONE, NULL);
    hear(f, f->jobs, WIRE_DONE);
}

static void record_reaches_a_new_loader(void **state)
{
    struct fixture *f = *state;

    hear(f, f->jobs, WIRE_READY);
    give(f, 1, slice_str(page));
    hear(f, f->records, WIRE_RECORD);
    link_close(f->records);
    f->records = bind_to(f, "records");
    hear(f, f->records, WIRE_RECORD);
    answer(f, WIRE_ACK, 1, ERR_NONE, NULL);
    hear(f, f->jobs, WIRE_DONE);
}

static void stale_record_gives_the_credit_back(void **state)
{
    struct fixture *f = *state;

    hear(f, f->jobs, WIRE_READY);
    give(f, 1, slice_str(page));
    hear(f, f->records, WIRE_RECORD);
    answer(f, WIRE_NACK, 1, ERR_RETRY, "record.stale: lease is over");
    assert_int_equal(hear(f, f->jobs, WIRE_READY).credit, CREDIT);
}

static void refused_record_is_a_failure(void **state)
{
    struct fixture *f = *state;
    struct wire_message m;

    hear(f, f->jobs, WIRE_READY);
    give(f, 1, slice_str(page));
    hear(f, f->records, WIRE_RECORD);
    answer(f, WIRE_NACK, 1, ERR_INPUT, "record.broken: no");
    m = hear(f, f->jobs, WIRE_FAILED);
    assert_int_equal(m.kind, ERR_INPUT);
    assert_true(slice_eq_str(m.reason, "record.broken: no"));
}

static void bytes_that_nobody_reads_are_a_failure(void **state)
{
    struct fixture *f = *state;
    struct wire_message m;

    hear(f, f->jobs, WIRE_READY);
    give(f, 3, SLICE_LIT("\x7f\x45LF\x01\x02\x03\x04"));
    m = hear(f, f->jobs, WIRE_FAILED);
    assert_int_equal(m.job, 3);
    assert_int_equal(m.kind, ERR_INPUT);
    assert_true(slice_starts(m.reason, SLICE_LIT("reader.none: ")));
}

static void new_collector_is_told_the_credit_left(void **state)
{
    struct fixture *f = *state;
    const struct wire_message ping = { .type = WIRE_PING };

    hear(f, f->jobs, WIRE_READY);
    give(f, 1, slice_str(page));
    hear(f, f->records, WIRE_RECORD);
    link_close(f->jobs);
    f->jobs = bind_to(f, "jobs");
    hear(f, f->jobs, WIRE_HEARTBEAT);
    say(f, f->jobs, &ping);
    assert_int_equal(hear(f, f->jobs, WIRE_READY).credit, CREDIT - 1);
}

static void no_more_records_are_held_than_credit(void **state)
{
    struct fixture *f = *state;

    hear(f, f->jobs, WIRE_READY);
    for (int64_t job = 1; job <= CREDIT + 1; job++)
        give(f, job, slice_str(page));
    hear(f, f->records, WIRE_RECORD);
    hear(f, f->records, WIRE_RECORD);
    /* the third waits until one is settled */
    answer(f, WIRE_ACK, 1, ERR_NONE, NULL);
    assert_int_equal(hear(f, f->jobs, WIRE_DONE).job, 1);
    while (hear(f, f->records, WIRE_RECORD).job != CREDIT + 1)
        ;
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(done_is_said_after_the_acknowledgement),
        CASE(record_without_answer_is_sent_again),
        CASE(record_reaches_a_new_loader),
        CASE(stale_record_gives_the_credit_back),
        CASE(refused_record_is_a_failure),
        CASE(bytes_that_nobody_reads_are_a_failure),
        CASE(new_collector_is_told_the_credit_left),
        CASE(no_more_records_are_held_than_credit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
