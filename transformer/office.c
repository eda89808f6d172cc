/* SPDX-License-Identifier: Apache-2.0 */
/*
 * office - a text document to DOCX by LibreOffice, as a second opinion.
 *
 * Each document has a fresh profile: nothing that one leaves behind can
 * change the reading of the next.
 */
#include "transformer/office.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/limits.h"
#include "common/log.h"
#include "common/mem.h"

enum {
    STARTS_MAX = 3, /* a fresh profile makes it ask for a new start */
    ASKS_FOR_RESTART = 81,
    TREE_DEPTH = 32,
};

static char folder[64]; /* empty without LibreOffice */

const char *office_program(void)
{
    static const char *const places[] = {
        "/usr/lib/libreoffice/program/soffice.bin",
        "/usr/lib64/libreoffice/program/soffice.bin",
        "/opt/libreoffice/program/soffice.bin",
    };

    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
        if (access(places[i], X_OK) == 0)
            return places[i];
    return NULL;
}

/* ---- the folder ------------------------------------------------------------
 */

static int remove_one(
    const char *path, const struct stat *st, int kind, struct FTW *at)
{
    (void)st;
    (void)kind;
    return at->level == 0 ? 0 : remove(path);
}

/* Remove what is in the folder; *all: the folder too. */
static void empty_folder(const char *path, bool all)
{
    nftw(path, remove_one, TREE_DEPTH, FTW_DEPTH | FTW_PHYS);
    if (all)
        rmdir(path);
}

/* LibreOffice listens for further commands on a socket in /tmp, wherever its
 * profile is, and may not remove it (sandbox_office.c).  One that refuses to
 * connect is nobody's any more. */
static void remove_dead_sockets(void)
{
    char prefix[64];
    DIR *dir = opendir(OFFICE_SOCKETS);
    const struct dirent *e;

    snprintf(prefix, sizeof(prefix), "OSL_PIPE_%u_SingleOfficeIPC_",
        (unsigned)getuid());
    while (dir && (e = readdir(dir)) != NULL) {
        struct sockaddr_un address = { .sun_family = AF_UNIX };
        int fd;

        if (strncmp(e->d_name, prefix, strlen(prefix)) != 0)
            continue;
        if (snprintf(address.sun_path, sizeof(address.sun_path), "%s/%s",
                OFFICE_SOCKETS, e->d_name) >= (int)sizeof(address.sun_path))
            continue;
        fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (fd < 0)
            break;
        if (connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0 &&
            errno == ECONNREFUSED)
            unlink(address.sun_path);
        close(fd);
    }
    if (dir)
        closedir(dir);
}

static int cleaner = -1; /* our end of a pair with it */

/* A process outside of the cage that sees no document: it removes dead
 * sockets when it is asked, and all there is when we end, however that
 * comes. */
static void start_cleaner(void)
{
    int ends[2];
    pid_t pid;
    char c;

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0 ||
        (pid = fork()) < 0)
        fatal("cannot start the cleaner: %s", strerror(errno));
    cleaner = ends[0];
    if (pid > 0) {
        close(ends[1]);
        return; /* our end closes with us */
    }
    close(ends[0]);
    close(STDIN_FILENO);
    close(STDOUT_FILENO);
    while (read(ends[1], &c, 1) == 1) {
        remove_dead_sockets();
        if (write(ends[1], &c, 1) != 1)
            break;
    }
    empty_folder(folder, true);
    remove_dead_sockets();
    _exit(0);
}

static void ask_cleaner(void)
{
    char c = 's';

    if (write(cleaner, &c, 1) != 1 || read(cleaner, &c, 1) != 1)
        fatal("the cleaner is gone");
}

const char *office_folder(void)
{
    return folder;
}

void office_prepare(void)
{
    if (!office_program())
        return;
    strcpy(folder, "/tmp/nianbao-office-XXXXXX");
    if (!mkdtemp(folder))
        fatal("cannot make %s: %s", folder, strerror(errno));
    start_cleaner();
}

/* ---- one conversion --------------------------------------------------------
 */

static int write_file(const char *path, struct slice in, struct err *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (fd < 0)
        return err_set_errno(err, ERR_RETRY, "office: make %s", path);
    while (in.len > 0) {
        ssize_t n = write(fd, in.p, in.len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            err_set_errno(err, ERR_RETRY, "office: write %s", path);
            close(fd);
            return -1;
        }
        in = slice_from(in, (size_t)n);
    }
    close(fd);
    return 0;
}

static int read_file(
    const char *path, struct arena *a, struct slice *out, struct err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    struct stat st;
    size_t len = 0;
    char *text;

    if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        if (fd >= 0)
            close(fd);
        return err_set(
            err, ERR_INPUT, "reader.broken: LibreOffice made no DOCX of it");
    }
    if (st.st_size > (off_t)LIMIT_OFFICE_BYTES) {
        close(fd);
        return err_set(err, ERR_LIMIT,
            "reader.size: LibreOffice made more than %u bytes of it",
            LIMIT_OFFICE_BYTES);
    }
    text = arena_alloc(a, (size_t)st.st_size + 1);
    while (len < (size_t)st.st_size) {
        ssize_t n = read(fd, text + len, (size_t)st.st_size - len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        len += (size_t)n;
    }
    close(fd);
    *out = (struct slice){ text, len };
    return 0;
}

/* In the child: become LibreOffice, or end. */
static void become_office(const char *program, const char *in)
{
    char *profile =
        mem_printf("-env:UserInstallation=file://%s/profile", folder);
    char *home = mem_printf("HOME=%s", folder);
    char *tmp = mem_printf("TMPDIR=%s", folder);
    char *argv[] = { mem_strdup(program), profile, mem_strdup("--headless"),
        mem_strdup("--norestore"), mem_strdup("--convert-to"),
        mem_strdup("docx:MS Word 2007 XML"), mem_strdup("--outdir"),
        mem_printf("%s/out", folder), mem_strdup(in), NULL };
    char *environment[] = { mem_strdup("PATH=/usr/bin:/bin"), home, tmp,
        mem_strdup("LC_ALL=C.UTF-8"), mem_strdup("SAL_USE_VCLPLUGIN=svp"),
        NULL };
    int null = open("/dev/null", O_RDWR);

    if (null < 0 || dup2(null, STDIN_FILENO) < 0 ||
        dup2(null, STDOUT_FILENO) < 0 || dup2(null, STDERR_FILENO) < 0 ||
        prctl(PR_SET_PDEATHSIG, SIGKILL) < 0)
        _exit(127);
    execve(program, argv, environment);
    _exit(127);
}

/* Its exit status, or -1 when it was killed. */
static int run_office(const char *in, struct err *err)
{
    const char *program = office_program();
    int status;
    pid_t pid;

    if (!program)
        return err_set(
            err, ERR_FATAL, "office: LibreOffice is not installed any more");
    pid = fork();
    if (pid < 0)
        return err_set_errno(err, ERR_RETRY, "office: fork");
    if (pid == 0)
        become_office(program, in);
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return err_set_errno(err, ERR_RETRY, "office: wait");
    if (WIFEXITED(status))
        return WEXITSTATUS(status);
    if (WTERMSIG(status) == SIGXCPU)
        return err_set(err, ERR_LIMIT,
            "reader.cpu: LibreOffice takes too much CPU to read it");
    return err_set(err, ERR_INPUT, "reader.crashed: LibreOffice died of SIG%s",
        sigabbrev_np(WTERMSIG(status)));
}

static int convert(struct slice in, const char *extension, struct arena *a,
    struct slice *docx, struct err *err)
{
    char *path = mem_printf("%s/in.%s", folder, extension);
    char *made = mem_printf("%s/out/in.docx", folder);
    int status = ASKS_FOR_RESTART;
    int rc = write_file(path, in, err);

    for (int i = 0; rc == 0 && status == ASKS_FOR_RESTART && i < STARTS_MAX;
         i++) {
        ask_cleaner();
        status = run_office(path, err);
        rc = status < 0 ? -1 : 0;
    }
    if (rc == 0 && status != 0)
        rc = err_set(err, ERR_INPUT,
            "reader.broken: LibreOffice ended with status %d", status);
    if (rc == 0)
        rc = read_file(made, a, docx, err);
    mem_free(path);
    mem_free(made);
    return rc;
}

int office_docx(struct slice in, const char *extension, struct arena *a,
    struct slice *docx, struct err *err)
{
    int rc;

    if (folder[0] == '\0')
        return err_set(
            err, ERR_INPUT, "reader.none: LibreOffice is not installed here");
    rc = convert(in, extension, a, docx, err);
    empty_folder(folder, false);
    return rc;
}
