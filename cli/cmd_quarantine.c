/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_quarantine - `nianbao quarantine list`: what was set aside, and why.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/cmd.h"
#include "cli/inquiry.h"
#include "common/clock.h"
#include "common/mem.h"
#include "common/plain.h"

static const char usage[] =
    "Usage: nianbao quarantine list [--config FILE] [--json]\n"
    "\n"
    "The documents that could not be read, with the reasons.  Their bodies\n"
    "stay in the store under the hash that is printed:\n"
    "<state_dir>/store/<first two digits>/<hash>.\n"
    "\n"
    "  --config FILE   configuration\n"
    "  --json          one JSON object a line: at, source, url, sha256,\n"
    "                  reason, failures\n"
    "  --help          this text\n"
    "\n"
    "Exit status: 0 the list is whole, even if empty; 1 trouble; 2 usage.\n"
    "\n"
    "Example: nianbao quarantine list --json | jq -r .reason | sort | uniq "
    "-c\n";

struct list {
    bool json;
    uint64_t n;
};

static void print_json(const struct quarantine_row *row)
{
    json_t *o = json_object();

    inquiry_put_time(o, "at", row->at);
    inquiry_put_text(o, "source", row->source);
    inquiry_put_text(o, "url", row->url);
    inquiry_put_text(o, "sha256", row->sha256);
    inquiry_put_text(o, "reason", row->reason);
    inquiry_put_n(o, "failures", row->failures);
    inquiry_print(o);
}

/* A line with a text that a portal or a document had a hand in. */
static void print_plain(const char *before, const char *text)
{
    char *copy = mem_strdup(text ? text : "");

    plain_bytes(copy, strlen(copy));
    printf("%s%s\n", before, copy);
    mem_free(copy);
}

static void print_row(void *ctx, const struct quarantine_row *row)
{
    struct list *list = ctx;
    char at[21];

    list->n++;
    if (list->json) {
        print_json(row);
        return;
    }
    clock_format(row->at, at);
    print_plain("", row->url);
    print_plain("  reason  ", row->reason);
    print_plain("  source  ", row->source);
    printf("  sha256  %s\n  set aside %s", row->sha256, at);
    if (row->failures)
        printf(" after %" PRIu32 " failed attempt%s", row->failures,
            row->failures == 1 ? "" : "s");
    fputs("\n\n", stdout);
}

static int list_all(struct inquiry *q)
{
    struct list all = { .json = q->json };
    struct err err;

    if (strcmp(q->argv[0], "list") != 0)
        return inquiry_usage(
            q->command, "there is no '%s'; say: list", q->argv[0]);
    if (ledger_quarantine_list(q->ledger, print_row, &all, &err) != 0)
        return inquiry_trouble(q, &err);
    if (!q->json)
        printf("%" PRIu64 " document%s in quarantine.\n", all.n,
            all.n == 1 ? "" : "s");
    return CMD_OK;
}

int cmd_quarantine(int argc, char **argv)
{
    static const struct inquiry_form form = { usage, true, 1 };
    struct inquiry q;
    int rc = inquiry_open(&q, &form, argc, argv);

    if (rc < 0)
        rc = list_all(&q);
    inquiry_close(&q);
    return rc;
}
