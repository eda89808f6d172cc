/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_arena - one document's memory, handed out zeroed, given back at once.
 */
#include "common/arena.h"
#include "common/mem.h"

#include <stdalign.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/check.h"

static void memory_is_zeroed_and_aligned_also_after_a_reset(void **state)
{
    struct arena a;

    (void)state;
    arena_init(&a, 0);
    for (int round = 0; round < 3; round++) {
        for (size_t n = 1; n < 3000; n += 7) {
            unsigned char *p = arena_alloc(&a, n);

            assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
            for (size_t i = 0; i < n; i++)
                assert_int_equal(p[i], 0);
            memset(p, 0xff, n);
        }
        arena_reset(&a);
        assert_int_equal(a.used, 0);
    }
    arena_clear(&a);
}

static void slices_are_copies_with_a_terminator(void **state)
{
    struct arena a;
    char text[] = "abc";
    struct slice s;

    (void)state;
    arena_init(&a, 0);
    s = arena_slice(&a, (struct slice){ text, 2 });
    text[0] = 'x';
    assert_string_equal(s.p, "ab");
    assert_int_equal(s.len, 2);
    s = arena_printf(&a, "%d-%s", 42, "b");
    assert_true(slice_eq_str(s, "42-b"));
    assert_string_equal(arena_str(&a, "q"), "q");
    arena_clear(&a);
}

static void ceiling_ends_the_process_rather_than_the_machine(void **state)
{
    pid_t pid;
    int status = 0;

    (void)state;
    pid = fork();
    if (pid == 0) {
        struct arena a;

        close(2);
        arena_init(&a, 1000);
        arena_alloc(&a, 600);
        arena_alloc(&a, 600);
        _exit(0);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), MEM_EXIT_STATUS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_and_aligned_also_after_a_reset),
        cmocka_unit_test(slices_are_copies_with_a_terminator),
        cmocka_unit_test(ceiling_ends_the_process_rather_than_the_machine),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
