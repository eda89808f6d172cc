/* SPDX-License-Identifier: Apache-2.0 */
/*
 * main - nianbao-transformer: the process that reads.
 *
 * Waits for documents from the collector on the socket "jobs", gives records
 * to the loader on "records", and tells the collector when they are
 * committed.  Touches its two sockets, the forms at start-up and the caged
 * reader that it starts; no network, disk or ledger.  Ends on SIGTERM, when
 * its parent does (--supervised), or when the reader cannot be started;
 * killed, what it held is leased to another.
 *
 * With --extract it does the same for files on the command line and prints
 * the records; --check-forms and --dictionary only look at the forms.
 */
#include <getopt.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "common/clock.h"
#include "common/conf.h"
#include "common/log.h"
#include "common/mem.h"
#include "common/service.h"
#include "transformer/dictionary.h"
#include "transformer/extract_files.h"
#include "transformer/work.h"

enum {
    EXIT_USAGE = 2,
    NAME_BYTES_MAX = 64,
};

enum mode {
    MODE_WORK,
    MODE_EXTRACT,
    MODE_CHECK_FORMS,
    MODE_DICTIONARY,
};

struct options {
    enum mode mode;
    const char *config; /* NULL: the default */
    const char *forms;  /* NULL: as configured */
    const char *name;   /* for the log; NULL: "worker" */
    const char *format; /* NULL: by what standard output is */
    bool supervised;
    char *const *files;
    size_t file_n;
};

static const char usage[] =
    "Usage: nianbao-transformer [OPTION]...\n"
    "       nianbao-transformer --extract [--format F] FILE...\n"
    "       nianbao-transformer --check-forms | --dictionary\n"
    "\n"
    "Reads documents that the collector leases, in a caged reader, and sends\n"
    "their records to the loader.  Start one for each processor.\n"
    "\n"
    "  --config FILE  configuration (default: conf/nianbao.yaml beside the\n"
    "                 build tree, else /etc/nianbao/nianbao.yaml)\n"
    "  --forms DIR    definitions of the forms, other than configured\n"
    "  --name NAME    what the collector's log calls it (default: worker)\n"
    "  --supervised   end when the parent process ends\n"
    "  --extract      print the records of the FILEs (nianbao extract)\n"
    "  --format F     with --extract: table, csv or jsonl\n"
    "  --check-forms  read and check the forms, print their names\n"
    "  --dictionary   print the data dictionary as Markdown\n"
    "  --help         this text\n"
    "  --version      the version\n"
    "\n"
    "Exit status: 0 asked to end; 1 failure, the log says which; 2 usage;\n"
    "with --extract as in `nianbao extract --help`.\n"
    "\n"
    "Examples: nianbao-transformer --name worker-1\n"
    "          nianbao-transformer --check-forms --forms conf/forms\n";

static _Noreturn void misuse(const char *what, const char *which)
{
    fprintf(stderr,
        "nianbao-transformer: %s '%s'\n"
        "Try 'nianbao-transformer --help'.\n",
        what, which);
    exit(EXIT_USAGE);
}

static void check_options(const struct options *opt)
{
    if (opt->mode == MODE_EXTRACT && opt->file_n == 0)
        misuse("no FILE after", "--extract");
    if (opt->mode != MODE_EXTRACT && opt->file_n > 0)
        misuse("unexpected argument", opt->files[0]);
    if (opt->format && !printer_find(opt->format))
        misuse("unknown format", opt->format);
    if (opt->name &&
        (opt->name[0] == '\0' || strlen(opt->name) > NAME_BYTES_MAX))
        misuse("a name has 1 to 64 bytes, not", opt->name);
}

static struct options read_options(int argc, char **argv)
{
    static const struct option known[] = {
        { "config", required_argument, NULL, 'c' },
        { "forms", required_argument, NULL, 'f' },
        { "name", required_argument, NULL, 'n' },
        { "supervised", no_argument, NULL, 's' },
        { "extract", no_argument, NULL, 'e' },
        { "format", required_argument, NULL, 'F' },
        { "check-forms", no_argument, NULL, 'k' },
        { "dictionary", no_argument, NULL, 'd' },
        { "help", no_argument, NULL, 'h' },
        { "version", no_argument, NULL, 'v' },
        { NULL, 0, NULL, 0 },
    };
    struct options opt = { .mode = MODE_WORK };
    int c;

    while ((c = getopt_long(argc, argv, "", known, NULL)) != -1) {
        switch (c) {
        case 'c':
            opt.config = optarg;
            break;
        case 'f':
            opt.forms = optarg;
            break;
        case 'n':
            opt.name = optarg;
            break;
        case 's':
            opt.supervised = true;
            break;
        case 'e':
            opt.mode = MODE_EXTRACT;
            break;
        case 'F':
            opt.format = optarg;
            break;
        case 'k':
            opt.mode = MODE_CHECK_FORMS;
            break;
        case 'd':
            opt.mode = MODE_DICTIONARY;
            break;
        case 'h':
            fputs(usage, stdout);
            exit(0);
        case 'v':
            puts("nianbao-transformer " NIANBAO_VERSION);
            exit(0);
        default:
            fputs("Try 'nianbao-transformer --help'.\n", stderr);
            exit(EXIT_USAGE);
        }
    }
    opt.files = argv + optind;
    opt.file_n = (size_t)(argc - optind);
    check_options(&opt);
    return opt;
}

/* Rights that reading documents never needs: to gain privileges by starting
 * a program, and to leave documents behind in a core file. */
static void give_up_rights(void)
{
    const struct rlimit none = { 0, 0 };

    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        setrlimit(RLIMIT_CORE, &none) != 0)
        fatal("rights cannot be given up");
}

/* A routing id of this process alone: under the name of a dead one it would
 * seem to hold, and to keep alive, what that one held. */
static void make_id(const char *name, char *id, size_t size)
{
    unsigned char random[4];

    if (getentropy(random, sizeof(random)) != 0)
        fatal("no random numbers");
    snprintf(id, size, "%s-%ld-%02x%02x%02x%02x", name, (long)getpid(),
        random[0], random[1], random[2], random[3]);
}

static int run_worker(const struct options *opt, const struct conf *conf,
    const struct forms *forms, struct err *err)
{
    char id[NAME_BYTES_MAX + 48];

    make_id(opt->name ? opt->name : "worker", id, sizeof(id));
    log_init(
        "nianbao-transformer", (enum log_level)log_level_find(conf->log_level));
    give_up_rights();
    return work(conf, forms, id, err);
}

static int run_extract(const struct options *opt, const struct conf *conf,
    const struct forms *forms)
{
    bool terminal = isatty(STDOUT_FILENO) == 1;
    const char *format = terminal ? "table" : "jsonl";
    const struct print print = { stdout, forms, terminal };

    log_init("nianbao extract", LOG_LEVEL_WARN);
    give_up_rights();
    return (int)extract_files(conf, forms,
        printer_find(opt->format ? opt->format : format), &print, opt->files,
        opt->file_n);
}

static int print_forms(const struct forms *forms)
{
    for (unsigned i = 0; i < forms->form_n; i++)
        printf("%s: ok: form %s\n", forms->form[i]->file, forms->form[i]->id);
    if (forms->statistics)
        printf("%s: ok: form %s\n", forms->statistics->file,
            forms->statistics->id);
    return fflush(stdout) == 0 ? 0 : 1;
}

static int print_dictionary(const struct forms *forms)
{
    dictionary_print(forms, stdout);
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}

int main(int argc, char **argv)
{
    struct options opt = read_options(argc, argv);
    struct err err = { .kind = ERR_NONE };
    struct conf *conf;
    struct forms *forms = NULL;
    int result = -1;

    setlocale(LC_ALL, "C.UTF-8");
    log_init(
        opt.mode == MODE_EXTRACT ? "nianbao extract" : "nianbao-transformer",
        LOG_LEVEL_INFO);
    if (opt.mode != MODE_WORK)
        log_for_people();
    service_init(opt.supervised);
    conf = conf_read(opt.config, &err);
    if (conf && clock_fix(conf->clock, &err) == 0)
        forms = forms_read(opt.forms ? opt.forms : conf->forms_dir, &err);
    if (forms) {
        switch (opt.mode) {
        case MODE_WORK:
            result = run_worker(&opt, conf, forms, &err);
            break;
        case MODE_EXTRACT:
            result = run_extract(&opt, conf, forms);
            break;
        case MODE_CHECK_FORMS:
            result = print_forms(forms);
            break;
        case MODE_DICTIONARY:
            result = print_dictionary(forms);
            break;
        }
    }
    if (result < 0)
        log_error("%s", err.msg);
    forms_free(forms);
    conf_free(conf);
    return result < 0 ? 1 : result;
}
