/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sheet_format - a number as its format shows it.
 *
 * ECMA-376 part 1, 18.8.30 and 18.8.31.  Fractions, powers of ten and
 * conditions are shown as General.
 */
#include "transformer/sheet_format.h"

#include <math.h>

#include "transformer/sheet.h"

#define FORMAT_BYTES 1024 /* longer ones are nobody's */

/* ---- numbers --------------------------------------------------------- */

static void put_whole(const struct sheet_decimals *d,
    const struct sheet_shape *shape, struct buf *out)
{
    int power = d->point > 0 ? d->point - 1 : -1;

    while (power >= 0 && sheet_digit_at(d, power) == '0')
        power--;
    if (power < shape->whole_zeros - 1)
        power = shape->whole_zeros - 1;
    for (; power >= 0; power--) {
        buf_add_char(out, sheet_digit_at(d, power));
        if (shape->grouped && power && power % 3 == 0)
            buf_add_char(out, ',');
    }
}

static void put_number(const struct sheet_decimals *d,
    const struct sheet_shape *shape, struct buf *out)
{
    int places = shape->places;

    put_whole(d, shape, out);
    while (places > shape->zero_places && sheet_digit_at(d, -places) == '0')
        places--;
    /* "0." keeps its point in Excel; nobody means it. */
    if (places > 0)
        buf_add_char(out, '.');
    for (int i = 1; i <= places; i++)
        buf_add_char(out, sheet_digit_at(d, -i));
}

/* The section's texts with the number in the place of its digits. */
static void put_section(struct slice s, const struct sheet_decimals *d,
    const struct sheet_shape *shape, double general, struct buf *out)
{
    bool done = false;
    struct sheet_token t;

    while ((t = sheet_next_token(&s)).kind != SHEET_TOKEN_END) {
        if (t.kind == SHEET_TOKEN_LITERAL || t.kind == SHEET_TOKEN_PERCENT) {
            buf_add_slice(out, t.text);
        } else if (t.kind == SHEET_TOKEN_GENERAL ||
                   t.kind == SHEET_TOKEN_TEXT) {
            sheet_put_general(general, out);
        } else if ((t.kind == SHEET_TOKEN_DIGIT ||
                       t.kind == SHEET_TOKEN_POINT) &&
                   !done) {
            put_number(d, shape, out);
            done = true;
        }
    }
}

/* ---- all ------------------------------------------------------------- */

/* The section for a number; `*value` loses its sign where the section
 * shows it. */
static struct slice choose(struct slice format, double *value)
{
    struct slice s;

    if (*value < 0 && sheet_section(format, 1, &s)) {
        *value = -*value;
        return s;
    }
    if (*value == 0 && sheet_section(format, 2, &s))
        return s;
    sheet_section(format, 0, &s);
    return s;
}

void sheet_format(
    struct slice format, double value, bool from_1904, struct buf *out)
{
    struct sheet_decimals d;
    struct sheet_shape shape;
    struct sheet_date date;
    struct slice s;
    double number = value;

    if (!isfinite(number)) {
        buf_add_str(out, "#NUM!"); /* no format has a word for it */
        return;
    }
    if (format.len > FORMAT_BYTES)
        format.len = 0;
    s = choose(format, &number);
    sheet_shape_of(s, &shape);
    if (!format.len || shape.other || fabs(number) >= 1e20) {
        sheet_put_general(number, out);
        return;
    }
    if (shape.date) {
        if (sheet_date_of(number, from_1904, &date))
            sheet_put_date(s, &date, out);
        else
            sheet_put_general(number, out);
        return;
    }
    sheet_decimals_of(fabs(number), &d);
    if (!sheet_decimals_are_zero(&d))
        d.point += 2 * shape.percents - 3 * shape.thousands;
    sheet_decimals_round(&d, shape.places);
    if (number < 0 && !shape.general && !sheet_decimals_are_zero(&d))
        buf_add_char(out, '-');
    put_section(s, &d, &shape, number, out);
}

struct slice sheet_builtin_format(uint32_t id)
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
