/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sandbox - a process that can read its input, write its answer, and think.
 *
 * Three walls, each enough against most attacks: rlimits (no new
 * descriptors, processes or files), Landlock (no path can be opened),
 * seccomp (a dozen system calls are left, none makes memory executable).
 * Sanitizers need a little more room; only what they need is given.
 */
#include "transformer/sandbox.h"

#include <errno.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "common/log.h"

static int limit(
    __rlimit_resource_t what, rlim_t max, const char *name, struct err *err)
{
    struct rlimit r = { max, max };

    if (setrlimit(what, &r) < 0)
        return err_set_errno(err, ERR_FATAL, "sandbox: %s", name);
    return 0;
}

static int enter_limits(uint64_t memory_bytes, struct err *err)
{
    /* AddressSanitizer reserves terabytes that it never touches. */
    if (!SANITIZED && limit(RLIMIT_AS, memory_bytes, "RLIMIT_AS", err) < 0)
        return -1;
    if (limit(RLIMIT_NPROC, 0, "RLIMIT_NPROC", err) < 0 ||
        limit(RLIMIT_FSIZE, 0, "RLIMIT_FSIZE", err) < 0 ||
        limit(RLIMIT_CORE, 0, "RLIMIT_CORE", err) < 0 ||
        limit(RLIMIT_NOFILE, 0, "RLIMIT_NOFILE", err) < 0)
        return -1;
    return 0;
}

/* ---- Landlock ---------------------------------------------------------- */

/* Every right that version `abi` of Landlock can take away. */
static uint64_t landlock_rights(long abi)
{
    uint64_t rights = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;

    if (abi >= 2)
        rights |= 1u << 13; /* REFER */
    if (abi >= 3)
        rights |= 1u << 14; /* TRUNCATE */
    if (abi >= 5)
        rights |= 1u << 15; /* IOCTL_DEV */
    return rights;
}

static int enter_landlock(struct err *err)
{
    struct landlock_ruleset_attr rules = { 0 };
    long abi = syscall(
        SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    long fd;

    if (abi < 1) {
        log_warn("sandbox: no Landlock here, seccomp alone keeps files away");
        return 0;
    }
    rules.handled_access_fs = landlock_rights(abi);
    fd = syscall(SYS_landlock_create_ruleset, &rules, sizeof(rules), 0);
    if (fd < 0)
        return err_set_errno(err, ERR_FATAL, "sandbox: Landlock rules");
    if (syscall(SYS_landlock_restrict_self, (int)fd, 0) < 0) {
        err_set_errno(err, ERR_FATAL, "sandbox: Landlock");
        close((int)fd);
        return -1;
    }
    close((int)fd);
    return 0;
}

/* ---- seccomp ----------------------------------------------------------- */

/* What a program needs that only computes. */
static const int allowed[] = { SCMP_SYS(brk), SCMP_SYS(munmap),
    SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(futex),
    SCMP_SYS(clock_gettime), SCMP_SYS(getrandom), SCMP_SYS(rt_sigreturn),
    SCMP_SYS(restart_syscall), SCMP_SYS(exit), SCMP_SYS(exit_group) };

/* `action` on `call` when its first argument compares so with `value`. */
static int add_if(scmp_filter_ctx ctx, uint32_t action, int call,
    enum scmp_compare compare, unsigned value)
{
    const struct scmp_arg_cmp first = { 0, compare, value, 0 };

    return seccomp_rule_add_array(ctx, action, call, 1, &first);
}

#if SANITIZED
/* What a sanitizer needs to report and to stop. */
static const int sanitizer_allowed[] = { SCMP_SYS(sigaltstack),
    SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigaction), SCMP_SYS(getpid),
    SCMP_SYS(gettid), SCMP_SYS(tgkill), SCMP_SYS(sched_yield),
    SCMP_SYS(sysinfo) };

/* What it tries for nicer reports. */
static const int sanitizer_refused[] = { SCMP_SYS(openat), SCMP_SYS(open),
    SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(close),
    SCMP_SYS(newfstatat), SCMP_SYS(fstat), SCMP_SYS(ioctl) };

static int add_sanitizer_rules(scmp_filter_ctx ctx)
{
    int status = 0;

    for (size_t i = 0;
         i < sizeof(sanitizer_allowed) / sizeof(sanitizer_allowed[0]); i++)
        status |=
            seccomp_rule_add(ctx, SCMP_ACT_ALLOW, sanitizer_allowed[i], 0);
    for (size_t i = 0;
         i < sizeof(sanitizer_refused) / sizeof(sanitizer_refused[0]); i++)
        status |= seccomp_rule_add(
            ctx, SCMP_ACT_ERRNO(EACCES), sanitizer_refused[i], 0);
    return status | add_if(ctx, SCMP_ACT_ALLOW, SCMP_SYS(write), SCMP_CMP_EQ,
                        STDERR_FILENO);
}
#else
static int add_sanitizer_rules(scmp_filter_ctx ctx)
{
    (void)ctx;
    return 0;
}
#endif

/* `call` for one descriptor; EBADF for all others, but a sanitizer may also
 * write to standard error. */
static int add_descriptor(scmp_filter_ctx ctx, int call, unsigned fd)
{
    unsigned last = SANITIZED && fd == STDOUT_FILENO ? STDERR_FILENO : fd;
    int status = add_if(ctx, SCMP_ACT_ALLOW, call, SCMP_CMP_EQ, fd);

    if (fd > 0)
        status |= add_if(ctx, SCMP_ACT_ERRNO(EBADF), call, SCMP_CMP_LT, fd);
    return status | add_if(ctx, SCMP_ACT_ERRNO(EBADF), call, SCMP_CMP_GT, last);
}

/* Memory without a file behind it and without code in it. */
static int add_memory(scmp_filter_ctx ctx)
{
    const struct scmp_arg_cmp fresh[] = {
        { 2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0 },
        { 3, SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS },
    };

    return seccomp_rule_add_array(
               ctx, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2, fresh) |
           seccomp_rule_add_array(
               ctx, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, fresh);
}

static int add_rules(scmp_filter_ctx ctx)
{
    int status = 0;

    for (size_t i = 0; i < sizeof(allowed) / sizeof(allowed[0]); i++)
        status |= seccomp_rule_add(ctx, SCMP_ACT_ALLOW, allowed[i], 0);
    status |= add_descriptor(ctx, SCMP_SYS(read), STDIN_FILENO);
    status |= add_descriptor(ctx, SCMP_SYS(write), STDOUT_FILENO);
    status |= add_memory(ctx);
    return status | add_sanitizer_rules(ctx);
}

static int enter_seccomp(struct err *err)
{
    scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_KILL_PROCESS);
    int status;

    if (!ctx)
        return err_set(err, ERR_FATAL, "sandbox: seccomp has no filter");
    status = add_rules(ctx);
    if (status == 0)
        status = seccomp_load(ctx);
    seccomp_release(ctx);
    if (status)
        return err_set(err, ERR_FATAL, "sandbox: seccomp: error %d", status);
    return 0;
}

int sandbox_enter(uint64_t memory_bytes, struct err *err)
{
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || prctl(PR_SET_DUMPABLE, 0) < 0 ||
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return err_set_errno(err, ERR_FATAL, "sandbox: prctl");
    /* Landlock first: its rules are a descriptor, of which there are none
     * once the limits hold. */
    if (enter_landlock(err) < 0 || enter_limits(memory_bytes, err) < 0)
        return -1;
    return enter_seccomp(err);
}
