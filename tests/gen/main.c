/* SPDX-License-Identifier: Apache-2.0 */
/*
 * nianbao-gen - writes generated reports with their truth, or a sample
 * portal of them.
 *
 * Reads nothing but its options (and the folder of --corpus); writes below
 * --out or --site.  The same options write the same bytes.
 */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/limits.h"
#include "common/log.h"
#include "tests/gen/gen.h"
#include "tests/gen/ofd.h"
#include "tests/gen/site.h"

static const char usage[] =
    "usage: nianbao-gen --list\n"
    "       nianbao-gen --seed N [--layout A,B] [--damage D] [--ofd C,D]\n"
    "                   --out DIR\n"
    "       nianbao-gen --site DIR [--seed N] [--reports N] [--corpus DIR]\n"
    "\n"
    "Example: nianbao-gen --seed 7 --layout word,gb18030 --out /tmp/x\n";

static void list(void)
{
    for (const struct gen_layout *l = gen_layouts; l->name != NULL; l++)
        printf("layout\t%s\t%s\n", l->name, l->words);
    for (const struct gen_damage *x = gen_damages; x->name != NULL; x++)
        printf("damage\t%s\t%s\n", x->name, x->words);
    for (const struct ofd_way_name *w = ofd_ways; w->name != NULL; w++)
        printf("ofd\t%s\t%s\n", w->name, w->words);
}

static void add_layouts(struct gen_order *o, char *names)
{
    char *rest = NULL;

    for (char *name = strtok_r(names, ",", &rest); name != NULL;
         name = strtok_r(NULL, ",", &rest)) {
        const struct gen_layout *l = gen_layout_find(name);

        if (l == NULL)
            fatal("no layout \"%s\"; --list shows them", name);
        if (!gen_order_add(o, l))
            fatal("layout \"%s\" does not combine with the others", name);
    }
}

/* The document's bytes are those of its page, or an OFD file. */
static void make_ofd(struct gen_doc *d, char *ways)
{
    struct ofd_order order;

    if (!ofd_order_parse(&order, ways))
        fatal("--ofd: --list shows what there is, besides break=N");
    buf_reset(&d->bytes);
    ofd_render(d, &order, &d->bytes);
}

static int write_case(const struct gen_order *o, char *ofd, const char *dir)
{
    struct gen_doc *d = gen_doc_new(o);
    const char *suffix = ofd != NULL ? "ofd" : gen_doc_suffix(d);
    struct buf truth, path;

    buf_init(&truth, LIMIT_BODY_BYTES);
    buf_init(&path, 4096);
    buf_printf(&path, "%s/%" PRIu64, dir, o->seed);
    for (int i = 0; i < o->layout_n; i++)
        buf_printf(&path, "-%s", o->layout[i]->name);
    if (o->damage != NULL)
        buf_printf(&path, "-%s", o->damage->name);
    if (ofd != NULL) {
        buf_printf(&path, "-%s", ofd);
        make_ofd(d, ofd);
    }
    gen_truth_write(d, &truth);
    site_write(path.p, suffix, buf_slice(&d->bytes));
    site_write(path.p, "truth.tsv", buf_slice(&truth));
    if (d->verdict == VERDICT_VALID)
        site_write(path.p, "mustvalid", slice_str(""));
    if (d->verdict == VERDICT_FLAGGED)
        site_write(path.p, "mustflag", slice_str(""));
    printf("%s.%s\t%s\n", path.p, suffix, d->what);
    buf_clear(&path);
    buf_clear(&truth);
    gen_doc_free(d);
    return 0;
}

static uint64_t parse_number(const char *text, uint64_t max)
{
    char *end;
    unsigned long long n;

    errno = 0;
    n = strtoull(text, &end, 10);
    if (errno != 0 || *end != '\0' || end == text || n > max)
        fatal("\"%s\" is not a number from 0 to %" PRIu64, text, max);
    return n;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        { "list", no_argument, NULL, 'l' },
        { "seed", required_argument, NULL, 's' },
        { "layout", required_argument, NULL, 'a' },
        { "damage", required_argument, NULL, 'd' },
        { "ofd", required_argument, NULL, 'O' },
        { "out", required_argument, NULL, 'o' },
        { "site", required_argument, NULL, 'S' },
        { "reports", required_argument, NULL, 'n' },
        { "corpus", required_argument, NULL, 'c' },
        { "help", no_argument, NULL, 'h' },
        { NULL, 0, NULL, 0 },
    };
    struct site_order site = { NULL, NULL, 1, 0 };
    struct gen_order order;
    const char *out = NULL;
    char *ofd = NULL;
    int c;

    log_init("nianbao-gen", LOG_LEVEL_INFO);
    gen_order_init(&order, 1);
    while ((c = getopt_long(argc, argv, "", options, NULL)) != -1)
        switch (c) {
        case 'l':
            list();
            return 0;
        case 's':
            order.seed = site.seed = parse_number(optarg, UINT64_MAX);
            break;
        case 'a':
            add_layouts(&order, optarg);
            break;
        case 'd':
            order.damage = gen_damage_find(optarg);
            if (order.damage == NULL)
                fatal("no damage \"%s\"; --list shows them", optarg);
            break;
        case 'O':
            ofd = optarg;
            break;
        case 'o':
            out = optarg;
            break;
        case 'S':
            site.dir = optarg;
            break;
        case 'n':
            site.report_n = (int)parse_number(optarg, 100000);
            break;
        case 'c':
            site.corpus = optarg;
            break;
        case 'h':
            fputs(usage, stdout);
            return 0;
        default:
            fputs(usage, stderr);
            return 2;
        }
    if (site.dir != NULL)
        return site_make(&site);
    if (out == NULL || optind != argc) {
        fputs(usage, stderr);
        return 2;
    }
    return write_case(&order, ofd, out);
}
