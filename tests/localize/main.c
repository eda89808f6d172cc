/* SPDX-License-Identifier: Apache-2.0 */
/*
 * nianbao-localize - misreads put into sound reports, as TAP: are they found
 * and restored, is a wrong number proposed, does a value change?
 *
 * Each report is generated, read and extracted; then one cell of its
 * document (or two) is misread and the whole is extracted again; or cells
 * become doubtful, as those of pictures are, with several readings, among
 * which the truth is or is not.  Ends with 0 when every kind reaches what it
 * must.
 */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/limits.h"
#include "common/log.h"
#include "tests/gen/gen.h"
#include "tests/localize/misread.h"
#include "transformer/extract.h"
#include "transformer/reader.h"

static const char usage[] =
    "usage: nianbao-localize [--forms DIR] [--errors N] [--pairs N] "
    "[--seed N]\n"
    "\n"
    "Example: nianbao-localize --errors 100000 --pairs 20000\n";

enum {
    SEATS_MAX = 256,
    REPORT_ERRORS = 100, /* misreads put into one report */
    REPORT_DOUBTS = 20,
    TRIES = 300, /* to find a cell that a kind can happen to */
    KINDS_MAX = 16,
    TOLD_MAX = 20,
};

/* How zeros are printed. */
enum zeros {
    ZEROS_PRINTED,
    ZEROS_BLANK,
    ZEROS_DASH,
    ZEROS_N,
};

static const char *const zeros_text[] = { "0", "", "—" };

/* A cell of the report that is misread. */
struct place {
    struct document_cell *cell;
    uint32_t index; /* of the record's cell */
    char truth[MISREAD_MAX];
};

struct report {
    uint64_t seed;
    enum zeros zeros;
    struct arena arena; /* of the document */
    struct document doc;
    uint32_t n;
    struct place place[SEATS_MAX];
};

struct tally {
    long errors;
    long located;  /* the cell that is wrong is the one accused */
    long restored; /* and the number proposed for it is the truth */
    long open;     /* nothing was proposed or accused */
    long wrong;    /* another number was proposed, here or elsewhere */
    long changed;  /* a value is neither as printed nor null */
    long silent;   /* the report is valid, and a value is not the truth */
};

struct run {
    const struct forms *forms;
    const char *table;
    struct arena arena; /* of one extraction */
    struct record rec;
    int told;
};

/* ---- reports --------------------------------------------------------------
 */

static void extract_again(struct run *run, const struct document *doc)
{
    const struct extract_hints known = { .title = { NULL, 0 } };
    struct err err = { .kind = ERR_NONE };

    arena_reset(&run->arena);
    memset(&run->rec, 0, sizeof(run->rec));
    run->rec.arena = &run->arena;
    run->rec.sha256 = SLICE_LIT("");
    if (extract(doc, run->forms, &known, &run->rec, &err) != 0)
        fatal("extract: %s", err.msg);
}

static struct document_cell *cell_at(
    struct document *doc, const struct cell_source *s)
{
    struct document_table *t = &doc->tables[s->table];

    for (uint32_t i = 0; i < t->cell_n; i++)
        if (t->cells[i].row == (uint32_t)s->row &&
            t->cells[i].col == (uint32_t)s->col)
            return &t->cells[i];
    fatal("a cell without its source");
}

static void add_place(struct run *run, struct report *rep, uint32_t i)
{
    const struct cell *c = &run->rec.cells[i];
    struct place *p = &rep->place[rep->n];

    if (!slice_eq_str(c->table, run->table) || rep->n == SEATS_MAX)
        return;
    p->cell = cell_at(&rep->doc, &c->source);
    p->index = i;
    snprintf(p->truth, sizeof(p->truth), "%.*s", SLICE_ARG(c->value));
    rep->n++;
}

/* A sound report; every cell is known and where it stands. */
static void report_make(struct run *run, struct report *rep, uint64_t seed)
{
    struct cage_hints hints = { .name = SLICE_LIT("report.html") };
    struct err err = { .kind = ERR_NONE };
    struct gen_order order;
    struct gen_doc *d;

    gen_order_init(&order, seed);
    d = gen_doc_new(&order);
    rep->seed = seed;
    rep->zeros = (enum zeros)(seed % ZEROS_N);
    rep->n = 0;
    arena_reset(&rep->arena);
    memset(&rep->doc, 0, sizeof(rep->doc));
    rep->doc.arena = &rep->arena;
    if (reader_read(buf_slice(&d->bytes), &hints, &rep->doc, &err) != 0)
        fatal("seed %" PRIu64 ": %s", seed, err.msg);
    for (uint32_t i = 0; i < rep->doc.table_n; i++)
        for (uint32_t k = 0; k < rep->doc.tables[i].cell_n; k++) {
            struct slice *text = &rep->doc.tables[i].cells[k].text;

            *text = arena_slice(&rep->arena, *text);
        }
    gen_doc_free(d);
    extract_again(run, &rep->doc);
    if (run->rec.status != REPORT_VALID)
        fatal("seed %" PRIu64 ": not valid", seed);
    for (uint32_t i = 0; i < run->rec.cell_n; i++)
        add_place(run, rep, i);
    for (uint32_t i = 0; i < rep->n; i++)
        if (strcmp(rep->place[i].truth, "0") == 0)
            rep->place[i].cell->text = slice_str(zeros_text[rep->zeros]);
}

/* ---- judgement ------------------------------------------------------------
 */

/* One misread in a report. */
struct error {
    const struct place *place;
    char printed[MISREAD_MAX];
    struct slice was;
};

static bool is_number(const char *text)
{
    return text[0] != '\0' && strspn(text, "-0123456789") == strlen(text);
}

static const struct error *error_at(
    const struct error *e, int n, uint32_t index)
{
    for (int i = 0; i < n; i++)
        if (e[i].place->index == index)
            return &e[i];
    return NULL;
}

/* What this place must give as value: what is printed, or null. */
static const char *value_of(
    const struct report *rep, const struct place *p, const struct error *e)
{
    if (e != NULL)
        return is_number(e->printed) ? e->printed : "";
    if (rep->zeros != ZEROS_PRINTED && strcmp(p->truth, "0") == 0)
        return "";
    return p->truth;
}

struct outcome {
    int located, restored, proposed;
    bool wrong, changed;
};

static void judge_place(const struct run *run, const struct report *rep,
    const struct place *p, const struct error *e, struct outcome *o)
{
    const struct cell *c = &run->rec.cells[p->index];
    const char *value = value_of(rep, p, e);

    if (c->value.p != NULL && !slice_eq_str(c->value, value))
        o->changed = true;
    if (c->proposed.p != NULL && !slice_eq_str(c->proposed, p->truth))
        o->wrong = true;
    if (e == NULL)
        return;
    o->located += c->proposed.p != NULL || c->evidence.p != NULL;
    o->proposed += c->proposed.p != NULL;
    o->restored += slice_eq_str(c->proposed, p->truth);
}

static void tell(struct run *run, const char *what, const struct report *rep,
    const struct error *e, int n)
{
    if (run->told++ >= TOLD_MAX)
        return;
    printf("# %s: seed %" PRIu64, what, rep->seed);
    for (int i = 0; i < n; i++) {
        const struct cell *c = &run->rec.cells[e[i].place->index];

        printf(", %.*s.%.*s '%s' for %s, proposed '%.*s' (%.*s)",
            SLICE_ARG(c->row), SLICE_ARG(c->column), e[i].printed,
            e[i].place->truth, SLICE_ARG(c->proposed), SLICE_ARG(c->evidence));
    }
    printf("\n");
}

static void judge(struct run *run, const struct report *rep,
    const struct error *e, int n, struct tally *t)
{
    struct outcome o = { .located = 0 };
    bool valid = run->rec.status == REPORT_VALID;

    for (uint32_t i = 0; i < rep->n; i++)
        judge_place(
            run, rep, &rep->place[i], error_at(e, n, rep->place[i].index), &o);
    t->errors++;
    t->located += o.located == n;
    t->restored += o.restored == n && !o.wrong;
    t->open += o.proposed == 0;
    t->wrong += o.wrong;
    t->changed += o.changed;
    t->silent += valid && o.restored < n;
    if (o.changed)
        tell(run, "VALUE CHANGED", rep, e, n);
    if (valid && o.restored < n)
        tell(run, "SILENT", rep, e, n);
    if (o.wrong)
        tell(run, "wrong proposal", rep, e, n);
    else if (n == 1 && o.restored == 0 && strcmp(run->table, "requests") == 0)
        tell(run, "not restored", rep, e, n);
}

/* ---- errors ---------------------------------------------------------------
 */

static bool error_make(const struct report *rep, const struct misread *kind,
    struct rng *r, struct error *e)
{
    for (int i = 0; i < TRIES; i++) {
        const struct place *p = &rep->place[rng_below(r, rep->n)];
        const char *printed = p->truth;

        if (rep->zeros != ZEROS_PRINTED && strcmp(printed, "0") == 0)
            printed = "";
        if (!kind->make(r, printed, e->printed))
            continue;
        e->place = p;
        return true;
    }
    return false;
}

static void try_errors(struct run *run, const struct report *rep,
    const struct error *e, int n, struct tally *t)
{
    struct slice was[2];

    for (int i = 0; i < n; i++) {
        was[i] = e[i].place->cell->text;
        e[i].place->cell->text = slice_str(e[i].printed);
    }
    extract_again(run, &rep->doc);
    judge(run, rep, e, n, t);
    for (int i = n; i-- > 0;)
        e[i].place->cell->text = was[i];
}

static void run_errors(struct run *run, struct report *rep, int kind_n,
    long errors, int cells, uint64_t seed, struct tally *tally)
{
    struct rng r;
    long done = 0;

    rng_init(&r, seed, 7);
    for (uint64_t report = 0; done < errors; report++) {
        report_make(run, rep, seed + report);
        for (int i = 0; i < REPORT_ERRORS && done < errors; i++) {
            int kind = (int)(rng_below(&r, (uint32_t)kind_n));
            struct error e[2];
            bool made = true;

            for (int k = 0; k < cells; k++)
                made = made && error_make(rep,
                                   &misreads[k == 0 ? kind
                                                    : (int)rng_below(&r,
                                                          (uint32_t)kind_n)],
                                   &r, &e[k]);
            if (!made || (cells == 2 && e[0].place == e[1].place))
                continue;
            try_errors(run, rep, e, cells, &tally[kind]);
            done++;
        }
    }
}

static double percent(long part, long whole)
{
    return whole == 0 ? 100.0 : 100.0 * (double)part / (double)whole;
}

/* ---- doubt ----------------------------------------------------------------
 */

struct doubt_tally {
    long reports, doubtful;
    long chosen; /* and right */
    long wrong;  /* a value that is not the truth */
    long silent; /* valid, and a value is not there */
};

struct doubtful {
    const struct place *place;
    struct slice text;
    char first[MISREAD_MAX], second[MISREAD_MAX];
};

/* One cell in doubt: it may say `other`, and the truth unless `lost`. */
static void doubt(struct doubtful *d, const struct place *p,
    const char other[MISREAD_MAX], bool lost, bool truth_first)
{
    struct document_cell *c = p->cell;

    d->place = p;
    d->text = c->text;
    memcpy(d->first, truth_first ? p->truth : other, MISREAD_MAX);
    memcpy(d->second, truth_first ? other : p->truth, MISREAD_MAX);
    c->reading = READING_DOUBTFUL;
    c->text = slice_str(d->first);
    c->alternatives = slice_str(d->second);
    if (!lost)
        return;
    c->text = truth_first ? c->alternatives : c->text;
    c->alternatives = (struct slice){ NULL, 0 };
}

static void judge_doubt(struct run *run, const struct report *rep,
    const struct doubtful *d, int n, struct doubt_tally *t)
{
    bool valid = run->rec.status == REPORT_VALID;

    t->reports++;
    t->doubtful += n;
    for (int i = 0; i < n; i++) {
        const struct cell *c = &run->rec.cells[d[i].place->index];

        if (slice_eq_str(c->value, d[i].place->truth)) {
            t->chosen++;
            continue;
        }
        t->wrong += c->value.p != NULL;
        t->silent += valid;
        if ((c->value.p != NULL || valid) && run->told++ < TOLD_MAX)
            printf("# DOUBT: seed %" PRIu64 " %.*s.%.*s is '%.*s', not %s "
                   "(%.*s)\n",
                rep->seed, SLICE_ARG(c->row), SLICE_ARG(c->column),
                SLICE_ARG(c->value), d[i].place->truth, SLICE_ARG(c->evidence));
    }
}

/* `most` cells here and there, each misread in its own way; or, `most` 0,
 * every cell with a certain digit, all misread alike. */
static int doubt_some(
    struct report *rep, struct rng *r, int most, struct doubtful *d)
{
    static const char *const pairs[] = { "17", "38", "08", "56", "49" };
    const char *pair = pairs[rng_below(r, 5)];
    int n = 0;
    int want = most == 0 ? SEATS_MAX : 1 + (int)rng_below(r, (uint32_t)most);

    for (int i = 0; n < want && i < (most == 0 ? (int)rep->n : want); i++) {
        struct place *p =
            &rep->place[most == 0 ? (uint32_t)i : rng_below(r, rep->n)];
        char other[MISREAD_MAX];
        bool again = p->cell->reading == READING_DOUBTFUL;

        if (again || strcmp(p->truth, "0") == 0)
            continue;
        snprintf(other, sizeof(other), "%s", p->truth);
        if (most == 0) {
            for (char *at = other; *at != '\0'; at++)
                if (*at == pair[0])
                    *at = pair[1];
            if (strcmp(other, p->truth) == 0)
                continue;
        } else if (!misreads[0].make(r, p->truth, other)) {
            continue;
        }
        doubt(&d[n++], p, other, rng_chance(r, 20), rng_chance(r, 40));
    }
    return n;
}

static void set_reading(struct report *rep, enum cell_reading reading)
{
    for (uint32_t i = 0; i < rep->n; i++)
        rep->place[i].cell->reading = reading;
}

/* Misread a cell that is not in doubt. */
static void error_put(struct report *rep, struct rng *r, struct error *e)
{
    int kind = (int)rng_below(r, 10);

    if (!error_make(rep, &misreads[kind], r, e) ||
        e->place->cell->reading == READING_DOUBTFUL) {
        e->place = NULL;
        return;
    }
    e->was = e->place->cell->text;
    e->place->cell->text = slice_str(e->printed);
}

static void error_take_back(struct error *e)
{
    if (e->place != NULL)
        e->place->cell->text = e->was;
}

static bool run_doubts(struct run *run, struct report *rep, long reports,
    uint64_t seed, int most, bool misread, double least)
{
    struct doubt_tally t = { .reports = 0 };
    static struct doubtful d[SEATS_MAX];
    struct error e;
    struct rng r;
    bool good;

    rng_init(&r, seed, 8 + (uint64_t)most);
    run->table = "requests";
    for (uint64_t i = 0; t.reports < reports; i++) {
        report_make(run, rep, seed + i);
        set_reading(rep, READING_RECOGNIZED);
        for (int k = 0; k < REPORT_DOUBTS && t.reports < reports; k++) {
            int n = doubt_some(rep, &r, most, d);

            if (misread) /* one of the recognized cells */
                error_put(rep, &r, &e);
            extract_again(run, &rep->doc);
            if (misread)
                error_take_back(&e);
            judge_doubt(run, rep, d, n, &t);
            while (n-- > 0) {
                d[n].place->cell->text = d[n].text;
                d[n].place->cell->reading = READING_RECOGNIZED;
            }
        }
    }
    good =
        t.wrong == 0 && t.silent == 0 && percent(t.chosen, t.doubtful) >= least;
    printf("%s - doubtful cells, %s%s: %ld reports, %ld cells, %ld chosen "
           "(%.1f%%), %ld wrong values, %ld silent\n",
        good ? "ok" : "not ok",
        most == 0 ? "all with a digit misread alike" : "here and there",
        misread ? ", beside a misread cell" : "", t.reports, t.doubtful,
        t.chosen, percent(t.chosen, t.doubtful), t.wrong, t.silent);
    return good;
}

/* ---- results --------------------------------------------------------------
 */

/* A kind must restore `least` percent; wrong proposals are a matter of the
 * total. */
static bool result(const char *name, const struct tally *t, double least)
{
    bool good = t->errors > 0 && t->changed == 0 && t->silent == 0 &&
                percent(t->restored, t->errors) >= least;

    printf("%s - %s: %ld misreads, %ld located, %ld restored (%.3f%%), %ld "
           "without a proposal, %ld wrong proposals, %ld values changed, %ld "
           "silent\n",
        good ? "ok" : "not ok", name, t->errors, t->located, t->restored,
        percent(t->restored, t->errors), t->open, t->wrong, t->changed,
        t->silent);
    return good;
}

static struct tally sum_of(const struct tally *t, int n)
{
    struct tally sum = { .errors = 0 };

    for (int i = 0; i < n; i++) {
        sum.errors += t[i].errors;
        sum.located += t[i].located;
        sum.restored += t[i].restored;
        sum.open += t[i].open;
        sum.wrong += t[i].wrong;
        sum.changed += t[i].changed;
        sum.silent += t[i].silent;
    }
    return sum;
}

/* One misread cell of the requests table: 99.9 % restored, none wrong. */
static bool run_single(
    struct run *run, struct report *rep, long n, uint64_t seed)
{
    struct tally tally[KINDS_MAX] = { { .errors = 0 } };
    struct tally all;
    int kind_n = 0;
    bool good = true;
    char name[64];

    while (misreads[kind_n].name != NULL)
        kind_n++;
    run->table = "requests";
    run_errors(run, rep, kind_n, n, 1, seed, tally);
    for (int i = 0; i < kind_n; i++) {
        snprintf(name, sizeof(name), "one cell, %s", misreads[i].name);
        good = result(name, &tally[i], 99.0) && good;
    }
    all = sum_of(tally, kind_n);
    good = result("one cell, all kinds", &all, 99.9) && good;
    return good && all.wrong == 0;
}

/* Two, or a table of single sums: what is not certain stays open, and one
 * wrong proposal in a thousand is too much. */
static bool run_pairs(struct run *run, struct report *rep, long n,
    uint64_t seed, double least, const char *table)
{
    struct tally tally[KINDS_MAX] = { { .errors = 0 } };
    struct tally all;
    char name[64];
    int kind_n = 0;
    int cells = strcmp(table, "requests") == 0 ? 2 : 1;

    while (misreads[kind_n].name != NULL)
        kind_n++;
    run->table = table;
    run_errors(run, rep, kind_n, n, cells, seed, tally);
    all = sum_of(tally, kind_n);
    snprintf(name, sizeof(name), "%s cell%s of %s, all kinds",
        cells == 2 ? "two" : "one", cells == 2 ? "s" : "", table);
    return result(name, &all, least) && all.wrong * 1000 <= all.errors;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        { "forms", required_argument, NULL, 'f' },
        { "errors", required_argument, NULL, 'n' },
        { "pairs", required_argument, NULL, 'p' },
        { "seed", required_argument, NULL, 's' },
        { "help", no_argument, NULL, 'h' },
        { NULL, 0, NULL, 0 },
    };
    struct err err = { .kind = ERR_NONE };
    const char *forms_dir = "conf/forms";
    static struct report rep;
    static struct run run;
    struct forms *forms;
    long errors = 10000, pairs = 2000;
    uint64_t seed = 1;
    bool good;
    int c;

    log_init("nianbao-localize", LOG_LEVEL_WARN);
    while ((c = getopt_long(argc, argv, "", options, NULL)) != -1)
        switch (c) {
        case 'f':
            forms_dir = optarg;
            break;
        case 'n':
            errors = strtol(optarg, NULL, 10);
            break;
        case 'p':
            pairs = strtol(optarg, NULL, 10);
            break;
        case 's':
            seed = strtoull(optarg, NULL, 10);
            break;
        case 'h':
            fputs(usage, stdout);
            return 0;
        default:
            fputs(usage, stderr);
            return 2;
        }
    forms = forms_read(forms_dir, &err);
    if (forms == NULL)
        fatal("%s", err.msg);
    run.forms = forms;
    arena_init(&rep.arena, LIMIT_ARENA_BYTES);
    arena_init(&run.arena, LIMIT_ARENA_BYTES);
    printf("# seed %" PRIu64 "\n", seed);
    good = run_single(&run, &rep, errors, seed);
    good = run_pairs(&run, &rep, pairs, seed, 97.0, "requests") && good;
    good = run_pairs(&run, &rep, pairs, seed, 0.0, "review") && good;
    good = run_doubts(&run, &rep, pairs, seed, 12, false, 65.0) && good;
    good = run_doubts(&run, &rep, pairs / 4, seed, 0, false, 5.0) && good;
    good = run_doubts(&run, &rep, pairs, seed, 12, true, 40.0) && good;
    good = run_doubts(&run, &rep, pairs / 4, seed, 0, true, 3.0) && good;
    arena_clear(&rep.arena);
    arena_clear(&run.arena);
    forms_free(forms);
    return good ? 0 : 1;
}
