/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_link - claims about common/link.c
 */
#include "tests/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/limits.h"
#include "common/link.h"
#include "common/mem.h"

enum {
    PATIENCE_MS = 20000
};

struct fixture {
    char dir[32];
    char address[80];
    struct link *router, *dealer;
    struct buf frame;
    struct err err;
};

static int setup(void **state)
{
    struct fixture *f = mem_alloc(sizeof(*f));

    strcpy(f->dir, "/tmp/nianbao-link-XXXXXX");
    if (!mkdtemp(f->dir))
        return -1;
    snprintf(f->address, sizeof(f->address), "ipc://%s/jobs", f->dir);
    buf_init(&f->frame, LIMIT_MESSAGE_BYTES);
    f->router = link_bind(f->address, &f->err);
    f->dealer = link_connect(f->address, "worker-1", &f->err);
    *state = f;
    return f->router && f->dealer ? 0 : -1;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    char *lock = mem_printf("%s.lock", f->address + 6);

    link_close(f->dealer);
    link_close(f->router);
    buf_clear(&f->frame);
    unlink(lock);
    assert_int_equal(rmdir(f->dir), 0); /* the socket file is gone */
    mem_free(lock);
    mem_free(f);
    return 0;
}

/* Wait for one message on `l`. */
static int receive(struct fixture *f, struct link *l, struct link_peer *from)
{
    for (int i = 0; i < 100; i++) {
        int got = link_recv(l, from, &f->frame, &f->err);

        if (got != 0)
            return got;
        link_wait(&l, 1, NULL, 0, PATIENCE_MS / 100, &f->err);
    }
    return 0;
}

static void a_message_and_its_answer_arrive(void **state)
{
    struct fixture *f = *state;
    struct link_peer from;

    assert_int_equal(link_send(f->dealer, NULL, SLICE_LIT("a\0b"), &f->err), 0);
    assert_int_equal(receive(f, f->router, &from), 1);
    assert_true(slice_eq(buf_slice(&f->frame), SLICE_LIT("a\0b")));
    assert_int_equal(from.len, 8);
    assert_memory_equal(from.id, "worker-1", 8);

    assert_int_equal(link_send(f->router, &from, SLICE_LIT("yes"), &f->err), 0);
    assert_int_equal(receive(f, f->dealer, NULL), 1);
    assert_true(slice_eq_str(buf_slice(&f->frame), "yes"));
    assert_int_equal(link_recv(f->dealer, NULL, &f->frame, &f->err), 0);
}

static void a_peer_that_is_not_there_is_noticed(void **state)
{
    struct fixture *f = *state;
    struct link_peer nobody = { .len = 6, .id = "nobody" };

    assert_int_equal(
        link_send(f->router, &nobody, SLICE_LIT("x"), &f->err), -1);
    assert_int_equal(f->err.kind, ERR_RETRY);
}

static void a_full_queue_is_noticed(void **state)
{
    struct fixture *f = *state;
    struct slice big = { mem_alloc(1 << 20), 1 << 20 };
    int sent = 0;

    while (sent < 10000 && link_send(f->dealer, NULL, big, &f->err) == 0)
        sent++;
    assert_true(sent >= LIMIT_LINK_QUEUE);
    assert_true(sent < 1000);
    assert_int_equal(f->err.kind, ERR_RETRY);
    free((void *)(uintptr_t)big.p);
}

static void messages_outlive_a_restart_of_the_router(void **state)
{
    struct fixture *f = *state;
    struct link_peer from;

    link_send(f->dealer, NULL, SLICE_LIT("one"), &f->err);
    assert_int_equal(receive(f, f->router, &from), 1);
    link_close(f->router);
    f->router = link_bind(f->address, &f->err);
    assert_non_null(f->router);
    /* libzmq may still write one message to the dead peer */
    for (int i = 0; i < 5; i++) {
        link_send(f->dealer, NULL, SLICE_LIT("more"), &f->err);
        link_wait(&f->router, 1, NULL, 0, 200, &f->err);
    }
    assert_int_equal(receive(f, f->router, &from), 1);
    assert_true(slice_eq_str(buf_slice(&f->frame), "more"));
}

static void a_restarted_worker_takes_its_name_over(void **state)
{
    struct fixture *f = *state;
    struct link_peer from;

    link_send(f->dealer, NULL, SLICE_LIT("old"), &f->err);
    assert_int_equal(receive(f, f->router, &from), 1);
    link_close(f->dealer);
    f->dealer = link_connect(f->address, "worker-1", &f->err);
    link_send(f->dealer, NULL, SLICE_LIT("new"), &f->err);
    assert_int_equal(receive(f, f->router, &from), 1);
    assert_int_equal(
        link_send(f->router, &from, SLICE_LIT("hello"), &f->err), 0);
    assert_int_equal(receive(f, f->dealer, NULL), 1);
}

static void an_oversized_message_fails_once_and_the_next_passes(void **state)
{
    struct fixture *f = *state;
    struct link_peer from;
    struct buf small;

    buf_init(&small, 4);
    link_send(f->dealer, NULL, SLICE_LIT("12345"), &f->err);
    link_send(f->dealer, NULL, SLICE_LIT("1234"), &f->err);
    while (link_recv(f->router, &from, &small, &f->err) == 0)
        link_wait(&f->router, 1, NULL, 0, PATIENCE_MS, &f->err);
    assert_int_equal(f->err.kind, ERR_LIMIT);
    while (link_recv(f->router, &from, &small, &f->err) == 0)
        link_wait(&f->router, 1, NULL, 0, PATIENCE_MS, &f->err);
    assert_int_equal(small.len, 4);
    buf_clear(&small);
}

static void the_socket_of_a_killed_process_is_taken_over(void **state)
{
    struct fixture *f = *state;
    char *address = mem_printf("ipc://%s/two", f->dir);
    char *lock = mem_printf("%s.lock", address + 6);
    struct link *l;
    struct stat st;
    pid_t pid = fork();

    if (pid == 0)
        _exit(link_bind(address, &f->err) ? 0 : 1); /* never closes it */
    waitpid(pid, NULL, 0);
    assert_int_equal(stat(address + 6, &st), 0);
    l = link_bind(address, &f->err);
    assert_non_null(l);
    link_close(l);
    unlink(lock);
    mem_free(lock);
    mem_free(address);
}

static void a_path_too_long_for_a_socket_is_refused(void **state)
{
    struct fixture *f = *state;
    char *address = mem_printf("ipc://%s/%0120d", f->dir, 0);

    assert_null(link_bind(address, &f->err));
    assert_int_equal(f->err.kind, ERR_FATAL);
    mem_free(address);
}

static void a_plain_descriptor_ends_the_wait(void **state)
{
    struct fixture *f = *state;
    int p[2];

    assert_int_equal(pipe(p), 0);
    assert_int_equal(write(p[1], "x", 1), 1);
    assert_int_equal(
        link_wait(&f->router, 1, &p[0], 1, PATIENCE_MS, &f->err), 0);
    assert_true(link_fd(f->router) >= 0);
    close(p[0]);
    close(p[1]);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_message_and_its_answer_arrive),
        CASE(a_peer_that_is_not_there_is_noticed),
        CASE(a_full_queue_is_noticed),
        CASE(messages_outlive_a_restart_of_the_router),
        CASE(a_restarted_worker_takes_its_name_over),
        CASE(an_oversized_message_fails_once_and_the_next_passes),
        CASE(the_socket_of_a_killed_process_is_taken_over),
        CASE(a_path_too_long_for_a_socket_is_refused),
        CASE(a_plain_descriptor_ends_the_wait),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
