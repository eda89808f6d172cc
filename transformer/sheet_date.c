/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sheet_date - days since 1900 or 1904 as a date format shows them.
 */
#include <math.h>

#include "transformer/sheet_format.h"

/* Days since 1970 to a date (Howard Hinnant, chrono-compatible low-level
 * date algorithms). */
static void civil(long days, struct sheet_date *d)
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

bool sheet_date_of(double serial, bool from_1904, struct sheet_date *d)
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
        *d = (struct sheet_date){ 1900, 2, 29, d->hour, d->minute, d->second,
            d->hours }; /* the day that Excel has and nobody else */
    else
        civil(days - (days < 60 ? 25568 : 25569), d);
    return true;
}

static void put_month(const struct sheet_date *d, size_t len, struct buf *out)
{
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May",
        "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

    if (len >= 3)
        buf_add_str(out, months[d->month - 1]);
    else
        buf_printf(out, "%0*d", (int)len, d->month);
}

static void put_date_token(const struct sheet_date *d, struct sheet_token t,
    bool minutes, bool half, struct buf *out)
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
    struct sheet_token t;

    while ((t = sheet_next_token(&s)).kind != SHEET_TOKEN_END)
        if (t.kind == SHEET_TOKEN_DATE)
            return (t.text.p[0] | 0x20) == 's';
    return false;
}

static bool has_half(struct slice s)
{
    struct sheet_token t;

    while ((t = sheet_next_token(&s)).kind != SHEET_TOKEN_END)
        if (t.kind == SHEET_TOKEN_HALF)
            return true;
    return false;
}

void sheet_put_date(struct slice s, const struct sheet_date *d, struct buf *out)
{
    bool half = has_half(s);
    bool hours = false; /* the last letter was one of hours */
    struct sheet_token t;

    while ((t = sheet_next_token(&s)).kind != SHEET_TOKEN_END) {
        if (t.kind == SHEET_TOKEN_DATE) {
            put_date_token(d, t, hours || seconds_follow(s), half, out);
            hours = (t.text.p[0] | 0x20) == 'h';
        } else if (t.kind == SHEET_TOKEN_ELAPSED) {
            buf_printf(out, "%ld", d->hours);
            hours = true;
        } else if (t.kind == SHEET_TOKEN_HALF) {
            buf_add_str(out, sheet_starts(t.text, "A")
                                 ? d->hour < 12 ? "AM" : "PM"
                             : d->hour < 12 ? "上午"
                                            : "下午");
        } else if (t.kind == SHEET_TOKEN_LITERAL ||
                   t.kind == SHEET_TOKEN_POINT || t.kind == SHEET_TOKEN_COMMA) {
            buf_add_slice(out, t.text);
        }
    }
}
