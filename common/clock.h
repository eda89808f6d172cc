/* SPDX-License-Identifier: Apache-2.0 */
/*
 * clock - the time that is recorded, and the time that passes.
 *
 * Recorded times can be fixed by the configuration (`clock:`), so that a
 * run can be repeated byte for byte; delays and leases use the monotonic
 * clock and cannot.
 */
#ifndef COMMON_CLOCK_H
#define COMMON_CLOCK_H

#include <stdint.h>
#include <time.h>

#include "common/err.h"

/* Fix recorded time to `rfc3339` ("2026-01-31T00:00:00Z"); "" or NULL leaves
 * the real clock.  ERR_FATAL on bad text. */
int clock_fix(const char *rfc3339, struct err *err);

/* Seconds since 1970, real or fixed. */
int64_t clock_now_s(void);

/* Milliseconds of the monotonic clock. */
int64_t clock_mono_ms(void);

/* "YYYY-MM-DDTHH:MM:SSZ" and a terminator into `out`. */
void clock_format(int64_t unix_s, char out[21]);

#endif
