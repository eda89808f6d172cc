/* SPDX-License-Identifier: Apache-2.0 */
/*
 * number - the text of a cell to a value, or to the reason why not.
 *
 * No NFKC here: it would turn the footnote mark of 12² or 12① into digits.
 * Only full-width forms, minus signs and white space are folded.
 */
#include "transformer/number.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include <utf8proc.h>

#include "common/limits.h"
#include "transformer/decimal.h"

#define CELL_CP_MAX 120u /* longer text is prose */
#define ODD_CP_MAX 16u   /* a botched number is short */
#define THIN 0x2009u     /* stands for every thin or narrow no-break space */
#define DASH 0x2014u     /* stands for every dash that is no minus sign */

struct cell_text {
    uint32_t cp[CELL_CP_MAX];
    uint32_t n;
};

/* A number found in a cell's text. */
struct found {
    char text[NUMBER_TEXT];    /* clean: sign, digits, point */
    uint32_t digits, fraction; /* how many, and behind the point */
    bool minus, plus, dashed;  /* what stood before it */
    bool spaced;   /* groups of three kept apart by ordinary spaces */
    bool zero_led; /* 007 */
};

/* ---- characters ---------------------------------------------------------- */

static uint32_t fold(uint32_t c)
{
    if (c >= 0xFF01 && c <= 0xFF5E)
        return c - 0xFEE0;
    if (c == 0x2212 || c == 0x2010 || c == 0x2011 || c == 0x2013 || c == 0xFE63)
        return '-';
    if (c == 0x2014 || c == 0x2015 || c == 0x2500 || c == 0x2501)
        return DASH;
    if (c == 0x2009 || c == 0x202F || c == 0x2006 || c == 0x2008)
        return THIN;
    if (c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200A) ||
        c == 0x205F || (c >= 0x09 && c <= 0x0D) || c == 0x2028 || c == 0x2029)
        return ' ';
    if (c == 0xA5 || c == 0xFFE5)
        return 0xA5;
    return c;
}

static bool is_invisible(uint32_t c)
{
    return (c >= 0x200B && c <= 0x200F) || c == 0xFEFF || c == 0x2060 ||
           c == 0xAD;
}

static bool is_space(uint32_t c)
{
    return c == ' ' || c == THIN;
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_ideograph(uint32_t c)
{
    return c >= 0x4E00 && c <= 0x9FFF;
}

/* The folded text without white space at its ends; false when it is too
 * long for a number. */
static bool take_text(struct slice text, struct cell_text *t)
{
    const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)text.p;
    utf8proc_ssize_t left = (utf8proc_ssize_t)text.len;

    t->n = 0;
    while (left > 0) {
        utf8proc_int32_t c = -1;
        utf8proc_ssize_t used = utf8proc_iterate(p, left, &c);

        if (used <= 0)
            return false;
        p += used;
        left -= used;
        if (is_invisible((uint32_t)c))
            continue;
        c = (utf8proc_int32_t)fold((uint32_t)c);
        if (t->n == 0 && is_space((uint32_t)c))
            continue;
        if (t->n == CELL_CP_MAX)
            return false;
        t->cp[t->n++] = (uint32_t)c;
    }
    while (t->n > 0 && is_space(t->cp[t->n - 1]))
        t->n--;
    return true;
}

static uint32_t at(const struct cell_text *t, uint32_t i)
{
    return i < t->n ? t->cp[i] : 0;
}

static uint32_t skip_space(const struct cell_text *t, uint32_t i)
{
    while (is_space(at(t, i)))
        i++;
    return i;
}

/* Past the word (UTF-8) at i, or i when it is not there. */
static uint32_t skip_word(
    const struct cell_text *t, uint32_t i, const char *word)
{
    const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)word;
    uint32_t from = i;

    while (*p) {
        utf8proc_int32_t c = 0;

        p += utf8proc_iterate(p, -1, &c);
        if (at(t, i++) != (uint32_t)c)
            return from;
    }
    return i;
}

static uint32_t skip_words(
    const struct cell_text *t, uint32_t i, const char *const *words)
{
    for (; *words; words++) {
        uint32_t to = skip_word(t, i, *words);

        if (to != i)
            return skip_space(t, to);
    }
    return i;
}

/* ---- parts of a number --------------------------------------------------- */

static bool all_dashes(const struct cell_text *t)
{
    uint32_t end = skip_word(t, 0, "无");

    if (end == t->n)
        return true;
    for (uint32_t i = 0; i < t->n; i++)
        if (t->cp[i] != '-' && t->cp[i] != DASH && t->cp[i] != '/' &&
            !is_space(t->cp[i]))
            return false;
    return t->n <= 6;
}

static bool is_page_number(const struct cell_text *t)
{
    bool marked = at(t, 0) == '-' || at(t, 0) == DASH;
    uint32_t i = skip_space(t, marked ? 1 : skip_word(t, 0, "第"));
    uint32_t from = i;

    if (!marked && i == 0)
        return false;
    while (is_digit(at(t, i)))
        i++;
    if (i == from)
        return false;
    i = skip_space(t, i);
    if (marked)
        return i + 1 == t->n && (at(t, i) == '-' || at(t, i) == DASH);
    return skip_word(t, i, "页") == t->n && i < t->n;
}

static uint32_t run_of_digits(const struct cell_text *t, uint32_t i)
{
    uint32_t from = i;

    while (is_digit(at(t, i)))
        i++;
    return i - from;
}

/* Append to the text of a number: its digits are counted before, so it
 * always fits. */
static void put(char *text, const char *more)
{
    size_t len = strlen(text);
    size_t more_len = strlen(more);

    assert(len + more_len < NUMBER_TEXT);
    memcpy(text + len, more, more_len + 1);
}

static bool put_digits(
    struct found *f, const struct cell_text *t, uint32_t i, uint32_t n)
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
    const struct cell_text *t, uint32_t i, struct found *f)
{
    uint32_t from = i;
    uint32_t n = run_of_digits(t, i);
    uint32_t separator = 0;

    f->zero_led = n > 1 && at(t, i) == '0';
    if (n == 0 || n > LIMIT_NUMBER_INT_DIGITS || !put_digits(f, t, i, n))
        return from;
    i += n;
    for (;;) {
        uint32_t c = at(t, i);
        uint32_t group = run_of_digits(t, i + 1);

        if ((c != ',' && !is_space(c)) || group == 0)
            return i;
        if (group != 3 || (separator == 0 ? n > 3 : c != separator) ||
            at(t, from) == '0' || f->digits + 3 > LIMIT_NUMBER_INT_DIGITS ||
            !put_digits(f, t, i + 1, 3))
            return from;
        f->spaced = f->spaced || c == ' ';
        separator = c;
        i += 4;
    }
}

static uint32_t scan_number(
    const struct cell_text *t, uint32_t i, struct found *f)
{
    uint32_t from = i;
    uint32_t end;
    uint32_t n;

    memset(f, 0, sizeof(*f));
    f->minus = at(t, i) == '-';
    f->plus = at(t, i) == '+';
    f->dashed = at(t, i) == DASH;
    if (f->minus || f->plus || f->dashed)
        i = skip_space(t, i + 1);
    if (f->minus || f->dashed)
        put(f->text, "-");
    end = scan_whole(t, i, f);
    if (end == i)
        return from;
    if (at(t, end) != '.')
        return end;
    n = run_of_digits(t, end + 1);
    if (n == 0 || n > LIMIT_NUMBER_FRACTION_DIGITS ||
        f->digits + n > DECIMAL_DIGITS)
        return from;
    put(f->text, ".");
    put_digits(f, t, end + 1, n);
    f->fraction = n;
    return end + 1 + n;
}

/* A bracketed note that fills the rest of the text and holds words, not a
 * scale: （其中修订16件）. */
static bool is_note(const struct cell_text *t, uint32_t i)
{
    bool words = false;

    if (at(t, i) != '(' && at(t, i) != '[' && at(t, i) != 0x3010)
        return false;
    for (uint32_t k = i + 1; k + 1 < t->n; k++)
        words = words || is_ideograph(t->cp[k]);
    if (skip_word(t, i + 1, "万") != i + 1 ||
        skip_word(t, i + 1, "亿") != i + 1 ||
        skip_word(t, i + 1, "千") != i + 1)
        return false;
    i = t->n - 1;
    return words && (t->cp[i] == ')' || t->cp[i] == ']' || t->cp[i] == 0x3011);
}

/* What follows the number: a unit, a note, both or nothing. */
struct tail {
    bool words;      /* something follows */
    bool understood; /* and it leaves the number as it is */
    enum number_unit unit;
};

static uint32_t scan_money_unit(
    const struct cell_text *t, uint32_t i, enum number_unit *unit)
{
    static const char *const wan[] = { "万元", "(万元)", NULL };
    static const char *const yuan[] = { "元整", "元", "(元)", NULL };
    uint32_t to = skip_words(t, i, wan);

    if (to != i) {
        *unit = NUMBER_UNIT_CNY_10K;
        return to;
    }
    to = skip_words(t, i, yuan);
    if (to != i)
        *unit = NUMBER_UNIT_CNY;
    return to;
}

static struct tail scan_tail(
    const struct cell_text *t, uint32_t i, enum number_kind kind)
{
    static const char *const counters[] = { "件次", "人次", "件", "笔", "项",
        "个", "宗", "条", "次", "份", "起", "例", "部", "家", NULL };
    struct tail tail = { false, true, NUMBER_UNIT_NONE };

    i = skip_space(t, i);
    if (i == t->n)
        return tail;
    tail.words = true;
    if (kind == NUMBER_AMOUNT)
        i = scan_money_unit(t, i, &tail.unit);
    else
        i = skip_words(t, i, counters);
    tail.understood = i == t->n || is_note(t, i);
    return tail;
}

/* ---- readings that are only proposed ------------------------------------- */

static void propose(
    struct number *out, const struct found *f, bool minus, const char *why)
{
    const char *digits = f->text + (f->text[0] == '-' ? 1 : 0);

    while (digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9')
        digits++;
    out->proposed[0] = '\0';
    if (minus && strcmp(digits, "0") != 0)
        put(out->proposed, "-");
    put(out->proposed, digits);
    out->evidence = why;
}

/* l0, O, I2: letters typed or recognized in place of digits. */
/* The digit that a letter stands for, or 0. */
static uint32_t digit_like(uint32_t c)
{
    if (c == 'O' || c == 'o' || c == 0x3007 || c == 0x96F6 || c == 0x25CB)
        return '0';
    return c == 'l' || c == 'I' || c == '|' ? '1' : 0;
}

static bool propose_letters(const struct cell_text *t, struct number *out)
{
    struct cell_text clean = *t;
    struct found f;
    uint32_t letters = 0;

    for (uint32_t i = 0; i < t->n; i++) {
        uint32_t digit = digit_like(t->cp[i]);

        clean.cp[i] = digit ? digit : t->cp[i];
        letters += digit ? 1 : 0;
    }
    if (letters == 0 || scan_number(&clean, 0, &f) != clean.n || f.spaced ||
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
    uint32_t i = skip_words(t, 0, more);
    bool minus = false;
    struct found f;
    uint32_t end;

    if (i == 0) {
        i = skip_words(t, 0, less);
        minus = true;
    }
    if (i == 0)
        return false;
    end = scan_number(t, i, &f);
    if (end == i || f.minus || f.dashed || f.spaced ||
        !scan_tail(t, end, NUMBER_CHANGE).understood)
        return false;
    propose(out, &f, minus, "the change is printed in words");
    return true;
}

/* 3.5万, 3千: the scale is printed as a word. */
static bool propose_scale(
    const struct cell_text *t, enum number_kind kind, struct number *out)
{
    static const char *const words[] = { "百", "千", "万", NULL };
    struct found f;
    uint32_t i = scan_number(t, 0, &f);
    uint32_t zeros = 0;
    size_t len;
    char *point;

    if (i == 0 || kind == NUMBER_AMOUNT || f.spaced)
        return false;
    for (uint32_t k = 0; words[k]; k++) {
        uint32_t to = skip_word(t, i, words[k]);

        if (to != i && scan_tail(t, to, kind).understood)
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
static const char *doubt(
    const struct found *f, const struct tail *tail, enum number_kind kind)
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
static bool can_propose(
    const struct found *f, const struct tail *tail, enum number_kind kind)
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
    uint32_t i = skip_words(t, 0, count);

    if (kind == NUMBER_AMOUNT && i == 0) {
        i = skip_words(t, 0, money);
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
    struct found f;
    uint32_t end = scan_number(t, i, &f);
    struct tail tail;

    if (end == i) {
        read_odd(t, kind, out);
        return;
    }
    tail = scan_tail(t, end, kind);
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
    put(out->value, f.text);
}

/* Digits and nothing else, as nearly all cells are: a short cut, not a rule
 * of its own. */
static bool is_plain(struct slice text)
{
    if (text.len == 0 || text.len > LIMIT_NUMBER_INT_DIGITS ||
        (text.len > 1 && text.p[0] == '0'))
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (!is_digit((unsigned char)text.p[i]))
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
    if (!take_text(text, &t))
        return;
    if (t.n == 0)
        out->state = CELL_BLANK;
    else if (all_dashes(&t))
        out->state = CELL_DASH;
    else if (!is_page_number(&t))
        read_text(&t, kind, out);
}

/* 1.属于国家秘密, 3、其他, 2重复申请, or what is left of one where it was
 * torn: an enumerator, not a number. */
static bool is_enumerated(const struct cell_text *t)
{
    uint32_t i = run_of_digits(t, 0);

    if (i == 0 || i > 2)
        return false;
    i = skip_space(t, i);
    if (at(t, i) == '.' || at(t, i) == ',' || at(t, i) == 0x3001) {
        i = skip_space(t, i + 1);
        return i == t->n || is_ideograph(at(t, i));
    }
    return is_ideograph(at(t, i)) && is_ideograph(at(t, i + 1));
}

static enum number_look look_odd(const struct cell_text *t)
{
    struct number number;
    uint32_t digits = 0;
    uint32_t ideographs = 0;

    for (uint32_t i = 0; i < t->n; i++) {
        digits += is_digit(t->cp[i]) ? 1 : 0;
        ideographs += is_ideograph(t->cp[i]) ? 1 : 0;
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
        if (is_digit((unsigned char)text.p[i]) ||
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
    if (text.len > (size_t)4 * CELL_CP_MAX || !take_text(text, &t))
        return LOOK_TEXT;
    if (t.n == 0)
        return LOOK_BLANK;
    if (all_dashes(&t))
        return LOOK_DASH;
    if (is_page_number(&t))
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

    if (!take_text(text, &t))
        return NUMBER_UNIT_NONE;
    for (uint32_t i = 0; i < t.n; i++)
        if (!is_space(t.cp[i]))
            t.cp[n++] = t.cp[i];
    t.n = n;
    for (uint32_t i = 0; i < n; i++)
        if (skip_word(&t, i, "万元") != i)
            return NUMBER_UNIT_CNY_10K;
    /* 公元 and 多元 are no units: take 元 only where a unit stands. */
    for (uint32_t i = 0; i < n; i++)
        if (skip_words(&t, i, yuan) != i)
            return NUMBER_UNIT_CNY;
    return NUMBER_UNIT_NONE;
}
