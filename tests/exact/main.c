/* SPDX-License-Identifier: Apache-2.0 */
/*
 * nianbao-exact - judges the extractor, as TAP.
 *
 * Without files: generated documents with known truth.  With --corpus or
 * --cases: the documents of a folder against the truth beside them.  Ends
 * with 0 when all is as it must be, else 1.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/log.h"
#include "common/mem.h"
#include "tests/exact/exact.h"

static const char usage[] =
    "usage: nianbao-exact [--forms DIR] [--documents N] [--processes N]\n"
    "       nianbao-exact [--forms DIR] --cases DIR...\n"
    "\n"
    "Example: nianbao-exact --documents 6000\n"
    "         nianbao-exact --cases ../shared/corpus tests/data/html\n";

int main(int argc, char **argv)
{
    static const struct option options[] = {
        { "forms", required_argument, NULL, 'f' },
        { "documents", required_argument, NULL, 'n' },
        { "processes", required_argument, NULL, 'p' },
        { "cases", no_argument, NULL, 'c' },
        { "corpus", no_argument, NULL, 'c' },
        { "help", no_argument, NULL, 'h' },
        { NULL, 0, NULL, 0 },
    };
    struct err err = { .kind = ERR_NONE };
    const char *forms_dir = "conf/forms";
    int n = 6000, processes = 2, c;
    bool cases = false, good = true;
    struct forms *forms;

    log_init("nianbao-exact", LOG_LEVEL_WARN);
    while ((c = getopt_long(argc, argv, "", options, NULL)) != -1)
        switch (c) {
        case 'f':
            forms_dir = optarg;
            break;
        case 'n':
            n = (int)strtol(optarg, NULL, 10);
            break;
        case 'p':
            processes = (int)strtol(optarg, NULL, 10);
            break;
        case 'c':
            cases = true;
            break;
        case 'h':
            fputs(usage, stdout);
            return 0;
        default:
            fputs(usage, stderr);
            return 2;
        }
    if (n < 1 || processes < 1 || cases != (optind < argc)) {
        fputs(usage, stderr);
        return 2;
    }
    forms = forms_read(forms_dir, &err);
    if (forms == NULL)
        fatal("%s", err.msg);
    if (!cases)
        good = exact_run_sets(forms, n, processes);
    for (; optind < argc; optind++)
        good = exact_run_folder(forms, argv[optind]) && good;
    forms_free(forms);
    return good ? 0 : 1;
}
