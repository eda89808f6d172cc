/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_check_config - `nianbao check-config`: is the configuration right?
 *
 * The forms belong to the transformer, so it is asked to read them: one
 * reading code, one verdict.
 */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/cmd.h"
#include "common/conf.h"
#include "common/mem.h"

static const char usage[] =
    "Usage: nianbao check-config [--config FILE]\n"
    "\n"
    "Check nianbao.yaml, every portal in sources.d/ and every form in forms/.\n"
    "An error names the file, the line, the key and what would be right.\n"
    "\n"
    "Example:\n"
    "  nianbao check-config --config /etc/nianbao/nianbao.yaml\n"
    "\n"
    "Exit status: 0 all is right, 1 an error was found, 2 usage.\n";

/* Let the transformer read the forms; its exit status. */
static int check_forms(const struct conf *conf)
{
    char *program = conf_program(conf, "nianbao-transformer");
    pid_t pid = fork();
    int status = 0;

    if (pid == 0) {
        execl(program, program, "--check-forms", "--config", conf->file,
            (char *)NULL);
        fprintf(stderr, "nianbao: %s: %s\n", program, strerror(errno));
        _exit(1);
    }
    mem_free(program);
    if (pid < 0 || waitpid(pid, &status, 0) < 0) {
        perror("nianbao: check-config");
        return 1;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

static void print_sources(const struct conf *conf)
{
    printf("%s: ok\n", conf->file);
    for (unsigned i = 0; i < conf->sources_count; i++) {
        const struct conf_source *s = conf->sources[i];

        printf("%s: ok: %s, %u column%s%s\n", s->file, s->name,
            s->columns_count, s->columns_count == 1 ? "" : "s",
            s->enabled ? "" : ", not enabled");
    }
    fflush(stdout);
}

int cmd_check_config(int argc, char **argv)
{
    static const struct option options[] = {
        { "config", required_argument, NULL, 'c' },
        { "help", no_argument, NULL, 'h' },
        { NULL, 0, NULL, 0 },
    };
    const char *path = NULL;
    struct err err = { .kind = ERR_NONE };
    struct conf *conf;
    int status;
    int c;

    while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (c == 'h') {
            fputs(usage, stdout);
            return 0;
        }
        if (c != 'c') {
            fputs(usage, stderr);
            return 2;
        }
        path = optarg;
    }
    if (optind < argc) {
        fputs(usage, stderr);
        return 2;
    }
    conf = conf_read(path, &err);
    if (!conf) {
        fprintf(stderr, "nianbao: %s\n", err.msg);
        return 1;
    }
    print_sources(conf);
    status = check_forms(conf);
    conf_free(conf);
    return status == 0 ? 0 : 1;
}
