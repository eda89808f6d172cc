/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_xlsx_format - a number as its format shows it.
 *
 * ECMA-376 part 1, 18.8.30 and 18.8.31.  Excel keeps 15 digits of a number
 * and rounds those half up, so does this; printf would round the binary
 * number.  Fractions, powers of ten and conditions are shown as General.
 */
#include "transformer/read_xlsx.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#define FORMAT_BYTES 1024 /* longer ones are nobody's */
#define DIGITS 15         /* of a number that count */
#define DECIMALS_MAX 30   /* as Excel allows */
#define EXPONENT_MAX 20   /* above, numbers are shown with a power of ten */

/* ---- decimals
 * ------------------------------------------------------------------ */

/* A number not below 0 as 0.DDDDD times 10 to the power of `point`. */
struct decimals {
    char digit[DIGITS + 1];
    int point;
};

static void decimals_of(double value, struct decimals *d)
{
    char text[32];

    /* "D.DDDDDDDDDDDDDDe+XX" */
    snprintf(text, sizeof(text), "%.*e", DIGITS - 1, value);
    d->digit[0] = text[0];
    memcpy(d->digit + 1, text + 2, DIGITS - 1);
    d->digit[DIGITS] = '\0';
    d->point = (int)strtol(text + DIGITS + 2, NULL, 10) + 1;
    if (value == 0)
        d->point = 1;
}

/* Round to `places` behind the point, half up. */
static void decimals_round(struct decimals *d, int places)
{
    int keep = d->point + places;
    int i;

    if (keep >= DIGITS)
        return;
    if (keep < 0) {
        memset(d->digit, '0', DIGITS);
        return;
    }
    i = keep;
    if (d->digit[keep] >= '5') {
        while (i > 0 && d->digit[i - 1] == '9')
            d->digit[--i] = '0';
        if (i > 0) {
            d->digit[i - 1]++;
        } else {
            memmove(d->digit + 1, d->digit, DIGITS - 1);
            d->digit[0] = '1';
            d->point++;
            keep++;
        }
    }
    for (i = keep; i < DIGITS; i++)
        d->digit[i] = '0';
}

/* The digit with the value 10 to the power of `power`. */
static char digit_at(const struct decimals *d, int power)
{
    int i = d->point - 1 - power;

    if (i < 0 || i >= DIGITS)
        return '0';
    return d->digit[i];
}

static bool is_zero(const struct decimals *d)
{
    return strspn(d->digit, "0") == DIGITS;
}

/* ---- General
 * -------------------------------------------------------------------- */

static void put_general(double value, struct buf *out)
{
    struct decimals d;
    int places;

    decimals_of(fabs(value), &d);
    if (d.point > EXPONENT_MAX || d.point < -10) {
        buf_printf(out, "%.*g", DIGITS, value);
        return;
    }
    if (value < 0)
        buf_add_char(out, '-');
    for (int power = d.point > 0 ? d.point - 1 : 0; power >= 0; power--)
        buf_add_char(out, digit_at(&d, power));
    places = DIGITS - d.point;
    while (places > 0 && digit_at(&d, -places) == '0')
        places--;
    if (places > 0)
        buf_add_char(out, '.');
    for (int i = 1; i <= places; i++)
        buf_add_char(out, digit_at(&d, -i));
}

/* ---- going through a format
 * ---------------------------------------------------------- */

enum token_kind {
    TOKEN_END,
    TOKEN_LITERAL, /* text to show */
    TOKEN_SPACE,   /* room that shows nothing: _x and *x */
    TOKEN_DIGIT,   /* 0 # ? */
    TOKEN_POINT,
    TOKEN_COMMA,
    TOKEN_PERCENT,
    TOKEN_TEXT, /* @ */
    TOKEN_GENERAL,
    TOKEN_DATE,    /* a run of one letter */
    TOKEN_ELAPSED, /* [h] */
    TOKEN_HALF,    /* AM/PM and the like */
    TOKEN_OTHER,   /* conditions, powers, fractions: not shown here */
};

struct token {
    enum token_kind kind;
    struct slice text;
};

/* Bytes of the UTF-8 character at the start. */
static size_t char_len(struct slice s)
{
    size_t n = 1;

    while (n < s.len && ((unsigned char)s.p[n] & 0xc0) == 0x80)
        n++;
    return n;
}

static struct token cut(struct slice *s, enum token_kind kind, size_t len)
{
    struct token t = { kind, { s->p, len < s->len ? len : s->len } };

    *s = slice_from(*s, len);
    return t;
}

/* "[...]": currencies show, colours and languages do not. */
static struct token next_bracket(struct slice *s)
{
    const char *close = memchr(s->p, ']', s->len);
    size_t len = close ? (size_t)(close - s->p) + 1 : s->len;
    struct token t = cut(s, TOKEN_SPACE, len);
    struct slice inside = { t.text.p + 1, t.text.len - 1 };
    bool other;

    if (inside.len && inside.p[inside.len - 1] == ']')
        inside.len--;
    other = inside.len &&
            (char_is_one_of(inside.p[0], "<>=") ||
                (inside.len <= 2 && char_is_one_of(inside.p[0], "mMsS")));

    if (other) {
        t.kind = TOKEN_OTHER;
    } else if (inside.len && inside.p[0] == '$') {
        const char *minus = memchr(inside.p, '-', inside.len);

        t.kind = TOKEN_LITERAL;
        t.text.p = inside.p + 1;
        t.text.len = (minus ? (size_t)(minus - inside.p) : inside.len) - 1;
    } else if (inside.len &&
               (slice_eq_str(inside, "h") || slice_eq_str(inside, "hh"))) {
        t.kind = TOKEN_ELAPSED;
    }
    return t;
}

static bool starts(struct slice s, const char *word)
{
    size_t len = strlen(word);

    return s.len >= len && strncasecmp(s.p, word, len) == 0;
}

static struct token next_letter(struct slice *s)
{
    size_t n = 1;

    if (starts(*s, "General"))
        return cut(s, TOKEN_GENERAL, 7);
    if (starts(*s, "G/通用格式")) /* as some Chinese programs write it */
        return cut(s, TOKEN_GENERAL, strlen("G/通用格式"));
    if (starts(*s, "AM/PM"))
        return cut(s, TOKEN_HALF, 5);
    if (starts(*s, "A/P"))
        return cut(s, TOKEN_HALF, 3);
    if (starts(*s, "E+") || starts(*s, "E-"))
        return cut(s, TOKEN_OTHER, 2);
    if (!char_is_one_of(s->p[0], "yYmMdDhHsSaAeE"))
        return cut(s, TOKEN_LITERAL, 1);
    while (n < s->len && s->p[n] == s->p[0])
        n++;
    return cut(s, TOKEN_DATE, n);
}

static struct token next_token(struct slice *s)
{
    struct token t;
    const char *quote;

    if (!s->len || s->p[0] == ';')
        return (struct token){ TOKEN_END, { NULL, 0 } };
    switch (s->p[0]) {
    case '"':
        quote = memchr(s->p + 1, '"', s->len - 1);
        t = cut(s, TOKEN_LITERAL, quote ? (size_t)(quote - s->p) + 1 : s->len);
        t.text = slice_skip(t.text, 1);
        t.text.len -= quote ? 1 : 0;
        return t;
    case '\\':
        t = cut(s, TOKEN_LITERAL, 1 + char_len(slice_from(*s, 1)));
        t.text = slice_skip(t.text, 1);
        return t;
    case '_':
    case '*':
        return cut(s, TOKEN_SPACE, 1 + char_len(slice_from(*s, 1)));
    case '[':
        return next_bracket(s);
    case '0':
    case '#':
    case '?':
        return cut(s, TOKEN_DIGIT, 1);
    case '.':
        return cut(s, TOKEN_POINT, 1);
    case ',':
        return cut(s, TOKEN_COMMA, 1);
    case '%':
        return cut(s, TOKEN_PERCENT, 1);
    case '@':
        return cut(s, TOKEN_TEXT, 1);
    default:
        break;
    }
    if (starts(*s, "上午/下午"))
        return cut(s, TOKEN_HALF, strlen("上午/下午"));
    if ((s->p[0] >= 'a' && s->p[0] <= 'z') ||
        (s->p[0] >= 'A' && s->p[0] <= 'Z'))
        return next_letter(s);
    return cut(s, TOKEN_LITERAL, char_len(*s));
}

/* Section `n` of a format, or false when it has fewer. */
static bool section(struct slice format, int n, struct slice *out)
{
    *out = format;
    for (;;) {
        struct slice rest = *out;

        if (n-- == 0)
            return true;
        while (next_token(&rest).kind != TOKEN_END) {
        }
        if (!rest.len)
            return false;
        *out = slice_skip(rest, 1);
    }
}

/* What a section is made of. */
struct shape {
    int whole_zeros, places, zero_places; /* 0 before, digits, 0 behind '.' */
    int percents, thousands;              /* % and scaling commas */
    bool digits, grouped, date, general, other;
};

static void shape_of(struct slice s, struct shape *shape)
{
    bool point = false, after = false; /* a literal stands behind digits */
    int commas = 0;
    struct token t;

    *shape = (struct shape){ .digits = false };
    while ((t = next_token(&s)).kind != TOKEN_END) {
        switch (t.kind) {
        case TOKEN_DIGIT:
            shape->other |= after; /* digits in groups of their own */
            shape->grouped |= commas > 0;
            commas = 0;
            shape->digits = true;
            if (point) {
                shape->places++;
                if (t.text.p[0] == '0')
                    shape->zero_places = shape->places;
            } else if (t.text.p[0] == '0' || shape->whole_zeros) {
                shape->whole_zeros++;
            }
            break;
        case TOKEN_POINT:
            point = true;
            break;
        case TOKEN_COMMA:
            commas += shape->digits;
            break;
        case TOKEN_PERCENT:
            shape->percents++;
            after = shape->digits;
            break;
        case TOKEN_LITERAL:
            shape->other |=
                shape->digits && t.text.len == 1 && t.text.p[0] == '/';
            after = shape->digits;
            break;
        case TOKEN_DATE:
        case TOKEN_ELAPSED:
        case TOKEN_HALF:
            shape->date = true;
            break;
        case TOKEN_GENERAL:
        case TOKEN_TEXT:
            shape->general = true;
            break;
        case TOKEN_OTHER:
            shape->other = true;
            break;
        case TOKEN_SPACE:
        case TOKEN_END:
            break;
        }
    }
    shape->thousands = commas;
    if (shape->places > DECIMALS_MAX || shape->whole_zeros > DECIMALS_MAX ||
        shape->percents > 2 || shape->thousands > 4)
        shape->other = true;
}

/* ---- numbers
 * ----------------------------------------------------------------------------
 */

static void put_whole(
    const struct decimals *d, const struct shape *shape, struct buf *out)
{
    int power = d->point > 0 ? d->point - 1 : -1;

    while (power >= 0 && digit_at(d, power) == '0')
        power--;
    if (power < shape->whole_zeros - 1)
        power = shape->whole_zeros - 1;
    for (; power >= 0; power--) {
        buf_add_char(out, digit_at(d, power));
        if (shape->grouped && power && power % 3 == 0)
            buf_add_char(out, ',');
    }
}

static void put_number(
    const struct decimals *d, const struct shape *shape, struct buf *out)
{
    int places = shape->places;

    put_whole(d, shape, out);
    while (places > shape->zero_places && digit_at(d, -places) == '0')
        places--;
    /* "0." keeps its point in Excel; nobody means it. */
    if (places > 0)
        buf_add_char(out, '.');
    for (int i = 1; i <= places; i++)
        buf_add_char(out, digit_at(d, -i));
}

/* The section's texts with the number in the place of its digits. */
static void put_section(struct slice s, const struct decimals *d,
    const struct shape *shape, double general, struct buf *out)
{
    bool done = false;
    struct token t;

    while ((t = next_token(&s)).kind != TOKEN_END) {
        if (t.kind == TOKEN_LITERAL || t.kind == TOKEN_PERCENT) {
            buf_add_slice(out, t.text);
        } else if (t.kind == TOKEN_GENERAL || t.kind == TOKEN_TEXT) {
            put_general(general, out);
        } else if ((t.kind == TOKEN_DIGIT || t.kind == TOKEN_POINT) && !done) {
            put_number(d, shape, out);
            done = true;
        }
    }
}

/* ---- dates
 * ------------------------------------------------------------------------------
 */

struct date {
    int year, month, day, hour, minute, second;
    long hours; /* since the beginning, for [h] */
};

/* Days since 1970 to a date (Howard Hinnant, chrono-compatible low-level
 * date algorithms). */
static void civil(long days, struct date *d)
{
    long z = days + 719468;
    long era = z / 146097;
    long doe = z - era * 146097;
    long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    long doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    long mp = (5 * doy + 2) / 153;

    d->day = (int)(doy - (153 * mp + 2) / 5 + 1);
    d->month = (int)(mp < 10 ? mp + 3 : mp - 9);
    d->year = (int)(yoe + era * 400 + (d->month <= 2));
}

/* False for what Excel shows as "####". */
static bool date_of(double serial, bool from_1904, struct date *d)
{
    long days, seconds;

    if (!(serial >= 0) || serial >= 2958466)
        return false;
    days = (long)serial;
    seconds = lround((serial - (double)days) * 86400);
    if (seconds == 86400) {
        seconds = 0;
        days++;
    }
    d->hours = days * 24 + seconds / 3600;
    d->hour = (int)(seconds / 3600);
    d->minute = (int)(seconds / 60 % 60);
    d->second = (int)(seconds % 60);
    if (from_1904)
        civil(days - 24107, d);
    else if (days == 60)
        *d = (struct date){ 1900, 2, 29, d->hour, d->minute, d->second,
            d->hours }; /* the day that Excel has and nobody else */
    else
        civil(days - (days < 60 ? 25568 : 25569), d);
    return true;
}

static void put_month(const struct date *d, size_t len, struct buf *out)
{
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May",
        "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

    if (len >= 3)
        buf_add_str(out, months[d->month - 1]);
    else
        buf_printf(out, "%0*d", (int)len, d->month);
}

static void put_date_token(const struct date *d, struct token t, bool minutes,
    bool half, struct buf *out)
{
    int len = t.text.len < 2 ? 1 : 2;
    int hour = half ? (d->hour + 11) % 12 + 1 : d->hour;

    switch (t.text.p[0] | 0x20) {
    case 'y':
    case 'e':
        if (t.text.len <= 2 && (t.text.p[0] | 0x20) == 'y')
            buf_printf(out, "%02d", d->year % 100);
        else
            buf_printf(out, "%d", d->year);
        break;
    case 'm':
        if (minutes)
            buf_printf(out, "%0*d", len, d->minute);
        else
            put_month(d, t.text.len, out);
        break;
    case 'd':
        if (t.text.len <= 2) /* more is the day of the week */
            buf_printf(out, "%0*d", len, d->day);
        break;
    case 'h':
        buf_printf(out, "%0*d", len, hour);
        break;
    case 's':
        buf_printf(out, "%0*d", len, d->second);
        break;
    default: /* aaaa: the day of the week */
        break;
    }
}

/* Does the next letter of dates in `s` mean seconds? */
static bool seconds_follow(struct slice s)
{
    struct token t;

    while ((t = next_token(&s)).kind != TOKEN_END)
        if (t.kind == TOKEN_DATE)
            return (t.text.p[0] | 0x20) == 's';
    return false;
}

static bool has_half(struct slice s)
{
    struct token t;

    while ((t = next_token(&s)).kind != TOKEN_END)
        if (t.kind == TOKEN_HALF)
            return true;
    return false;
}

static void put_date(struct slice s, const struct date *d, struct buf *out)
{
    bool half = has_half(s);
    bool hours = false; /* the last letter was one of hours */
    struct token t;

    while ((t = next_token(&s)).kind != TOKEN_END) {
        if (t.kind == TOKEN_DATE) {
            put_date_token(d, t, hours || seconds_follow(s), half, out);
            hours = (t.text.p[0] | 0x20) == 'h';
        } else if (t.kind == TOKEN_ELAPSED) {
            buf_printf(out, "%ld", d->hours);
            hours = true;
        } else if (t.kind == TOKEN_HALF) {
            buf_add_str(out, starts(t.text, "A") ? d->hour < 12 ? "AM" : "PM"
                             : d->hour < 12      ? "上午"
                                                 : "下午");
        } else if (t.kind == TOKEN_LITERAL || t.kind == TOKEN_POINT ||
                   t.kind == TOKEN_COMMA) {
            buf_add_slice(out, t.text);
        }
    }
}

/* ---- all
 * -----------------------------------------------------------------------------------
 */

/* The section for a number; `*value` loses its sign where the section
 * shows it. */
static struct slice choose(struct slice format, double *value)
{
    struct slice s;

    if (*value < 0 && section(format, 1, &s)) {
        *value = -*value;
        return s;
    }
    if (*value == 0 && section(format, 2, &s))
        return s;
    section(format, 0, &s);
    return s;
}

/* A number that XML Schema knows (xsd:double), and is one. */
static bool parse(const char *value, double *out)
{
    char *end;

    if (!*value || strspn(value, "0123456789+-.eE") != strlen(value))
        return false;
    *out = strtod(value, &end);
    return *end == '\0' && isfinite(*out);
}

void xlsx_format(
    struct slice format, const char *value, bool from_1904, struct buf *out)
{
    struct decimals d;
    struct shape shape;
    struct date date;
    struct slice s;
    double number;

    if (!parse(value, &number)) {
        buf_add_str(out, value);
        return;
    }
    if (format.len > FORMAT_BYTES)
        format.len = 0;
    s = choose(format, &number);
    shape_of(s, &shape);
    if (!format.len || shape.other || fabs(number) >= 1e20) {
        put_general(number, out);
        return;
    }
    if (shape.date) {
        if (date_of(number, from_1904, &date))
            put_date(s, &date, out);
        else
            put_general(number, out);
        return;
    }
    decimals_of(fabs(number), &d);
    if (!is_zero(&d))
        d.point += 2 * shape.percents - 3 * shape.thousands;
    decimals_round(&d, shape.places);
    if (number < 0 && !shape.general && !is_zero(&d))
        buf_add_char(out, '-');
    put_section(s, &d, &shape, number, out);
}

struct slice xlsx_builtin_format(uint32_t id)
{
    static const struct {
        uint32_t first, last;
        const char *code;
    } codes[] = {
        { 1, 1, "0" },
        { 2, 2, "0.00" },
        { 3, 3, "#,##0" },
        { 4, 4, "#,##0.00" },
        { 5, 6, "\"¥\"#,##0;\"¥\"-#,##0" },
        { 7, 8, "\"¥\"#,##0.00;\"¥\"-#,##0.00" },
        { 9, 9, "0%" },
        { 10, 10, "0.00%" },
        { 14, 14, "yyyy/m/d" },
        { 15, 15, "d-mmm-yy" },
        { 16, 16, "d-mmm" },
        { 17, 17, "mmm-yy" },
        { 18, 18, "h:mm AM/PM" },
        { 19, 19, "h:mm:ss AM/PM" },
        { 20, 20, "h:mm" },
        { 21, 21, "h:mm:ss" },
        { 22, 22, "yyyy/m/d h:mm" },
        { 27, 27, "yyyy\"年\"m\"月\"" },
        { 28, 29, "m\"月\"d\"日\"" },
        { 30, 30, "m/d/yy" },
        { 31, 31, "yyyy\"年\"m\"月\"d\"日\"" },
        { 32, 32, "h\"时\"mm\"分\"" },
        { 33, 33, "h\"时\"mm\"分\"ss\"秒\"" },
        { 36, 36, "yyyy\"年\"m\"月\"" },
        { 37, 38, "#,##0;-#,##0" },
        { 39, 40, "#,##0.00;-#,##0.00" },
        { 41, 42, "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ " },
        { 43, 44, "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ " },
        { 45, 45, "mm:ss" },
        { 46, 46, "[h]:mm:ss" },
        { 47, 47, "mm:ss" },
        { 50, 50, "yyyy\"年\"m\"月\"" },
        { 51, 51, "m\"月\"d\"日\"" },
        { 52, 52, "yyyy\"年\"m\"月\"" },
        { 53, 54, "m\"月\"d\"日\"" },
        { 57, 57, "yyyy\"年\"m\"月\"" },
        { 58, 58, "m\"月\"d\"日\"" },
    };

    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
        if (id >= codes[i].first && id <= codes[i].last)
            return slice_str(codes[i].code);
    return (struct slice){ NULL, 0 };
}
