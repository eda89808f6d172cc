/* SPDX-License-Identifier: Apache-2.0 */
/*
 * retry - how long to wait before asking again.
 */
#ifndef COLLECTOR_RETRY_H
#define COLLECTOR_RETRY_H

#include <stdint.h>

#include "common/slice.h"

/* The longest time a portal can make us wait within a run; asked for more,
 * the URL is left for the next night. */
#define RETRY_AFTER_MAX_S 600

/* Seconds to wait as a Retry-After header says (RFC 9110, 10.2.3: seconds
 * or a date, which is compared with `now_s`), never negative; -1 when the
 * value cannot be read. */
int64_t retry_after_s(struct slice value, int64_t now_s);

/* Seconds before attempt number `tries` + 1, `tries` from 1: 1, 2, 4, ...
 * up to 300. */
int64_t retry_backoff_s(uint32_t tries);

#endif
