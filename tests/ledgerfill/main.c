/* SPDX-License-Identifier: Apache-2.0 */
/*
 * nianbao-ledgerfill - a ledger with made-up reports, for the loader's tests.
 *
 * Goes the collector's and the transformers' way through the ledger, without
 * their processes: one run, crawled, every job ended.  Among the reports are
 * texts that writers trip over.  The same arguments give the same ledger.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/clock.h"
#include "common/conf.h"
#include "common/ledger.h"
#include "common/log.h"
#include "common/mem.h"
#include "common/store.h"
#include "loader/keys.h"

enum {
    GROUP = 64, /* documents of one transaction */
};

static const char source_name[] = "portal.example";

struct fill {
    struct conf *conf;
    struct keys *keys;
    struct ledger *ledger;
    struct run run;
    struct arena arena;  /* of the run */
    struct arena record; /* of the record at hand */
    struct err err;
};

static void must(struct fill *f, int rc)
{
    if (rc != 0)
        fatal("%s", f->err.msg);
}

/* ---- what the collector would have done ------------------------------- */

static void put_source(struct fill *f)
{
    struct conf_source source = { 0 };
    char name[] = "portal.example", title[] = "样例门户", region[] = "110105";

    source.name = name;
    source.title = title;
    source.region = region;
    must(f, ledger_source_put(f->ledger, &source, &f->err));
}

static void put_url(struct fill *f, unsigned i)
{
    struct slice url =
        arena_printf(&f->record, "http://portal.example/report/%04u.html", i);
    struct ledger_url u = {
        .source = source_name,
        .url = url.p,
        .kind = URL_DOCUMENT,
        .title = "年度报告, \"样例\"",
        .list_date = "2023-01-31",
        .region = "110105",
    };

    must(f, ledger_url_put(f->ledger, f->run.id, &u, NULL, &f->err));
}

/* The body of document `i` is never needed, its digest is. */
static const char *body_key(struct fill *f, unsigned i)
{
    char *key = arena_alloc(&f->record, STORE_KEY_LEN + 1);
    /* Document 3 has the bytes of document 2. */
    struct slice body = arena_printf(
        &f->record, "body %u of run %" PRId64, i == 3 ? 2 : i, f->run.id);

    store_key(body, key);
    return key;
}

static void put_fetch(struct fill *f, const struct ledger_url *u, unsigned i)
{
    struct ledger_fetch fetch = {
        .run = f->run.id,
        .url = u->id,
        .at = clock_now_s(),
        .status = 200,
        .bytes = 14000 + i,
        .sha256 = body_key(f, i),
        .final_url = u->url,
        .etag = i % 7 == 0 ? "\"caf\xe9\"" : NULL, /* Latin-1 */
        .media_type = "text/html",
        .charset = "utf-8",
        .size = 14000 + i,
    };

    must(f, ledger_fetch_put(f->ledger, &fetch, &f->err));
}

static void crawl(struct fill *f, unsigned count)
{
    struct ledger_url u;
    unsigned i;
    size_t n;

    for (i = 0; i < count; i++) {
        arena_reset(&f->record);
        put_url(f, i);
    }
    for (i = 0; i < count; i++) {
        arena_reset(&f->record);
        must(f, ledger_url_next(f->ledger, f->run.id, source_name, INT64_MAX,
                    &f->record, &u, 1, &n, &f->err));
        if (n != 1)
            fatal("url %u of %u is not there", i, count);
        put_fetch(f, &u, i);
    }
    must(f, ledger_run_crawled(f->ledger, f->run.id, &f->err));
}

/* ---- what the transformers would have sent ---------------------------- */

static struct slice split(struct slice *rest)
{
    ptrdiff_t dot = slice_find(*rest, SLICE_LIT("."));
    struct slice part = { rest->p, dot < 0 ? rest->len : (size_t)dot };

    *rest = slice_from(*rest, part.len + 1);
    return part;
}

static void make_cell(
    struct fill *f, struct cell *c, const struct key *k, unsigned n)
{
    struct slice rest = slice_str(k->name);

    c->table = split(&rest);
    c->row = split(&rest);
    c->column = split(&rest);
    c->unit = slice_str(k->is_amount ? "cny_10k" : "count");
    c->source.table = 1;
    c->source.row = (int32_t)(n % 30);
    c->source.col = (int32_t)(n % 10);
    switch (n % 11) {
    case 0: /* blank, proven zero */
        c->state = CELL_BLANK;
        c->raw = SLICE_LIT("");
        c->proposed = SLICE_LIT("0");
        c->evidence = SLICE_LIT("the printed total leaves nothing");
        break;
    case 1:
        c->state = CELL_DASH;
        c->raw = SLICE_LIT("-");
        break;
    case 2:
        c->state = CELL_UNREADABLE;
        c->raw = SLICE_LIT("=HYPERLINK(\"http://x\",\"y\")");
        break;
    case 3:
        c->state = CELL_MISSING;
        c->source.table = c->source.row = c->source.col = -1;
        break;
    case 4:
        c->state = CELL_ANNOTATED;
        c->raw = SLICE_LIT("22（其中\r\n修订16件）");
        c->value = SLICE_LIT("22");
        break;
    case 5:
        c->value = arena_printf(&f->record, "-%u", n % 500);
        c->raw = c->value;
        break;
    case 6:
        c->value = arena_printf(&f->record, "%u.%02u", n, n % 100);
        c->raw = c->value;
        break;
    default:
        c->value = arena_printf(&f->record, "%u", n % 100000);
        c->raw = c->value;
        break;
    }
    if (k->is_amount && c->value.p)
        c->value_cny = arena_printf(
            &f->record, "%.*s0000", (int)strcspn(c->value.p, "."), c->value.p);
}

static void make_check(struct fill *f, struct check *c, unsigned n)
{
    bool fails = n % 13 == 0;

    c->rule = arena_printf(&f->record, "requests.balance.column%u", n);
    c->form = SLICE_LIT("2021");
    c->source = SLICE_LIT("derivable");
    c->severity = SEVERITY_ERROR;
    c->status = fails ? CHECK_FAIL : CHECK_PASS;
    c->left = arena_printf(&f->record, "%u", n);
    c->right = arena_printf(&f->record, "%u", fails ? n + 1 : n);
    c->difference = slice_str(fails ? "-1" : "0");
    c->left_cells = SLICE_LIT("requests.new.total");
    c->right_cells = SLICE_LIT("requests.total.total");
    c->message = fails ? SLICE_LIT("the form, says: \"equal\"")
                       : (struct slice){ NULL, 0 };
}

static void make_sections(struct fill *f, struct record *rec)
{
    unsigned i;

    rec->section_n = 6;
    rec->sections = arena_alloc_n(&f->record, 6, sizeof(*rec->sections));
    for (i = 0; i < 6; i++)
        rec->sections[i] = (struct section){ i + 1, SLICE_LIT("一、总体情况"),
            SLICE_LIT("+1 件\n第二段, \"引文\"") };
}

static void make_record(struct fill *f, struct record *rec, unsigned i)
{
    static const char words[] = "cell.missing: 20 cells";
    unsigned n;

    rec->title = SLICE_LIT("某局2022年政府信息公开工作年度报告");
    /* Three years of every body; run 2 brings new revisions. */
    rec->organization = arena_printf(&f->record, "第%u局", i / 3);
    rec->year = 2020 + i % 3;
    rec->published = SLICE_LIT("2023-01-31");
    rec->form_requests = SLICE_LIT("2021");
    rec->status = i % 4 == 0 ? REPORT_FLAGGED : REPORT_VALID;
    rec->reason_n = i % 4 == 0;
    rec->reasons = arena_alloc(&f->record, sizeof(*rec->reasons));
    rec->reasons[0] = slice_str(words);
    rec->cell_n = (uint32_t)f->keys->key_n;
    rec->cells = arena_alloc_n(&f->record, rec->cell_n, sizeof(*rec->cells));
    for (n = 0; n < rec->cell_n; n++)
        make_cell(f, &rec->cells[n], &f->keys->key[n], i * 31 + n);
    rec->check_n = 40;
    rec->checks = arena_alloc_n(&f->record, 40, sizeof(*rec->checks));
    for (n = 0; n < 40; n++)
        make_check(f, &rec->checks[n], i + n);
    make_sections(f, rec);
}

static void end_job(struct fill *f, const struct job *job, unsigned i)
{
    struct record rec = { .arena = &f->record,
        .sha256 = slice_str(job->sha256),
        .media_type = SLICE_LIT("text/html"),
        .reader = SLICE_LIT("html") };
    enum load_result result;
    static const char words[] = "report.none: a letter";

    if (i == 5) {
        must(f, ledger_job_quarantine(f->ledger, job->id, job->attempt,
                    "reader.broken: no end", &f->err));
        return;
    }
    if (i == 6) {
        rec.status = REPORT_UNRECOGNIZED;
        rec.reason_n = 1;
        rec.reasons = arena_alloc(&f->record, sizeof(*rec.reasons));
        rec.reasons[0] = slice_str(words);
    } else {
        make_record(f, &rec, i);
    }
    must(f, ledger_report_put(
                f->ledger, job->id, job->attempt, &rec, &result, &f->err));
    if (result != LOAD_DONE)
        fatal("job %" PRId64 " was not taken", job->id);
}

static void work(struct fill *f)
{
    struct job job;
    unsigned i;
    size_t n = 1;

    for (i = 0; n == 1; i++) {
        if (i % GROUP == 0)
            must(f, ledger_begin(f->ledger, &f->err));
        arena_reset(&f->record);
        must(f, ledger_job_lease(f->ledger, f->run.id, "fill", &f->record, &job,
                    1, &n, &f->err));
        if (n == 1)
            end_job(f, &job, i);
        if (n == 0 || i % GROUP == GROUP - 1)
            must(f, ledger_commit(f->ledger, &f->err));
    }
}

int main(int argc, char **argv)
{
    struct fill f = { .conf = NULL };

    log_init("nianbao-ledgerfill", LOG_LEVEL_INFO);
    if (argc != 3)
        fatal("usage: nianbao-ledgerfill CONFIG DOCUMENTS");
    f.conf = conf_read(argv[1], &f.err);
    if (!f.conf || clock_fix(f.conf->clock, &f.err) != 0)
        fatal("%s", f.err.msg);
    f.keys = keys_read(f.conf->forms_dir, &f.err);
    f.ledger = ledger_open(f.conf->state_dir, LEDGER_WRITE, &f.err);
    if (!f.keys || !f.ledger)
        fatal("%s", f.err.msg);
    arena_init(&f.arena, 0);
    arena_init(&f.record, 0);
    must(&f, ledger_run_open(f.ledger, &f.arena, &f.run, &f.err));
    must(&f, ledger_begin(f.ledger, &f.err));
    put_source(&f);
    crawl(&f, (unsigned)strtoul(argv[2], NULL, 10));
    must(&f, ledger_commit(f.ledger, &f.err));
    work(&f);
    ledger_close(f.ledger);
    keys_free(f.keys);
    conf_free(f.conf);
    arena_clear(&f.arena);
    arena_clear(&f.record);
    return 0;
}
