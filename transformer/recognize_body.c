/* SPDX-License-Identifier: Apache-2.0 */
/*
 * recognize_body - what the body holds: tables of the forms or of older
 * generations, links to reports, attachments.
 *
 * A table counts when enough different labels of one form table stand in
 * its cells, letter by letter; reading it exactly is the aligner's work.
 */
#include "transformer/recognize.h"

#include <string.h>

#include "transformer/statistics.h"

#define LABELS_MIN 4u        /* different labels that make a table a form's */
#define LABELS_MAX 256u      /* labels of one form table that are looked at */
#define CELLS_MAX 600u       /* cells of one table; the largest form has 260 */
#define CELLS_ALL_MAX 20000u /* cells of one document */

/* The different labels of one form table, letters only. */
struct label_set {
    uint32_t n;
    struct slice label[LABELS_MAX];
    bool seen[LABELS_MAX];
};

static void set_add(struct label_set *set, struct arena *a, const char *text)
{
    struct slice l = text_letters(a, text_fold(a, slice_str(text)));

    if (set->n == LABELS_MAX || text_chars(l) < 2)
        return;
    for (uint32_t i = 0; i < set->n; i++) {
        if (slice_eq(set->label[i], l))
            return;
    }
    set->label[set->n++] = l;
}

static void set_add_all(
    struct label_set *set, struct arena *a, char *const *texts, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        set_add(set, a, texts[i]);
}

static void set_fill(
    struct label_set *set, struct arena *a, const struct form_table *t)
{
    set->n = 0;
    for (unsigned k = 0; k < t->blocks_count; k++) {
        const struct form_block *b = &t->blocks[k];
        if (b->label)
            set_add(set, a, b->label);
        for (unsigned i = 0; i < b->rows_count; i++) {
            set_add(set, a, b->rows[i].label);
            set_add_all(set, a, b->rows[i].variants, b->rows[i].variants_count);
            set_add_all(set, a, b->rows[i].groups, b->rows[i].groups_count);
        }
        for (unsigned i = 0; i < b->columns_count; i++) {
            set_add(set, a, b->columns[i].label);
            set_add_all(
                set, a, b->columns[i].variants, b->columns[i].variants_count);
        }
    }
}

/* The cells' texts of one document table, letters only. */
struct cell_texts {
    uint32_t n;
    struct slice *text;
    uint32_t number_n; /* cells that begin with a digit */
    uint32_t seen_n;   /* cells looked at */
};

static struct cell_texts cell_texts_make(
    const struct document_table *t, uint32_t cell_max, struct arena *a)
{
    uint32_t n = t->cell_n < cell_max ? t->cell_n : cell_max;
    struct cell_texts c = { 0, arena_alloc_n(a, n + 1u, sizeof(struct slice)),
        0, n };

    for (uint32_t i = 0; i < n; i++) {
        struct slice s = t->cells[i].text;
        if (s.len == 0 || s.len > LINE_SHORT_BYTES)
            continue;
        s = text_letters(a, text_fold(a, s));
        if (s.len > 0 && s.p[0] >= '0' && s.p[0] <= '9' &&
            text_chars(s) == s.len)
            c.number_n++;
        else if (s.len > 0)
            c.text[c.n++] = s;
    }
    return c;
}

static uint32_t labels_seen(
    struct label_set *set, const struct cell_texts *cells)
{
    uint32_t n = 0;

    memset(set->seen, 0, sizeof(set->seen));
    for (uint32_t i = 0; i < cells->n; i++) {
        for (uint32_t k = 0; k < set->n; k++) {
            if (!set->seen[k] && slice_eq(set->label[k], cells->text[i])) {
                set->seen[k] = true;
                n++;
            }
        }
    }
    return n;
}

static bool is_form_table(
    struct label_set *sets, uint32_t set_n, const struct cell_texts *cells)
{
    if (cells->n < LABELS_MIN)
        return false;
    for (uint32_t i = 0; i < set_n; i++) {
        if (labels_seen(&sets[i], cells) >= LABELS_MIN)
            return true;
    }
    return false;
}

static void count_links(
    const struct document *doc, struct arena *a, struct evidence *out)
{
    static const char *const suffixes[] = { ".pdf", ".doc", ".docx", ".wps",
        ".ofd", ".xls", ".xlsx", ".rar", ".zip", NULL };
    struct title t;

    for (uint32_t i = 0; i < doc->link_n; i++) {
        const struct document_link *link = &doc->links[i];
        for (size_t k = 0; suffixes[k]; k++)
            out->attachment_n += text_ends(link->href, suffixes[k]);
        if (link->text.len == 0 || link->text.len > LINE_SHORT_BYTES ||
            !text_has(link->text, "公开"))
            continue;
        t = title_parse(a, link->text);
        out->report_link_n += t.is_annual && t.year != 0;
    }
}

void evidence_find(const struct document *doc, const struct lines *lines,
    const struct forms *forms, struct arena *a, struct evidence *out)
{
    struct label_set *sets;
    struct cell_texts cells;
    uint32_t set_n = 0, left = CELLS_ALL_MAX, other_number_n = 0;

    memset(out, 0, sizeof(*out));
    for (unsigned f = 0; f < forms->form_n; f++)
        set_n += forms->form[f]->tables_count;
    sets = arena_alloc_n(a, set_n + 1u, sizeof(*sets));
    set_n = 0;
    for (unsigned f = 0; f < forms->form_n; f++) {
        for (unsigned i = 0; i < forms->form[f]->tables_count; i++)
            set_fill(&sets[set_n++], a, &forms->form[f]->tables[i]);
    }
    for (uint32_t i = 0; i < doc->table_n; i++) {
        uint32_t max = left < CELLS_MAX ? left : CELLS_MAX;
        cells = cell_texts_make(&doc->tables[i], max, a);
        left -= cells.seen_n;
        if (is_form_table(sets, set_n, &cells)) {
            out->form_table_n++;
            out->number_n += cells.number_n;
        } else {
            other_number_n += cells.number_n;
        }
    }
    if (out->form_table_n == 0) {
        out->statistics_n = statistics_count(doc, forms, a);
        out->number_n += out->statistics_n > 0 ? other_number_n : 0;
    }
    for (uint32_t i = 0; i < lines->line_n; i++)
        out->text_chars += text_chars(lines->line[i].text);
    count_links(doc, a, out);
}
