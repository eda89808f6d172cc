/* SPDX-License-Identifier: Apache-2.0 */
/*
 * retry - how long to wait before asking again.
 */
#include "collector/retry.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* Longest wait between two attempts of a run. */
#define BACKOFF_MAX_S 300

/* Digits of Retry-After read; more mean "never", which is as far away. */
#define SECONDS_MAX INT64_C(1000000000)

static bool read_seconds(struct slice v, int64_t *out)
{
    int64_t n = 0;

    if (v.len == 0)
        return false;
    for (size_t i = 0; i < v.len; i++) {
        if (v.p[i] < '0' || v.p[i] > '9')
            return false;
        if (n < SECONDS_MAX)
            n = n * 10 + (v.p[i] - '0');
    }
    *out = n < SECONDS_MAX ? n : SECONDS_MAX;
    return true;
}

/* The three date forms of RFC 9110, 5.6.7; all are UTC. */
static bool read_date(struct slice v, int64_t *out)
{
    static const char *const forms[] = {
        "%a, %d %b %Y %H:%M:%S GMT", /* IMF-fixdate */
        "%A, %d-%b-%y %H:%M:%S GMT", /* RFC 850 */
        "%a %b %e %H:%M:%S %Y",      /* asctime */
    };
    char text[64];

    if (v.len == 0 || v.len >= sizeof text)
        return false;
    memcpy(text, v.p, v.len);
    text[v.len] = '\0';
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct tm tm = { .tm_isdst = 0 };
        const char *end = strptime(text, forms[i], &tm);

        if (end && *end == '\0') {
            *out = (int64_t)timegm(&tm);
            return true;
        }
    }
    return false;
}

int64_t retry_after_s(struct slice value, int64_t now_s)
{
    int64_t n;

    value = slice_trim(value);
    if (read_seconds(value, &n))
        return n;
    if (read_date(value, &n))
        return n > now_s ? n - now_s : 0;
    return -1;
}

int64_t retry_backoff_s(uint32_t tries)
{
    int64_t wait = 1;

    for (uint32_t i = 1; i < tries && wait < BACKOFF_MAX_S; i++)
        wait *= 2;
    return wait < BACKOFF_MAX_S ? wait : BACKOFF_MAX_S;
}
