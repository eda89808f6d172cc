/* SPDX-License-Identifier: Apache-2.0 */
/*
 * renderings - one report, several documents: which counts, do they agree?
 */
#include "common/renderings.h"

#include <string.h>

enum rendering_rank rendering_rank_of(struct slice reader)
{
    if (slice_eq_str(reader, "pdf"))
        return RENDERING_PDF;
    if (slice_eq_str(reader, "ofd"))
        return RENDERING_OFD;
    if (slice_find(reader, SLICE_LIT("ocr")) >= 0 ||
        slice_eq_str(reader, "picture"))
        return RENDERING_SCAN;
    return RENDERING_TEXT;
}

static int compare_text(struct slice a, struct slice b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len ? memcmp(a.p, b.p, len) : 0;

    return order ? order : (a.len > b.len) - (a.len < b.len);
}

int rendering_compare(const struct rendering *a, const struct rendering *b)
{
    int order;

    if (a->valid != b->valid)
        return a->valid ? -1 : 1;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    if (a->value_n != b->value_n)
        return a->value_n > b->value_n ? -1 : 1;
    order = compare_text(a->url, b->url);
    return order ? order : compare_text(a->source, b->source);
}

struct slice rendering_value(
    struct slice value, enum cell_state state, struct slice proposed)
{
    bool is_zero = (state == CELL_BLANK || state == CELL_DASH) &&
                   slice_eq_str(proposed, "0");

    return value.p ? value : is_zero ? proposed : (struct slice){ NULL, 0 };
}

int rendering_cell_order(
    const struct rendering_cell *a, const struct rendering_cell *b)
{
    int order = compare_text(a->table, b->table);

    if (!order)
        order = compare_text(a->row, b->row);
    return order ? order : compare_text(a->column, b->column);
}

/* A number taken apart: what decides its value, in texts. */
struct number {
    bool negative;
    struct slice whole, fraction;
};

static struct number take_apart(struct slice s)
{
    struct number n = { .negative = s.len && s.p[0] == '-' };
    size_t dot;

    s = slice_from(s, n.negative ? 1 : 0);
    for (dot = 0; dot < s.len && s.p[dot] != '.'; dot++) {
    }
    n.whole = (struct slice){ s.p, dot };
    while (n.whole.len && n.whole.p[0] == '0')
        n.whole = slice_from(n.whole, 1);
    n.fraction = slice_from(s, dot + 1);
    while (n.fraction.len && n.fraction.p[n.fraction.len - 1] == '0')
        n.fraction.len--;
    n.negative = n.negative && n.whole.len + n.fraction.len > 0;
    return n;
}

static bool is_same_number(struct slice a, struct slice b)
{
    struct number x = take_apart(a), y = take_apart(b);

    return x.negative == y.negative && slice_eq(x.whole, y.whole) &&
           slice_eq(x.fraction, y.fraction);
}

bool rendering_cells_compare(
    const struct rendering_cell *a, const struct rendering_cell *b, bool *agree)
{
    bool in_yuan = a->value_cny.p && b->value_cny.p;

    *agree = false;
    if (!in_yuan && (!a->value.p || !b->value.p))
        return false;
    *agree = in_yuan ? is_same_number(a->value_cny, b->value_cny)
                     : is_same_number(a->value, b->value);
    return true;
}

void rendering_number(struct buf *out, struct slice number)
{
    struct number n = take_apart(number);

    if (n.negative)
        buf_add_char(out, '-');
    buf_add_slice(out, n.whole.len ? n.whole : SLICE_LIT("0"));
    if (n.fraction.len) {
        buf_add_char(out, '.');
        buf_add_slice(out, n.fraction);
    }
}
