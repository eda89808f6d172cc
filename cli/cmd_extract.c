/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_extract - `nianbao extract`: the numbers of documents at hand.
 *
 * Reading documents is the transformer's work, so this checks the options
 * and becomes nianbao-transformer --extract, which lies beside it both in
 * the build tree and installed.
 */
#include <errno.h>
#include <getopt.h>
#include <libgen.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cmd.h"
#include "common/mem.h"

static const char usage[] =
    "Usage: nianbao extract [--format table|csv|jsonl] FILE...\n"
    "\n"
    "Print the numbers and checks of annual reports. FILE may be - for\n"
    "standard input. Documents are parsed in a cage: no network, no files,\n"
    "limited time and memory.\n"
    "\n"
    "  --format F     table: the forms as printed, doubts marked (default on\n"
    "                 a terminal)\n"
    "                 csv:   one header line, then one line a cell\n"
    "                 jsonl: one object a document (default elsewhere)\n"
    "  --config FILE  configuration (default: conf/nianbao.yaml beside the\n"
    "                 build tree, else /etc/nianbao/nianbao.yaml)\n"
    "  --forms DIR    definitions of the forms, other than configured\n"
    "  --help         this text\n"
    "\n"
    "Examples:\n"
    "  nianbao extract report.html\n"
    "  nianbao extract --format jsonl *.html *.zip > reports.jsonl\n"
    "  curl -s http://example.org/nb2022.html | nianbao extract -\n"
    "\n"
    "Exit status: 0 every report valid; 3 at least one flagged; 4 at least\n"
    "one unrecognized or unreadable; 2 usage; 1 anything else.\n";

/* Path of a program beside this one; mem_free it, NULL with errno. */
static char *sibling(const char *program)
{
    char self[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);

    if (n < 0)
        return NULL;
    self[n] = '\0';
    return mem_printf("%s/%s", dirname(self), program);
}

static int misuse(const char *what, const char *which)
{
    fprintf(stderr,
        "nianbao extract: %s%s\n"
        "Try 'nianbao extract --help'.\n",
        what, which);
    return CMD_USAGE;
}

static bool is_format(const char *s)
{
    return strcmp(s, "table") == 0 || strcmp(s, "csv") == 0 ||
           strcmp(s, "jsonl") == 0;
}

/* Become the transformer with `args` and the files; returns on failure. */
static int become(char **args, size_t n, char *const *files)
{
    char *program = sibling("nianbao-transformer");

    for (; *files; files++)
        args[n++] = *files;
    args[n] = NULL;
    args[0] = program;
    if (program)
        execv(program, args);
    fprintf(stderr,
        "nianbao extract: %s: %s; it should lie beside the program nianbao\n",
        program ? program : "nianbao-transformer", strerror(errno));
    mem_free(program);
    return CMD_TROUBLE;
}

/* Fill args with the options, checked; *n grows.  -1: go on, else the exit
 * status. */
static int read_options(int argc, char **argv, char **args, size_t *n)
{
    static const struct option options[] = {
        { "format", required_argument, NULL, 'F' },
        { "config", required_argument, NULL, 'c' },
        { "forms", required_argument, NULL, 'f' },
        { "help", no_argument, NULL, 'h' },
        { NULL, 0, NULL, 0 },
    };
    static char format[] = "--format", config[] = "--config",
                forms[] = "--forms";
    int c;

    while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (c == 'h') {
            fputs(usage, stdout);
            return CMD_OK;
        }
        if (c == '?') {
            fputs("Try 'nianbao extract --help'.\n", stderr);
            return CMD_USAGE;
        }
        if (c == 'F' && !is_format(optarg))
            return misuse("the format is table, csv or jsonl, not ", optarg);
        args[(*n)++] = c == 'F' ? format : c == 'c' ? config : forms;
        args[(*n)++] = optarg;
    }
    if (optind == argc)
        return misuse("name at least one FILE", ", or - for standard input");
    return -1;
}

int cmd_extract(int argc, char **argv)
{
    static char extract[] = "--extract", end[] = "--";
    /* --format=csv is one argument here and two there */
    char **args = mem_alloc_n(2 * (size_t)argc + 8, sizeof(*args));
    size_t n = 1; /* the program's path comes last */
    int status;

    args[n++] = extract;
    status = read_options(argc, argv, args, &n);
    if (status < 0) {
        args[n++] = end;
        status = become(args, n, argv + optind);
    }
    mem_free(args);
    return status;
}
