/* SPDX-License-Identifier: Apache-2.0 */
/*
 * row_sum - the printed sum of a row, to choose between ways to read it.
 *
 * Which columns add up to which is the form's: the checks made once for
 * every row.
 */
#include "transformer/row_sum.h"

#include <string.h>

#include "transformer/decimal.h"
#include "transformer/number.h"

static bool is_row_check(
    const struct form_view *view, const struct form_check *c)
{
    return c->relation == RELATION_EQUAL && c->each == EACH_ROW &&
           !c->warning && strcmp(c->table, view->table->key) == 0;
}

static bool has_key(char *const *keys, unsigned n, const char *key)
{
    for (unsigned i = 0; i < n; i++)
        if (strcmp(keys[i], key) == 0)
            return true;
    return false;
}

/* +1 for a part, -1 for the total, 0 for neither. */
static int sign_of(const struct form_view *view, const struct form_check *c,
    const struct header_leaf *leaf)
{
    const char *key;

    if (leaf->column < 0)
        return 0;
    key = view->table->blocks[0].columns[leaf->column].key;
    if (has_key(c->left, c->left_count, key))
        return 1;
    return has_key(c->right, c->right_count, key) ? -1 : 0;
}

static bool read(
    const struct token *tok, bool blank_is_zero, struct decimal *out)
{
    struct number n;

    *out = (struct decimal){ 0, 0 };
    if (tok->cell->reading == READING_DOUBTFUL)
        return false; /* it never decides what another cell is */
    number_read(tok->cell->text, NUMBER_COUNT, &n);
    if (n.state == CELL_BLANK || n.state == CELL_DASH)
        return blank_is_zero;
    return n.value[0] && decimal_parse(slice_str(n.value), out);
}

static enum row_sum one_sum(const struct form_view *view,
    const struct form_check *c, const struct header *h,
    const struct token *const *tok, int32_t item)
{
    struct decimal sum = { 0, 0 };
    uint32_t parts = 0;
    uint32_t totals = 0;

    for (uint32_t i = 0; i < h->n; i++) {
        int sign = h->leaf[i].item == item ? sign_of(view, c, &h->leaf[i]) : 0;
        struct decimal d;

        if (sign == 0)
            continue;
        if (!read(tok[i], sign > 0, &d))
            return ROW_SUM_UNKNOWN;
        sum = sign > 0 ? decimal_add(sum, d) : decimal_sub(sum, d);
        parts += sign > 0 ? 1 : 0;
        totals += sign < 0 ? 1 : 0;
    }
    if (parts != c->left_count || totals != c->right_count)
        return ROW_SUM_UNKNOWN;
    return sum.units == 0 ? ROW_SUM_HOLDS : ROW_SUM_FAILS;
}

enum row_sum row_sum(const struct form_view *view, const struct header *h,
    const struct token *const *tok, int32_t item)
{
    enum row_sum all = ROW_SUM_UNKNOWN;

    if (view->table->blocks_count != 1)
        return all;
    for (unsigned i = 0; i < view->form->checks_count; i++) {
        const struct form_check *c = &view->form->checks[i];
        enum row_sum one;

        if (!is_row_check(view, c))
            continue;
        one = one_sum(view, c, h, tok, item);
        if (one != ROW_SUM_HOLDS)
            return one;
        all = one;
    }
    return all;
}

/* The last value is blank and the one before it is the sum of all others:
 * a value was lost and the total moved up. */
static bool total_moved_up(const struct token *const *tok, uint32_t n)
{
    struct decimal sum = { 0, 0 };
    struct decimal last;

    if (n < 4 || tok[n - 1]->look != LOOK_BLANK ||
        !read(tok[n - 2], false, &last) || last.units <= 0)
        return false;
    for (uint32_t i = 0; i + 2 < n; i++) {
        struct decimal d;

        if (!read(tok[i], true, &d))
            return false;
        sum = decimal_add(sum, d);
    }
    return decimal_compare(sum, last) == 0;
}

bool row_is_shifted(const struct form_view *view, const struct header *h,
    const struct token *const *tok)
{
    const struct token *own[HEADER_LEAVES];
    uint32_t blank = 0;
    uint32_t n = 0;

    if (view->table->layout == LAYOUT_BLOCKS)
        return false;
    for (uint32_t i = 0; i < h->n; i++) {
        if (h->leaf[i].column < 0)
            continue;
        own[n++] = tok[i];
        blank += tok[i]->look == LOOK_BLANK ? 1 : 0;
    }
    if (total_moved_up(own, n))
        return true;
    return n > 2 && blank == 1 && own[0]->look == LOOK_BLANK &&
           row_sum(view, h, tok, -1) == ROW_SUM_FAILS;
}
