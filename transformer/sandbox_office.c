/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sandbox_office - the cage of LibreOffice, as narrow as it works in.
 *
 * Landlock: programs, libraries and their settings can be read, one folder
 * be written, nothing else be opened, no TCP port be reached.  seccomp: what
 * makes sockets of the network, traces processes, changes mounts or loads
 * code into the kernel fails.  rlimits: address space, size of files, core.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "common/limits.h"
#include "transformer/office.h"
#include "transformer/sandbox.h"

/* ---- Landlock --------------------------------------------------------------
 */

enum use {
    TO_READ,
    TO_WRITE,
    FOR_SOCKETS, /* which can be made there, and not be removed */
};

struct place {
    const char *path;
    enum use use;
};

/* All rights on files of version 1 to 5, as far as `abi` knows them. */
static uint64_t file_rights(long abi)
{
    uint64_t rights = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;

    if (abi >= 2)
        rights |= 1u << 13; /* REFER */
    if (abi >= 3)
        rights |= 1u << 14; /* TRUNCATE */
    return rights;
}

static int allow(int rules, long abi, const struct place *p, struct err *err)
{
    const uint64_t rights[] = {
        [TO_READ] = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR |
                    LANDLOCK_ACCESS_FS_EXECUTE,
        [TO_WRITE] = file_rights(abi),
        [FOR_SOCKETS] = LANDLOCK_ACCESS_FS_MAKE_SOCK,
    };
    struct landlock_path_beneath_attr rule = {
        .allowed_access = rights[p->use],
        .parent_fd = open(p->path, O_PATH | O_CLOEXEC),
    };
    struct stat st;
    long rc;

    if (rule.parent_fd < 0 || p->path[0] == '\0')
        return 0; /* what is not there need not be allowed */
    if (fstat(rule.parent_fd, &st) == 0 && !S_ISDIR(st.st_mode))
        rule.allowed_access &= LANDLOCK_ACCESS_FS_READ_FILE |
                               LANDLOCK_ACCESS_FS_WRITE_FILE |
                               LANDLOCK_ACCESS_FS_EXECUTE;
    rc = syscall(
        SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(rule.parent_fd);
    if (rc < 0)
        return err_set_errno(err, ERR_FATAL, "sandbox: Landlock: %s", p->path);
    return 0;
}

static int enter_landlock(struct err *err)
{
    const struct place places[] = {
        { "/usr", TO_READ },
        { "/bin", TO_READ },
        { "/lib", TO_READ },
        { "/lib64", TO_READ },
        { "/opt", TO_READ },
        { "/etc", TO_READ },
        { "/proc/cpuinfo", TO_READ },
        { "/proc/meminfo", TO_READ },
        { "/proc/self", TO_READ },
        { "/sys/devices/system/cpu", TO_READ },
        { "/var/cache/fontconfig", TO_READ },
        { "/var/spool/libreoffice", TO_READ },
        { "/dev/urandom", TO_READ },
        { "/dev/null", TO_WRITE },
        { OFFICE_SOCKETS, FOR_SOCKETS },
        { office_folder(), TO_WRITE },
    };
    struct landlock_ruleset_attr attr = { 0 };
    long abi = syscall(
        SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    int rules, rc = 0;

    if (abi < 1)
        return err_set(err, ERR_FATAL,
            "sandbox: LibreOffice is not started without Landlock, which "
            "this kernel lacks");
    attr.handled_access_fs = file_rights(abi);
    rules = (int)syscall(
        SYS_landlock_create_ruleset, &attr, sizeof(attr.handled_access_fs), 0);
    if (rules < 0)
        return err_set_errno(err, ERR_FATAL, "sandbox: Landlock rules");
    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]) && rc == 0; i++)
        rc = allow(rules, abi, &places[i], err);
    if (rc == 0 && syscall(SYS_landlock_restrict_self, rules, 0) < 0)
        rc = err_set_errno(err, ERR_FATAL, "sandbox: Landlock");
    close(rules);
    return rc;
}

/* ---- seccomp ---------------------------------------------------------------
 */

static const int refused[] = { SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev), SCMP_SYS(mount), SCMP_SYS(umount2),
    SCMP_SYS(pivot_root), SCMP_SYS(chroot), SCMP_SYS(unshare), SCMP_SYS(setns),
    SCMP_SYS(open_tree), SCMP_SYS(move_mount), SCMP_SYS(fsopen), SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd), SCMP_SYS(keyctl),
    SCMP_SYS(add_key), SCMP_SYS(request_key), SCMP_SYS(init_module),
    SCMP_SYS(finit_module), SCMP_SYS(kexec_load), SCMP_SYS(io_uring_setup),
    SCMP_SYS(pidfd_getfd) };

static int enter_seccomp(struct err *err)
{
    const struct scmp_arg_cmp other = { 0, SCMP_CMP_NE, AF_UNIX, 0 };
    scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);
    int status;

    if (!ctx)
        return err_set(err, ERR_FATAL, "sandbox: seccomp has no filter");
    status = seccomp_rule_add_array(
        ctx, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(socket), 1, &other);
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
        status |= seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EPERM), refused[i], 0);
    if (status == 0)
        status = seccomp_load(ctx);
    seccomp_release(ctx);
    if (status)
        return err_set(err, ERR_FATAL, "sandbox: seccomp: error %d", status);
    return 0;
}

/* ---- all -------------------------------------------------------------------
 */

static int limit(
    __rlimit_resource_t what, rlim_t max, const char *name, struct err *err)
{
    struct rlimit r = { max, max };

    if (setrlimit(what, &r) < 0)
        return err_set_errno(err, ERR_FATAL, "sandbox: %s", name);
    return 0;
}

int office_sandbox(uint64_t memory_bytes, struct err *err)
{
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 ||
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return err_set_errno(err, ERR_FATAL, "sandbox: prctl");
    if (enter_landlock(err) < 0 || enter_seccomp(err) < 0)
        return -1;
    if (!SANITIZED && limit(RLIMIT_AS, memory_bytes, "RLIMIT_AS", err) < 0)
        return -1;
    if (limit(RLIMIT_FSIZE, LIMIT_OFFICE_BYTES, "RLIMIT_FSIZE", err) < 0 ||
        limit(RLIMIT_CORE, 0, "RLIMIT_CORE", err) < 0 ||
        limit(RLIMIT_NOFILE, 256, "RLIMIT_NOFILE", err) < 0)
        return -1;
    return 0;
}
