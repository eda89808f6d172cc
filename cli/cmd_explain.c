/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_explain - `nianbao explain`: where a number comes from, in words.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cli/cmd.h"
#include "cli/inquiry.h"
#include "cli/near.h"
#include "common/clock.h"
#include "common/mem.h"
#include "common/plain.h"

static const char usage[] =
    "Usage: nianbao explain [--config FILE] REPORT.table.row.column\n"
    "\n"
    "One number: its value, its text as printed, the place and the document\n"
    "where it was read, a correction if the arithmetic proposes one, and\n"
    "every check that names it, and what other documents of the same report\n"
    "say.  Of a report with several revisions the newest is shown.  Names\n"
    "that do not exist are answered with those that do.\n"
    "\n"
    "  --config FILE   configuration\n"
    "  --help          this text\n"
    "\n"
    "Exit status: 0 explained; 1 there is no such number, or trouble;\n"
    "2 usage.\n"
    "\n"
    "Example: nianbao explain "
    "110105-北京市朝阳区人民政府-2022.requests.new.total\n";

/* The argument taken apart. */
struct name {
    char *report, *table, *row, *column;
};

static void line(const char *what, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static void line(const char *what, const char *fmt, ...)
{
    va_list ap;

    printf("%-12s", what);
    va_start(ap, fmt);
    vprintf(fmt, ap);
    va_end(ap);
    putchar('\n');
}

/* Cut `text` at a dot that was found; what is behind it. */
static char *cut(char *dot)
{
    if (!dot)
        return NULL;
    *dot = '\0';
    return dot + 1;
}

/* Rows of old tables are labels as printed and may hold dots, so the column
 * is what follows the last one. */
static bool take_apart(char *text, struct name *n)
{
    n->report = text;
    n->table = cut(strchr(text, '.'));
    n->row = n->table ? cut(strchr(n->table, '.')) : NULL;
    n->column = n->row ? cut(strrchr(n->row, '.')) : NULL;
    return n->column && *n->report && *n->table && *n->row && *n->column;
}

/* ---- the cell ------------------------------------------------------------ */

static const char *state_in_words(enum cell_state s)
{
    switch (s) {
    case CELL_READ:
        return "a number and nothing else";
    case CELL_BLANK:
        return "the cell is there and empty";
    case CELL_DASH:
        return "a dash, a slash or the word for none";
    case CELL_ANNOTATED:
        return "a number with words beside it";
    case CELL_UNREADABLE:
        return "text that is no number";
    case CELL_MISSING:
        return "the form has this cell, the document does not";
    }
    return "";
}

static const char *unit_in_words(struct slice unit)
{
    if (slice_eq_str(unit, "cny"))
        return " yuan";
    if (slice_eq_str(unit, "cny_10k"))
        return " x 10,000 yuan";
    return "";
}

static void print_place(const struct cell *c)
{
    const float *b = c->source.box;

    if (c->source.table < 0) {
        line("Place", "none: it is not in the document");
        return;
    }
    line("Place",
        "table %" PRId32 ", row %" PRId32 ", column %" PRId32
        " (counted from 0)",
        c->source.table, c->source.row, c->source.col);
    if (c->source.reading == READING_RECOGNIZED)
        line("Reading", "seen in a picture");
    if (c->source.reading == READING_DOUBTFUL)
        line("Reading", "in doubt: %.*s", SLICE_ARG(c->evidence));
    if (c->source.page)
        line("Page", "%" PRIu32 ", box %.2f %.2f %.2f %.2f points",
            c->source.page, (double)b[0], (double)b[1], (double)b[2],
            (double)b[3]);
}

static void print_cell(const struct cell *c)
{
    if (c->value.p)
        line("Value", "%.*s%s", SLICE_ARG(c->value), unit_in_words(c->unit));
    else
        line("Value", "null");
    if (c->value_cny.p)
        line("In yuan", "%.*s", SLICE_ARG(c->value_cny));
    if (c->raw.p)
        line("As printed", "\"%.*s\"", SLICE_ARG(c->raw));
    line(
        "State", "%s: %s", cell_state_name(c->state), state_in_words(c->state));
    if (c->unit.p)
        line("Unit", "%.*s", SLICE_ARG(c->unit));
    if (c->proposed.p)
        line("Proposed", "%.*s (not applied): %.*s", SLICE_ARG(c->proposed),
            SLICE_ARG(c->evidence));
}

static void print_document(
    const struct record *rec, struct slice url, int64_t fetched_at)
{
    char at[21];

    clock_format(fetched_at, at);
    line("Report", "%.*s: %s%s%.*s", SLICE_ARG(rec->title),
        report_status_name(rec->status), rec->published.p ? ", published " : "",
        SLICE_ARG(rec->published));
    line("Document", "%.*s", SLICE_ARG(url));
    line("Fetched", "%s", at);
    line("SHA-256", "%.*s", SLICE_ARG(rec->sha256));
}

/* ---- its checks -----------------------------------------------------------
 */

/* "2209 = requests.granted.total + ...", or what of it there is. */
static void print_side(const char *what, struct slice value, struct slice cells)
{
    if (!cells.len && !value.p)
        return;
    printf("      %-6s %.*s%s%.*s\n", what, SLICE_ARG(value),
        value.p && cells.len ? " = " : "", SLICE_ARG(cells));
}

static const char *status_in_words(const struct check *c)
{
    switch (c->status) {
    case CHECK_PASS:
        return "holds";
    case CHECK_FAIL:
        return c->severity == SEVERITY_ERROR ? "FAILS" : "fails (a warning)";
    case CHECK_NOT_EVALUABLE:
        return "cannot be told";
    }
    return "";
}

static void print_check(const struct check *c)
{
    printf("  %.*s %s\n", SLICE_ARG(c->rule), status_in_words(c));
    print_side("left", c->left, c->left_cells);
    print_side("right", c->right, c->right_cells);
    if (c->status == CHECK_FAIL && c->difference.p)
        printf("      %-6s %.*s\n", "differ", SLICE_ARG(c->difference));
    if (c->message.len)
        printf("      %.*s\n", SLICE_ARG(c->message));
    if (c->source.len)
        printf("      %-6s %.*s\n", "source", SLICE_ARG(c->source));
}

static void print_checks(const struct record *rec)
{
    if (rec->check_n == 0) {
        puts("\nNo check names this cell.");
        return;
    }
    printf("\nChecks that name it: %" PRIu32 "\n", rec->check_n);
    for (uint32_t i = 0; i < rec->check_n; i++)
        print_check(&rec->checks[i]);
}

/* ---- other documents of the same report ------------------------------------
 */

struct witnesses {
    struct arena *arena;
    unsigned n;
};

static void print_rendering(void *ctx, const struct rendering_row *r)
{
    struct witnesses *w = ctx;
    struct slice url = plain_text(w->arena, slice_str(r->url));
    struct slice raw = plain_text(w->arena, slice_str(r->raw));

    if (w->n++ == 0)
        puts("\nOther documents of this report:");
    printf("  %.*s\n", SLICE_ARG(url));
    if (!r->state)
        puts("      no such cell");
    else
        printf("      %s, printed \"%.*s\"\n", r->value ? r->value : "null",
            SLICE_ARG(raw));
}

/* ---- names that are not there ---------------------------------------------
 */

struct names {
    char **p;
    size_t n, cap;
};

static void add_name(void *ctx, const char *text)
{
    struct names *all = ctx;

    if (all->n == all->cap) {
        all->cap = all->cap ? all->cap * 2 : 64;
        all->p = mem_realloc_n(all->p, all->cap, sizeof(*all->p));
    }
    all->p[all->n++] = mem_strdup(text);
    plain_bytes(all->p[all->n - 1], strlen(text));
}

static void clear_names(struct names *all)
{
    for (size_t i = 0; i < all->n; i++)
        mem_free(all->p[i]);
    mem_free(all->p);
    *all = (struct names){ 0 };
}

static bool has_name(const struct names *all, const char *name)
{
    for (size_t i = 0; i < all->n; i++)
        if (strcmp(all->p[i], name) == 0)
            return true;
    return false;
}

static void list_names(const struct names *all, const char *what)
{
    enum {
        SHOWN_MAX = 40
    };

    fprintf(stderr, "%s:", what);
    for (size_t i = 0; i < all->n && i < SHOWN_MAX; i++)
        fprintf(stderr, "%s %s", i ? "," : "", all->p[i]);
    if (all->n > SHOWN_MAX)
        fprintf(stderr, " and %zu more", all->n - SHOWN_MAX);
    fputc('\n', stderr);
}

/* Whether `name` is one of `all`; if not, say so and what there is. */
static bool is_known(const struct names *all, const char *what,
    const char *name, const char *what_there_is)
{
    const char *meant;

    if (has_name(all, name))
        return true;
    meant = near_find(name, (const char *const *)all->p, all->n);
    fprintf(stderr, "nianbao explain: there is no %s '%s'", what, name);
    if (meant)
        fprintf(stderr, "; did you mean '%s'?", meant);
    fputc('\n', stderr);
    list_names(all, what_there_is);
    return false;
}

/* Say which part of the name is not there. */
static int explain_absence(
    struct inquiry *q, const struct name *n, const struct err *err)
{
    const struct {
        const char *what, *name, *there, *report, *table, *row;
    } part[] = {
        { "report", n->report, "Reports", NULL, NULL, NULL },
        { "table", n->table, "Its tables", n->report, NULL, NULL },
        { "row", n->row, "Its rows", n->report, n->table, NULL },
        { "column", n->column, "Its columns", n->report, n->table, n->row },
    };
    bool known = true;

    for (size_t i = 0; known && i < sizeof(part) / sizeof(part[0]); i++) {
        struct names all = { 0 };
        struct err trouble;

        if (ledger_names(q->ledger, part[i].report, part[i].table, part[i].row,
                add_name, &all, &trouble) != 0) {
            clear_names(&all);
            return inquiry_trouble(q, &trouble);
        }
        known = is_known(&all, part[i].what, part[i].name, part[i].there);
        clear_names(&all);
    }
    /* All parts are there, only not together in the newest revision. */
    return known ? inquiry_trouble(q, err) : CMD_TROUBLE;
}

static int explain(struct inquiry *q)
{
    char *text = arena_str(&q->arena, q->argv[0]);
    struct record rec = { 0 }, plain;
    const char *url = "";
    int64_t fetched_at = 0;
    struct witnesses witnesses = { &q->arena, 0 };
    struct name n;
    struct err err;

    if (!take_apart(text, &n))
        return inquiry_usage(
            q->command, "'%s' is no REPORT.table.row.column", q->argv[0]);
    if (ledger_explain(q->ledger, n.report, n.table, n.row, n.column, &q->arena,
            &rec, &url, &fetched_at, &err) != 0)
        return err.kind == ERR_INPUT ? explain_absence(q, &n, &err)
                                     : inquiry_trouble(q, &err);
    printf("%s\n\n", q->argv[0]);
    plain = plain_record(&q->arena, &rec);
    print_cell(&plain.cells[0]);
    print_place(&plain.cells[0]);
    putchar('\n');
    print_document(&plain, plain_text(&q->arena, slice_str(url)), fetched_at);
    print_checks(&plain);
    if (ledger_renderings(q->ledger, n.report, n.table, n.row, n.column,
            print_rendering, &witnesses, &err) != 0)
        return inquiry_trouble(q, &err);
    return CMD_OK;
}

int cmd_explain(int argc, char **argv)
{
    static const struct inquiry_form form = { usage, false, 1 };
    struct inquiry q;
    int rc = inquiry_open(&q, &form, argc, argv);

    if (rc < 0)
        rc = explain(&q);
    inquiry_close(&q);
    return rc;
}
