/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lock - one `nianbao run` at a time on a state folder.
 *
 * flock goes with the process, however it ends; the pid in the file is for
 * the message only.
 */
#include "cli/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/mem.h"

int lock_make_folder(const char *dir, struct err *err)
{
    char *path = mem_strdup(dir);
    int rc = 0;

    for (char *slash = path + 1; rc == 0 && slash[-1]; slash++) {
        char c = *slash;

        if (c != '/' && c != '\0')
            continue;
        *slash = '\0';
        if (mkdir(path, 0777) != 0 && errno != EEXIST)
            rc = err_set_errno(err, ERR_FATAL, "folder %s", path);
        *slash = c;
        if (c == '\0')
            break;
    }
    mem_free(path);
    return rc;
}

static int refuse(int fd, const char *dir, struct err *err)
{
    char pid[16] = "";
    ssize_t len = pread(fd, pid, sizeof(pid) - 1, 0);

    pid[len > 0 ? len : 0] = '\0';
    pid[strcspn(pid, "\n")] = '\0';
    return err_set(err, ERR_RETRY,
        "another nianbao run (process %s) works on %s; wait for it, or give "
        "this one a state_dir of its own",
        pid, dir);
}

int lock_take(const char *dir, struct err *err)
{
    char *path = mem_printf("%s/run.lock", dir);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);

    if (fd < 0) {
        err_set_errno(err, ERR_FATAL, "lock %s", path);
    } else if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        refuse(fd, dir, err);
        close(fd);
        fd = -1;
    } else if (ftruncate(fd, 0) != 0 || dprintf(fd, "%d\n", getpid()) < 0) {
        err_set_errno(err, ERR_FATAL, "lock %s", path);
        close(fd);
        fd = -1;
    }
    mem_free(path);
    return fd;
}
