/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_service - claims about common/service.c
 */
#include "tests/check.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/service.h"

static void a_signal_asks_to_stop(void **state)
{
    (void)state;
    service_init(false);
    assert_false(service_stopping());
    raise(SIGTERM);
    assert_true(service_stopping());
    service_init(false);
    raise(SIGINT);
    assert_true(service_stopping());
}

static void a_closed_pipe_does_not_kill(void **state)
{
    int p[2];

    (void)state;
    service_init(false);
    assert_int_equal(pipe(p), 0);
    close(p[0]);
    assert_int_equal(write(p[1], "x", 1), -1);
    close(p[1]);
}

/* The grandchild says through the pipe that it was asked to stop. */
static void grandchild(int fd)
{
    sigset_t term, before;

    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    sigprocmask(SIG_BLOCK, &term, &before);
    service_init(true);
    if (write(fd, "r", 1) != 1)
        _exit(1);
    alarm(20);
    while (!service_stopping())
        sigsuspend(&before);
    _exit(write(fd, "s", 1) == 1 ? 0 : 1);
}

static void a_supervised_process_ends_with_its_parent(void **state)
{
    char said = 0;
    int p[2];
    pid_t parent;

    (void)state;
    assert_int_equal(pipe(p), 0);
    parent = fork();
    if (parent == 0) {
        if (fork() == 0)
            grandchild(p[1]);
        if (read(p[0], &said, 1) != 1)
            _exit(1);
        _exit(said == 'r' ? 0 : 1);
    }
    close(p[1]);
    waitpid(parent, NULL, 0);
    assert_int_equal(read(p[0], &said, 1), 1);
    assert_int_equal(said, 's');
    close(p[0]);
}

static void the_supervisor_is_told(void **state)
{
    char dir[] = "/tmp/nianbao-service-XXXXXX";
    struct sockaddr_un name = { .sun_family = AF_UNIX };
    char said[256] = "";
    ssize_t len;
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    (void)state;
    assert_non_null(mkdtemp(dir));
    snprintf(name.sun_path, sizeof(name.sun_path), "%s/notify", dir);
    assert_int_equal(bind(fd, (struct sockaddr *)&name, sizeof(name)), 0);
    setenv("NOTIFY_SOCKET", name.sun_path, 1);

    service_ready("waiting");
    len = recv(fd, said, sizeof(said) - 1, 0);
    assert_true(len > 0);
    assert_string_equal(said, "READY=1\nSTATUS=waiting");
    memset(said, 0, sizeof(said));
    service_alive();
    assert_true(recv(fd, said, sizeof(said) - 1, 0) > 0);
    assert_string_equal(said, "WATCHDOG=1");

    unsetenv("NOTIFY_SOCKET");
    close(fd);
    unlink(name.sun_path);
    rmdir(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_signal_asks_to_stop),
        cmocka_unit_test(a_closed_pipe_does_not_kill),
        cmocka_unit_test(a_supervised_process_ends_with_its_parent),
        cmocka_unit_test(the_supervisor_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
