/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_sandbox - claims about transformer/sandbox.c
 *
 * Each attempt to break out runs in a child of its own that has locked
 * itself in; what becomes of the child is what is asserted.
 */
#include "tests/check.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/arena.h"
#include "common/err.h"
#include "common/mem.h"
#include "transformer/charset.h"
#include "transformer/sandbox.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* How a child ended. */
enum {
    STAYED_IN = 0, /* refused by an error, it went on */
    OUT = 40,      /* it did what it must not */
    NOT_IN = 41,   /* the sandbox did not close */
    KILLED = 128,  /* plus the signal */
};

static pid_t parent;

/* Run `attempt` locked in; it returns STAYED_IN or OUT. */
static int locked_in(int (*attempt)(void))
{
    int status = 0;
    pid_t pid;

    parent = getpid();
    pid = fork();
    if (pid == 0) {
        struct err err;

        charset_open();
        if (sandbox_enter(1024ull * 1024 * 1024, &err) < 0)
            _exit(NOT_IN);
        _exit(attempt());
    }
    assert_true(pid > 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFSIGNALED(status) ? KILLED + WTERMSIG(status)
                               : WEXITSTATUS(status);
}

static int refused(long result)
{
    return result < 0 ? STAYED_IN : OUT;
}

/* Under a sanitizer opening is an error, so that reports can be written. */
static int try_open(void)
{
    return refused(open("/etc/passwd", O_RDONLY));
}

static int try_create(void)
{
    return refused(syscall(SYS_creat, "/tmp/out", 0600));
}

static int try_socket(void)
{
    return refused(socket(AF_INET, SOCK_STREAM, 0));
}

static int try_socketpair(void)
{
    int fd[2];

    return refused(socketpair(AF_UNIX, SOCK_STREAM, 0, fd));
}

static int try_exec(void)
{
    static char name[] = "/bin/true";
    char *argv[] = { name, NULL };

    return refused(execve(name, argv, NULL));
}

static int try_fork(void)
{
    return refused(fork());
}

static int try_kill_parent(void)
{
    return refused(kill(parent, 0));
}

static int try_ptrace(void)
{
    return refused(ptrace(PTRACE_ATTACH, parent, NULL, NULL));
}

static int try_peek(void)
{
    char byte;
    struct iovec to = { &byte, 1 }, from = { &byte, 1 };

    return refused(process_vm_readv(parent, &to, 1, &from, 1, 0));
}

static int try_limits(void)
{
    struct rlimit r = { RLIM_INFINITY, RLIM_INFINITY };

    return refused(setrlimit(RLIMIT_CPU, &r));
}

static int try_undo_death(void)
{
    return refused(prctl(PR_SET_PDEATHSIG, 0));
}

static int try_code(void)
{
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
               MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED
               ? STAYED_IN
               : OUT;
}

static int try_make_code(void)
{
    void *p = mmap(
        NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (p == MAP_FAILED)
        return NOT_IN;
    return refused(mprotect(p, 4096, PROT_READ | PROT_EXEC));
}

static int try_map_input(void)
{
    return mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, STDIN_FILENO, 0) ==
                   MAP_FAILED
               ? STAYED_IN
               : OUT;
}

static void escapes_end_the_process(void **state)
{
    static int (*const attempts[])(void) = { try_create, try_socket,
        try_socketpair, try_exec, try_fork, try_kill_parent, try_ptrace,
        try_peek, try_limits, try_undo_death, try_code, try_make_code,
        try_map_input };

    (void)state;
    for (size_t i = 0; i < sizeof(attempts) / sizeof(attempts[0]); i++)
        assert_int_equal(locked_in(attempts[i]), KILLED + SIGSYS);
}

/* The system call that try_call makes. */
static long call_number;

static int try_call(void)
{
    syscall(call_number, 0, 0, 0, 0, 0, 0);
    return STAYED_IN; /* even an error is more than it should say */
}

/* uretprobe and uprobe serve the kernel's own probes; Linux lets them pass
 * every filter and refuses them to all others. */
static bool is_unfiltered(long number)
{
#ifdef __x86_64__
    return number == 335 || number == 336;
#else
    (void)number;
    return false;
#endif
}

static bool is_needed(long number)
{
    static const long needed[] = { SYS_read, SYS_write, SYS_brk, SYS_mmap,
        SYS_munmap, SYS_mremap, SYS_mprotect, SYS_madvise, SYS_futex,
        SYS_clock_gettime, SYS_getrandom, SYS_rt_sigreturn, SYS_restart_syscall,
        SYS_exit, SYS_exit_group };

    for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
        if (needed[i] == number)
            return true;
    }
    return false;
}

/* By number, so that those which a later kernel brings (io_uring, clone3,
 * openat2, ...) are tried without being named. */
static void all_other_system_calls_end_the_process(void **state)
{
    enum {
        CALLS = 600, /* Linux 6.18 has some 470 */
    };

    (void)state;
    for (call_number = 0; call_number < CALLS; call_number++) {
        if (!is_needed(call_number) && !is_unfiltered(call_number) &&
            locked_in(try_call) != KILLED + SIGSYS)
            fail_msg("system call %ld is let through", call_number);
    }
}

#ifdef __x86_64__
/* The same kernel listens to two older ways of calling it. */
static int try_x32(void)
{
    syscall(0x40000000L + SYS_getpid);
    return OUT;
}

static int try_i386(void)
{
    long result = 20; /* getpid */
#if SANITIZED
    /* Past the sanitizer, which would report a SIGSEGV and exit instead:
     * the kernel's own struct, all of it zero, is the default action. */
    const unsigned long by_default[4] = { 0 };

    syscall(SYS_rt_sigaction, SIGSEGV, by_default, NULL, 8);
#endif
    __asm__ volatile("int $0x80" : "+a"(result) : : "memory");
    return OUT;
}

static void other_ways_into_the_kernel_are_closed(void **state)
{
    int end;

    (void)state;
    assert_int_equal(locked_in(try_x32), KILLED + SIGSYS);
    /* SIGSEGV where the kernel has no such way at all */
    end = locked_in(try_i386);
    assert_true(end == KILLED + SIGSYS || end == KILLED + SIGSEGV);
}
#endif

static void no_file_can_be_opened(void **state)
{
    (void)state;
    assert_int_equal(
        locked_in(try_open), SANITIZED ? STAYED_IN : KILLED + SIGSYS);
}

/* Another descriptor than the two pipes: the parent's file. */
static int other_fd;

static int try_other_descriptors(void)
{
    char byte = 'x';

    if (write(other_fd, &byte, 1) >= 0 || errno != EBADF)
        return OUT;
    if (write(STDIN_FILENO, &byte, 1) >= 0 || errno != EBADF)
        return OUT;
    if (read(other_fd, &byte, 1) >= 0 || errno != EBADF)
        return OUT;
    if (read(STDOUT_FILENO, &byte, 1) >= 0 || errno != EBADF)
        return OUT;
    if (!SANITIZED && (write(STDERR_FILENO, &byte, 1) >= 0 || errno != EBADF))
        return OUT;
    return STAYED_IN;
}

static void other_descriptors_are_out_of_reach(void **state)
{
    int fd[2];
    char byte;

    (void)state;
    assert_int_equal(pipe(fd), 0);
    other_fd = fd[1];
    assert_int_equal(locked_in(try_other_descriptors), STAYED_IN);
    close(fd[1]);
    assert_int_equal(read(fd[0], &byte, 1), 0);
    close(fd[0]);
}

static int try_work(void)
{
    const size_t size = (size_t)64 * 1024 * 1024;
    struct arena arena;
    struct charset_text t;
    char *p = mem_realloc_n(NULL, size, 1);

    memset(p, 1, size);
    p = mem_realloc_n(p, size, 2);
    mem_free(p);
    arena_init(&arena, 0);
    t = charset_decode(
        SLICE_LIT("\xb1\xb1\xbe\xa9\xac\x46"), SLICE_LIT("big5"), &arena);
    if (t.text.len == 0 || write(STDOUT_FILENO, "", 0) != 0)
        return OUT;
    arena_clear(&arena);
    return STAYED_IN;
}

static void work_goes_on_inside(void **state)
{
    (void)state;
    assert_int_equal(locked_in(try_work), STAYED_IN);
}

static int try_much_memory(void)
{
    /* Volatile, or the compiler leaves the pair of calls out. */
    void *volatile p = malloc(2048ull * 1024 * 1024);
    int result = p ? OUT : STAYED_IN;

    free(p);
    return result;
}

static void memory_has_its_limit(void **state)
{
    (void)state;
    assert_int_equal(locked_in(try_much_memory), STAYED_IN);
}

static void it_dies_with_its_parent(void **state)
{
    int fd[2], status;
    char byte;
    pid_t middle;

    (void)state;
    /* The inner child holds the pipe's end until it is dead. */
    assert_int_equal(pipe(fd), 0);
    middle = fork();
    if (middle == 0) {
        int ready[2];

        if (pipe(ready) == 0 && fork() == 0) {
            struct err err;

            dup2(ready[1], STDOUT_FILENO);
            if (sandbox_enter(1024ull * 1024 * 1024, &err) < 0 ||
                write(STDOUT_FILENO, "r", 1) != 1)
                _exit(NOT_IN);
            for (;;) {
            }
        }
        _exit(read(ready[0], &byte, 1) == 1 ? 0 : NOT_IN);
    }
    close(fd[1]);
    assert_int_equal(waitpid(middle, &status, 0), middle);
    assert_int_equal(status, 0);
    assert_int_equal(read(fd[0], &byte, 1), 0);
    close(fd[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escapes_end_the_process),
#ifdef __x86_64__
        cmocka_unit_test(other_ways_into_the_kernel_are_closed),
#endif
        cmocka_unit_test(no_file_can_be_opened),
        cmocka_unit_test(other_descriptors_are_out_of_reach),
        cmocka_unit_test(work_goes_on_inside),
        cmocka_unit_test(it_dies_with_its_parent),
    };
    /* A sanitizer needs calls and memory that the real cage refuses. */
    const struct CMUnitTest strict[] = {
        cmocka_unit_test(all_other_system_calls_end_the_process),
        cmocka_unit_test(memory_has_its_limit),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    if (!SANITIZED)
        failed += cmocka_run_group_tests(strict, NULL, NULL);
    return failed;
}
