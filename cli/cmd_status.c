/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_status - `nianbao status`: the last run, in all and by source.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/cmd.h"
#include "cli/inquiry.h"
#include "cli/summary.h"
#include "common/clock.h"

static const char usage[] =
    "Usage: nianbao status [--config FILE] [--json]\n"
    "\n"
    "The last run: how far it is, what it brought, in all and by source.\n"
    "May be asked at any time, also while a run goes on.\n"
    "\n"
    "  --config FILE   configuration\n"
    "  --json          one JSON object\n"
    "  --help          this text\n"
    "\n"
    "Exit status: 0 there is a run to tell of; 1 there is none, or trouble;\n"
    "2 usage.\n"
    "\n"
    "Example: nianbao status --json | jq .quarantined\n";

/* What is gathered per source. */
struct gathering {
    struct inquiry *q;
    const struct run *run;
    json_t *json; /* array, or NULL for text */
    struct err err;
    int rc;
};

static void print_time(const char *name, int64_t unix_s)
{
    char text[21];

    clock_format(unix_s, text);
    if (unix_s)
        printf("%s %s\n", name, text);
}

static void print_heading(void)
{
    printf("\n%-28s %6s %8s %6s %8s %9s %12s %10s %5s\n", "source", "urls",
        "fetched", "valid", "flagged", "rejected", "quarantined", "duplicate",
        "open");
}

static void print_source(const char *name, const struct run_summary *s)
{
    printf("%-28s %6" PRIu64 " %8" PRIu64 " %6" PRIu64 " %8" PRIu64 " %9" PRIu64
           " %12" PRIu64 " %10" PRIu64 " %5" PRIu64 "\n",
        name, s->urls_total, s->fetched, s->loaded_valid, s->loaded_flagged,
        s->rejected, s->quarantined, s->duplicates, s->open);
}

static void put_numbers(json_t *o, const struct run_summary *s)
{
    inquiry_put_n(o, "urls", s->urls_total);
    inquiry_put_n(o, "urls_done", s->urls_done);
    inquiry_put_n(o, "urls_failed", s->urls_failed);
    inquiry_put_n(o, "requests", s->requests);
    inquiry_put_n(o, "not_modified", s->not_modified);
    inquiry_put_n(o, "fetched", s->fetched);
    inquiry_put_n(o, "duplicates", s->duplicates);
    inquiry_put_n(o, "unpacked", s->unpacked);
    inquiry_put_n(o, "renderings", s->renderings);
    inquiry_put_n(o, "valid", s->loaded_valid);
    inquiry_put_n(o, "flagged", s->loaded_flagged);
    inquiry_put_n(o, "rejected", s->rejected);
    inquiry_put_n(o, "quarantined", s->quarantined);
    inquiry_put_n(o, "open", s->open);
}

static void tell_source(void *ctx, const char *name)
{
    struct gathering *g = ctx;
    struct run_summary sum;
    json_t *o;

    if (g->rc != 0)
        return;
    g->rc =
        ledger_source_summary(g->q->ledger, g->run->id, name, &sum, &g->err);
    if (g->rc != 0)
        return;
    if (!g->json) {
        print_source(name, &sum);
        return;
    }
    o = json_object();
    inquiry_put_text(o, "source", name);
    put_numbers(o, &sum);
    json_array_append_new(g->json, o);
}

static int tell_sources(struct gathering *g)
{
    struct err err;

    if (!g->json)
        print_heading();
    if (ledger_source_names(g->q->ledger, tell_source, g, &err) != 0) {
        g->err = err;
        g->rc = -1;
    }
    return g->rc;
}

static int tell_text(
    struct gathering *g, const struct run *run, const struct run_summary *sum)
{
    summary_text(stdout, run, sum, g->q->conf->out_dir);
    putchar('\n');
    print_time("Started ", run->started_at);
    print_time("Finished", run->finished_at);
    return tell_sources(g);
}

static int tell_json(
    struct gathering *g, const struct run *run, const struct run_summary *sum)
{
    json_t *o = json_object();

    g->json = json_array();
    inquiry_put_text(o, "run", run->name);
    inquiry_put_text(o, "state", run_state_name(run->state));
    inquiry_put_time(o, "started_at", run->started_at);
    inquiry_put_time(o, "finished_at", run->finished_at);
    inquiry_put_text(o, "archive", run->archive);
    put_numbers(o, sum);
    tell_sources(g);
    json_object_set_new(o, "sources", g->json);
    if (g->rc == 0)
        inquiry_print(o);
    else
        json_decref(o);
    return g->rc;
}

static int status(struct inquiry *q)
{
    struct run run;
    struct run_summary sum;
    struct gathering g = { .q = q, .run = &run };

    if (ledger_begin_read(q->ledger, &g.err) != 0 ||
        ledger_run_get(q->ledger, 0, &q->arena, &run, &g.err) != 0 ||
        ledger_run_summary(q->ledger, run.id, &sum, &g.err) != 0)
        return inquiry_trouble(q, &g.err);
    if ((q->json ? tell_json(&g, &run, &sum) : tell_text(&g, &run, &sum)) != 0)
        return inquiry_trouble(q, &g.err);
    return CMD_OK;
}

int cmd_status(int argc, char **argv)
{
    static const struct inquiry_form form = { usage, true, 0 };
    struct inquiry q;
    int rc = inquiry_open(&q, &form, argc, argv);

    if (rc < 0)
        rc = status(&q);
    inquiry_close(&q);
    return rc;
}
