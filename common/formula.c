/* SPDX-License-Identifier: Apache-2.0 */
/*
 * formula - texts that a spreadsheet would run.
 */
#include "common/formula.h"

#include <string.h>

static const char *const trimmed[] = { " ", "\"", "\xc2\xa0", "\xe3\x80\x80",
    "\xef\xbb\xbf", NULL };
static const char *const starts[] = { "=", "+", "-", "@", "\t", "\r", "\n",
    "＝", "＋", "－", "＠", NULL };

/* Length of the one of `texts` that `s` starts with, 0 without. */
static size_t starts_with_any(struct slice s, const char *const *texts)
{
    for (; *texts; texts++) {
        if (slice_starts(s, slice_str(*texts)))
            return strlen(*texts);
    }
    return 0;
}

bool formula_is(struct slice s)
{
    size_t n;

    while ((n = starts_with_any(s, trimmed)) > 0)
        s = slice_from(s, n);
    return starts_with_any(s, starts) > 0;
}
