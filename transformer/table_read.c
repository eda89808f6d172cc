/* SPDX-License-Identifier: Apache-2.0 */
/*
 * table_read - the bands of one table, read by one form.
 *
 * A page may hold the table twice: last year's again, or that of another
 * body.  A row that comes a second time, together with the one after it,
 * starts the next instance; fragments of two tables are never mixed.
 */
#include "transformer/table_read.h"

#include <string.h>

#include "transformer/table_fill.h"

#define WEAK_ROWS 2u   /* labelled rows of a fragment that proves nothing */
#define REPEAT_ROWS 3u /* rows printed again on top of a page, at most */

/* ---- bands that only look like the table --------------------------------- */

struct fragment {
    uint32_t id, from, to;
    uint32_t exact_n;
    bool header;
};

static struct fragment fragment_at(
    const struct claim *c, uint32_t n, uint32_t from)
{
    struct fragment f = { c[from].band->fragment, from, from, 0, false };

    while (f.to < n && c[f.to].band->fragment == f.id) {
        f.exact_n += c[f.to].how == CLAIM_EXACT ? 1 : 0;
        f.header = f.header || c[f.to].band->header;
        f.to++;
    }
    return f;
}

static bool claimed_elsewhere(
    const struct claim *c, uint32_t n, const struct fragment *f, uint32_t item)
{
    for (uint32_t i = 0; i < n; i++)
        if (c[i].how == CLAIM_EXACT && c[i].item == item &&
            c[i].band->fragment != f->id)
            return true;
    return false;
}

/* A menu or a small table of something else that shares a word or two with
 * the form: no header, and all its rows are found in better places. */
static bool is_weak(const struct claim *c, uint32_t n, const struct fragment *f)
{
    if (f->header || f->exact_n == 0 || f->exact_n > WEAK_ROWS)
        return false;
    for (uint32_t i = f->from; i < f->to; i++)
        if (c[i].how == CLAIM_EXACT && !claimed_elsewhere(c, n, f, c[i].item))
            return false;
    return true;
}

static uint32_t drop_weak(struct claim *c, uint32_t n)
{
    uint32_t kept = 0;
    uint32_t most = 0;

    for (uint32_t i = 0; i < n;) {
        struct fragment f = fragment_at(c, n, i);

        most = f.exact_n > most ? f.exact_n : most;
        i = f.to;
    }
    if (most <= WEAK_ROWS)
        return n;
    for (uint32_t i = 0; i < n;) {
        struct fragment f = fragment_at(c, n, i);
        bool weak = is_weak(c, n, &f);

        for (; i < f.to; i++) {
            if (weak)
                c[i].how = CLAIM_NONE;
            else
                c[kept++] = c[i];
        }
    }
    return kept;
}

/* ---- instances ----------------------------------------------------------- */

/* Values behind the labels of two bands, one by one. */
static bool same_values(const struct claim *a, const struct claim *b)
{
    uint32_t n = a->band->tok_n - a->from;

    if (n != b->band->tok_n - b->from)
        return false;
    for (uint32_t i = 0; i < n; i++)
        if (!token_same(&a->band->tok[a->from + i], &b->band->tok[b->from + i],
                NUMBER_CHANGE))
            return false;
    return true;
}

struct seen {
    const struct claim *by[FORM_ROWS];
    uint32_t last; /* highest row so far, plus one */
};

static uint32_t next_exact(const struct claim *c, uint32_t n, uint32_t i)
{
    while (i < n && c[i].how != CLAIM_EXACT)
        i++;
    return i;
}

/* The last rows of a page, equal, on top of the next one. */
static bool is_page_repeat(
    const struct claim *c, uint32_t n, uint32_t i, const struct seen *seen)
{
    uint32_t run = 0;
    uint32_t item = c[i].item;

    while (i < n && c[i].item == item && seen->by[item] && run <= REPEAT_ROWS) {
        if (!same_values(seen->by[item], &c[i]))
            return false;
        item++;
        run++;
        i = next_exact(c, n, i + 1);
    }
    return run <= REPEAT_ROWS && item == seen->last &&
           (i == n || c[i].item >= seen->last);
}

/* The first claim of the next instance behind `from`, or n. */
static uint32_t next_instance(const struct claim *c, uint32_t n, uint32_t from)
{
    struct seen seen = { .last = 0 };

    for (uint32_t i = next_exact(c, n, from); i < n;
         i = next_exact(c, n, i + 1)) {
        uint32_t follow = next_exact(c, n, i + 1);

        if (seen.by[c[i].item] && !is_page_repeat(c, n, i, &seen) &&
            follow < n && seen.by[c[follow].item] &&
            seen.by[c[follow].item] != &c[i]) {
            /* Its header stands right before it. */
            while (i > from + 1 && c[i - 1].how == CLAIM_NONE &&
                   c[i - 1].band->header)
                i--;
            return i;
        }
        if (!seen.by[c[i].item])
            seen.by[c[i].item] = &c[i];
        if (c[i].item + 1 > seen.last)
            seen.last = c[i].item + 1;
    }
    return n;
}

static bool contradicts(
    const struct table_read *best, const struct table_read *other)
{
    for (uint32_t r = 0; r < best->view->item_n; r++)
        for (uint32_t c = 0; c < best->view->items[r].block->columns_count;
             c++) {
            const struct slot *a = table_slot(best, r, c);
            const struct slot *b = table_slot(other, r, c);

            if (b->state == SLOT_EMPTY)
                continue;
            if (a->state != SLOT_VALUE || b->state != SLOT_VALUE ||
                !token_same(
                    a->tok, b->tok, table_number_kind(best->view, r, c)))
                return true;
        }
    return false;
}

static bool is_better(const struct table_read *a, const struct table_read *b)
{
    if (a->whole != b->whole)
        return a->whole;
    return a->score > b->score;
}

bool table_read(const struct labels *labels, const struct form_view *view,
    struct arena *arena, const struct band *const *bands, uint32_t n,
    struct table_read *out)
{
    struct claim *claims = arena_alloc_n(arena, n + 1, sizeof(*claims));
    struct table_read rest[8];
    uint32_t rest_n = 0;
    bool more = false;

    memset(out, 0, sizeof(*out));
    align_exact(labels, view, bands, n, claims);
    n = drop_weak(claims, n);
    for (uint32_t from = 0; from < n;) {
        uint32_t to = next_instance(claims, n, from);
        struct table_read one;

        table_fill(labels, view, arena, claims + from, to - from, &one);
        from = to;
        if (one.claim_n == 0)
            continue;
        if (out->claim_n == 0 || is_better(&one, out)) {
            struct table_read swap = *out;

            *out = one;
            one = swap;
        }
        if (one.claim_n > 0 && rest_n < 8)
            rest[rest_n++] = one;
        else if (one.claim_n > 0)
            more = true;
    }
    for (uint32_t i = 0; i < rest_n; i++)
        if (contradicts(out, &rest[i]))
            more = true;
    if (more)
        out->doubts |= DOUBT_REPEAT;
    return out->claim_n > 0;
}
