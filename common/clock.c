/* SPDX-License-Identifier: Apache-2.0 */
/*
 * clock - the time that is recorded, and the time that passes.
 *
 * Only text of exactly the form "YYYY-MM-DDTHH:MM:SSZ" fixes the clock: a
 * laxer reader would take a typo for a time.
 */
#include "common/clock.h"

#include <stdbool.h>
#include <string.h>

/* Set once, by clock_fix, before anything is recorded. */
static struct {
    bool fixed;
    int64_t now_s;
} recorded;

static bool has_the_form(const char *s)
{
    static const char form[] = "0000-00-00T00:00:00Z";

    if (strlen(s) != sizeof(form) - 1)
        return false;
    for (size_t i = 0; i < sizeof(form) - 1; i++)
        if (form[i] == '0' ? (s[i] < '0' || s[i] > '9') : s[i] != form[i])
            return false;
    return true;
}

/* The number in `n` digits that are known to be digits. */
static int number(const char *s, int n)
{
    int v = 0;

    while (n-- > 0)
        v = v * 10 + (*s++ - '0');
    return v;
}

int clock_fix(const char *rfc3339, struct err *err)
{
    struct tm tm = { 0 };
    char again[21];
    time_t t;

    if (!rfc3339 || !*rfc3339) {
        recorded.fixed = false;
        return 0;
    }
    if (!has_the_form(rfc3339))
        return err_set(err, ERR_FATAL,
            "clock: \"%s\" is no time; write it as 2026-01-31T00:00:00Z",
            rfc3339);
    tm.tm_year = number(rfc3339, 4) - 1900;
    tm.tm_mon = number(rfc3339 + 5, 2) - 1;
    tm.tm_mday = number(rfc3339 + 8, 2);
    tm.tm_hour = number(rfc3339 + 11, 2);
    tm.tm_min = number(rfc3339 + 14, 2);
    tm.tm_sec = number(rfc3339 + 17, 2);
    t = timegm(&tm);
    clock_format((int64_t)t, again);
    if (strcmp(again, rfc3339) != 0) /* the 31st of February and its like */
        return err_set(err, ERR_FATAL,
            "clock: \"%s\" is no time of the calendar; did you mean %s?",
            rfc3339, again);
    recorded.fixed = true;
    recorded.now_s = (int64_t)t;
    return 0;
}

int64_t clock_now_s(void)
{
    return recorded.fixed ? recorded.now_s : (int64_t)time(NULL);
}

int64_t clock_mono_ms(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

void clock_format(int64_t unix_s, char out[21])
{
    /* 9999-12-31T23:59:59Z: later times do not fit the text. */
    const int64_t last = 253402300799;
    time_t t = (time_t)(unix_s < 0 ? 0 : unix_s > last ? last : unix_s);
    struct tm tm;

    gmtime_r(&t, &tm);
    if (strftime(out, 21, "%Y-%m-%dT%H:%M:%SZ", &tm) != 20)
        out[0] = '\0';
}
