/* SPDX-License-Identifier: Apache-2.0 */
/*
 * number - the text of a cell to a value, or to the reason why not.
 */
#include "transformer/number.h"

#include <stdint.h>
#include <string.h>

#include "common/limits.h"
#include "transformer/number_scan.h"

#define ODD_CP_MAX 16u /* a botched number is short */

/* ---- readings that are only proposed ------------------------------------- */

static void propose(struct number *out, const struct number_found *f,
    bool minus, const char *why)
{
    const char *digits = f->text + (f->text[0] == '-' ? 1 : 0);

    while (digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9')
        digits++;
    out->proposed[0] = '\0';
    if (minus && strcmp(digits, "0") != 0)
        number_put(out->proposed, "-");
    number_put(out->proposed, digits);
    out->evidence = why;
}

/* The digit that a letter stands for, or 0. */
static uint32_t digit_like(uint32_t c)
{
    if (c == 'O' || c == 'o' || c == 0x3007 || c == 0x96F6 || c == 0x25CB)
        return '0';
    return c == 'l' || c == 'I' || c == '|' ? '1' : 0;
}

/* l0, O, I2: letters typed or recognized in place of digits. */
static bool propose_letters(const struct cell_text *t, struct number *out)
{
    struct cell_text clean = *t;
    struct number_found f;
    uint32_t letters = 0;

    for (uint32_t i = 0; i < t->n; i++) {
        uint32_t digit = digit_like(t->cp[i]);

        clean.cp[i] = digit ? digit : t->cp[i];
        letters += digit ? 1 : 0;
    }
    if (letters == 0 || number_scan(&clean, 0, &f) != clean.n || f.spaced ||
        f.fraction > 0)
        return false;
    propose(out, &f, f.minus, "letters stand in place of digits");
    return true;
}

/* 增3, 减少3: a change in words. */
static bool propose_change(const struct cell_text *t, struct number *out)
{
    static const char *const more[] = { "增加了", "增加", "新增", "增", "↑",
        NULL };
    static const char *const less[] = { "减少了", "减少", "减", "↓", NULL };
    uint32_t i = cell_text_skip_words(t, 0, more);
    bool minus = false;
    struct number_found f;
    uint32_t end;

    if (i == 0) {
        i = cell_text_skip_words(t, 0, less);
        minus = true;
    }
    if (i == 0)
        return false;
    end = number_scan(t, i, &f);
    if (end == i || f.minus || f.dashed || f.spaced ||
        !number_scan_tail(t, end, NUMBER_CHANGE).understood)
        return false;
    propose(out, &f, minus, "the change is printed in words");
    return true;
}

/* 3.5万, 3千: the scale is printed as a word. */
static bool propose_scale(
    const struct cell_text *t, enum number_kind kind, struct number *out)
{
    static const char *const words[] = { "百", "千", "万", NULL };
    struct number_found f;
    uint32_t i = number_scan(t, 0, &f);
    uint32_t zeros = 0;
    size_t len;
    char *point;

    if (i == 0 || kind == NUMBER_AMOUNT || f.spaced)
        return false;
    for (uint32_t k = 0; words[k]; k++) {
        uint32_t to = cell_text_skip_word(t, i, words[k]);

        if (to != i && number_scan_tail(t, to, kind).understood)
            zeros = k + 2;
    }
    if (zeros == 0 || f.fraction > zeros || f.digits > 10 || f.zero_led)
        return false;
    point = strchr(f.text, '.');
    if (point)
        memmove(point, point + 1, strlen(point));
    len = strlen(f.text);
    for (uint32_t k = f.fraction; k < zeros; k++)
        f.text[len++] = '0';
    f.text[len] = '\0';
    propose(out, &f, f.minus, "the scale is printed as a word");
    return true;
}

static void read_odd(
    const struct cell_text *t, enum number_kind kind, struct number *out)
{
    out->state = CELL_UNREADABLE;
    if (t->n > ODD_CP_MAX || propose_letters(t, out) ||
        propose_scale(t, kind, out))
        return;
    if (kind == NUMBER_CHANGE)
        propose_change(t, out);
}

/* ---- the whole cell ------------------------------------------------------ */

/* Why a well-formed number is still not certain; NULL when it is. */
static const char *doubt(const struct number_found *f,
    const struct number_tail *tail, enum number_kind kind)
{
    if (!tail->understood)
        return "the words behind the number are not understood";
    if (f->spaced)
        return "blanks stand between the digits";
    if (f->zero_led)
        return "the number begins with a zero";
    if (f->minus && strspn(f->text, "-0.") == strlen(f->text))
        return "a minus sign stands before zero";
    if (f->dashed)
        return "a dash stands in place of a minus sign";
    if (f->plus && kind != NUMBER_CHANGE)
        return "a plus sign stands before a count";
    if (f->fraction > 0 && kind != NUMBER_AMOUNT)
        return "a count has decimals";
    return NULL;
}

/* A proposal is worth making when only its form is doubtful. */
static bool can_propose(const struct number_found *f,
    const struct number_tail *tail, enum number_kind kind)
{
    const char *point = strchr(f->text, '.');

    if (!tail->understood)
        return false;
    return !point || kind == NUMBER_AMOUNT ||
           strspn(point + 1, "0") == strlen(point + 1);
}

static uint32_t scan_lead(
    const struct cell_text *t, enum number_kind kind, enum number_unit *unit)
{
    static const char *const money[] = { "人民币", "\xC2\xA5", NULL };
    static const char *const count[] = { "共计", "合计", "共", "计", NULL };
    uint32_t i = cell_text_skip_words(t, 0, count);

    if (kind == NUMBER_AMOUNT && i == 0) {
        i = cell_text_skip_words(t, 0, money);
        if (i > 0)
            *unit = NUMBER_UNIT_CNY;
    }
    return i;
}

static void read_text(
    const struct cell_text *t, enum number_kind kind, struct number *out)
{
    enum number_unit lead_unit = NUMBER_UNIT_NONE;
    uint32_t i = scan_lead(t, kind, &lead_unit);
    struct number_found f;
    uint32_t end = number_scan(t, i, &f);
    struct number_tail tail;

    if (end == i) {
        read_odd(t, kind, out);
        return;
    }
    tail = number_scan_tail(t, end, kind);
    out->evidence = doubt(&f, &tail, kind);
    if (out->evidence) {
        const char *why = out->evidence;

        read_odd(t, kind, out);
        if (!out->proposed[0] && can_propose(&f, &tail, kind)) {
            char *point = strchr(f.text, '.');

            if (point && kind != NUMBER_AMOUNT)
                *point = '\0';
            propose(out, &f, f.minus || f.dashed, why);
        }
        return;
    }
    out->unit = tail.unit != NUMBER_UNIT_NONE ? tail.unit : lead_unit;
    out->state = tail.words || i > 0 ? CELL_ANNOTATED : CELL_READ;
    number_put(out->value, f.text);
}

/* Digits and nothing else, as nearly all cells are: a short cut, not a rule
 * of its own. */
static bool is_plain(struct slice text)
{
    if (text.len == 0 || text.len > LIMIT_NUMBER_INT_DIGITS ||
        (text.len > 1 && text.p[0] == '0'))
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (!cell_text_is_digit((unsigned char)text.p[i]))
            return false;
    return true;
}

void number_read(struct slice text, enum number_kind kind, struct number *out)
{
    struct cell_text t;

    memset(out, 0, sizeof(*out));
    if (is_plain(text)) {
        out->state = CELL_READ;
        memcpy(out->value, text.p, text.len);
        return;
    }
    out->state = CELL_UNREADABLE;
    if (!cell_text_take(text, &t))
        return;
    if (t.n == 0)
        out->state = CELL_BLANK;
    else if (number_scan_is_dashes(&t))
        out->state = CELL_DASH;
    else if (!number_scan_is_page_number(&t))
        read_text(&t, kind, out);
}

/* 1.属于国家秘密, 3、其他, 2重复申请, or what is left of one where it was
 * torn: an enumerator, not a number. */
static bool is_enumerated(const struct cell_text *t)
{
    uint32_t i = cell_text_digits(t, 0);

    if (i == 0 || i > 2)
        return false;
    i = cell_text_skip_space(t, i);
    if (cell_text_at(t, i) == '.' || cell_text_at(t, i) == ',' ||
        cell_text_at(t, i) == 0x3001) {
        i = cell_text_skip_space(t, i + 1);
        return i == t->n || cell_text_is_ideograph(cell_text_at(t, i));
    }
    return cell_text_is_ideograph(cell_text_at(t, i)) &&
           cell_text_is_ideograph(cell_text_at(t, i + 1));
}

static enum number_look look_odd(const struct cell_text *t)
{
    struct number number;
    uint32_t digits = 0;
    uint32_t ideographs = 0;

    for (uint32_t i = 0; i < t->n; i++) {
        digits += cell_text_is_digit(t->cp[i]) ? 1 : 0;
        ideographs += cell_text_is_ideograph(t->cp[i]) ? 1 : 0;
    }
    memset(&number, 0, sizeof(number));
    if (t->n > ODD_CP_MAX || is_enumerated(t))
        return LOOK_TEXT;
    if (digits > 0 && (ideographs <= 3 || digits > ideographs))
        return LOOK_ODD;
    return propose_letters(t, &number) ? LOOK_ODD : LOOK_TEXT;
}

/* Begins with an ideograph and has no digit of any width: a short cut for
 * labels. */
static bool is_words(struct slice text)
{
    if (text.len <= 6 || (unsigned char)text.p[0] < 0xE4 ||
        (unsigned char)text.p[0] > 0xE9)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (cell_text_is_digit((unsigned char)text.p[i]) ||
            (unsigned char)text.p[i] == 0xEF)
            return false;
    return true;
}

enum number_look number_look(struct slice text)
{
    struct cell_text t;
    struct number number;

    if (is_plain(text))
        return LOOK_NUMBER;
    if (is_words(text))
        return LOOK_TEXT;
    if (text.len > (size_t)4 * CELL_TEXT_MAX || !cell_text_take(text, &t))
        return LOOK_TEXT;
    if (t.n == 0)
        return LOOK_BLANK;
    if (number_scan_is_dashes(&t))
        return LOOK_DASH;
    if (number_scan_is_page_number(&t))
        return LOOK_PAGE;
    memset(&number, 0, sizeof(number));
    read_text(&t, NUMBER_AMOUNT, &number);
    if (number.state == CELL_UNREADABLE)
        read_text(&t, NUMBER_CHANGE, &number);
    if (number.state != CELL_UNREADABLE)
        return LOOK_NUMBER;
    return look_odd(&t);
}

enum number_unit number_unit_find(struct slice text)
{
    static const char *const yuan[] = { "(元", "元)", ":元", NULL };
    struct cell_text t;
    uint32_t n = 0;

    if (!cell_text_take(text, &t))
        return NUMBER_UNIT_NONE;
    for (uint32_t i = 0; i < t.n; i++)
        if (!cell_text_is_space(t.cp[i]))
            t.cp[n++] = t.cp[i];
    t.n = n;
    for (uint32_t i = 0; i < n; i++)
        if (cell_text_skip_word(&t, i, "万元") != i)
            return NUMBER_UNIT_CNY_10K;
    /* 公元 and 多元 are no units: take 元 only where a unit stands. */
    for (uint32_t i = 0; i < n; i++)
        if (cell_text_skip_words(&t, i, yuan) != i)
            return NUMBER_UNIT_CNY;
    return NUMBER_UNIT_NONE;
}
