/* SPDX-License-Identifier: Apache-2.0 */
/*
 * number_scan - a number in the text of a cell, and what stands behind it.
 */
#include "transformer/number_scan.h"

#include <assert.h>
#include <string.h>

#include "common/limits.h"
#include "transformer/decimal.h"

bool number_scan_is_dashes(const struct cell_text *t)
{
    uint32_t end = cell_text_skip_word(t, 0, "无");

    if (end == t->n)
        return true;
    for (uint32_t i = 0; i < t->n; i++)
        if (t->cp[i] != '-' && t->cp[i] != CELL_TEXT_DASH && t->cp[i] != '/' &&
            !cell_text_is_space(t->cp[i]))
            return false;
    return t->n <= 6;
}

bool number_scan_is_page_number(const struct cell_text *t)
{
    bool marked =
        cell_text_at(t, 0) == '-' || cell_text_at(t, 0) == CELL_TEXT_DASH;
    uint32_t i =
        cell_text_skip_space(t, marked ? 1 : cell_text_skip_word(t, 0, "第"));
    uint32_t from = i;

    if (!marked && i == 0)
        return false;
    while (cell_text_is_digit(cell_text_at(t, i)))
        i++;
    if (i == from)
        return false;
    i = cell_text_skip_space(t, i);
    if (marked)
        return i + 1 == t->n && (cell_text_at(t, i) == '-' ||
                                    cell_text_at(t, i) == CELL_TEXT_DASH);
    return cell_text_skip_word(t, i, "页") == t->n && i < t->n;
}

void number_put(char *text, const char *more)
{
    size_t len = strlen(text);
    size_t more_len = strlen(more);

    assert(len + more_len < NUMBER_TEXT);
    memcpy(text + len, more, more_len + 1);
}

static bool put_digits(
    struct number_found *f, const struct cell_text *t, uint32_t i, uint32_t n)
{
    size_t len = strlen(f->text);

    if (f->digits + n > DECIMAL_DIGITS)
        return false;
    for (uint32_t k = 0; k < n; k++)
        f->text[len++] = (char)t->cp[i + k];
    f->text[len] = '\0';
    f->digits += n;
    return true;
}

/* Digits, in groups of three after a separator if there is one.  The place
 * behind them, or i when they are no number. */
static uint32_t scan_whole(
    const struct cell_text *t, uint32_t i, struct number_found *f)
{
    uint32_t from = i;
    uint32_t n = cell_text_digits(t, i);
    uint32_t separator = 0;

    f->zero_led = n > 1 && cell_text_at(t, i) == '0';
    if (n == 0 || n > LIMIT_NUMBER_INT_DIGITS || !put_digits(f, t, i, n))
        return from;
    i += n;
    for (;;) {
        uint32_t c = cell_text_at(t, i);
        uint32_t group = cell_text_digits(t, i + 1);

        if ((c != ',' && !cell_text_is_space(c)) || group == 0)
            return i;
        if (group != 3 || (separator == 0 ? n > 3 : c != separator) ||
            cell_text_at(t, from) == '0' ||
            f->digits + 3 > LIMIT_NUMBER_INT_DIGITS ||
            !put_digits(f, t, i + 1, 3))
            return from;
        f->spaced = f->spaced || c == ' ';
        separator = c;
        i += 4;
    }
}

uint32_t number_scan(
    const struct cell_text *t, uint32_t i, struct number_found *f)
{
    uint32_t from = i;
    uint32_t end;
    uint32_t n;

    memset(f, 0, sizeof(*f));
    f->minus = cell_text_at(t, i) == '-';
    f->plus = cell_text_at(t, i) == '+';
    f->dashed = cell_text_at(t, i) == CELL_TEXT_DASH;
    if (f->minus || f->plus || f->dashed)
        i = cell_text_skip_space(t, i + 1);
    if (f->minus || f->dashed)
        number_put(f->text, "-");
    end = scan_whole(t, i, f);
    if (end == i)
        return from;
    if (cell_text_at(t, end) != '.')
        return end;
    n = cell_text_digits(t, end + 1);
    if (n == 0 || n > LIMIT_NUMBER_FRACTION_DIGITS ||
        f->digits + n > DECIMAL_DIGITS)
        return from;
    number_put(f->text, ".");
    put_digits(f, t, end + 1, n);
    f->fraction = n;
    return end + 1 + n;
}

/* A bracketed note that fills the rest of the text and holds words, not a
 * scale: （其中修订16件）. */
static bool is_note(const struct cell_text *t, uint32_t i)
{
    bool words = false;

    if (cell_text_at(t, i) != '(' && cell_text_at(t, i) != '[' &&
        cell_text_at(t, i) != 0x3010)
        return false;
    for (uint32_t k = i + 1; k + 1 < t->n; k++)
        words = words || cell_text_is_ideograph(t->cp[k]);
    if (cell_text_skip_word(t, i + 1, "万") != i + 1 ||
        cell_text_skip_word(t, i + 1, "亿") != i + 1 ||
        cell_text_skip_word(t, i + 1, "千") != i + 1)
        return false;
    i = t->n - 1;
    return words && (t->cp[i] == ')' || t->cp[i] == ']' || t->cp[i] == 0x3011);
}

static uint32_t scan_money_unit(
    const struct cell_text *t, uint32_t i, enum number_unit *unit)
{
    static const char *const wan[] = { "万元", "(万元)", NULL };
    static const char *const yuan[] = { "元整", "元", "(元)", NULL };
    uint32_t to = cell_text_skip_words(t, i, wan);

    if (to != i) {
        *unit = NUMBER_UNIT_CNY_10K;
        return to;
    }
    to = cell_text_skip_words(t, i, yuan);
    if (to != i)
        *unit = NUMBER_UNIT_CNY;
    return to;
}

struct number_tail number_scan_tail(
    const struct cell_text *t, uint32_t i, enum number_kind kind)
{
    static const char *const counters[] = { "件次", "人次", "件", "笔", "项",
        "个", "宗", "条", "次", "份", "起", "例", "部", "家", "人", "篇",
        NULL };
    struct number_tail tail = { false, true, NUMBER_UNIT_NONE };

    i = cell_text_skip_space(t, i);
    if (i == t->n)
        return tail;
    tail.words = true;
    if (kind == NUMBER_AMOUNT)
        i = scan_money_unit(t, i, &tail.unit);
    else
        i = cell_text_skip_words(t, i, counters);
    tail.understood = i == t->n || is_note(t, i);
    return tail;
}
