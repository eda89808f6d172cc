/* SPDX-License-Identifier: Apache-2.0 */
/*
 * recognize_outline - what recognition, sections and prose share, found once.
 */
#include "transformer/recognize.h"

void outline_make(const struct document *doc, const struct forms *forms,
    const struct extract_hints *hints, struct arena *a, struct outline *out)
{
    out->lines = lines_make(doc, a);
    out->period = period_find(&out->lines, a);
    headings_find(&out->lines, forms, a, &out->heads);
    titles_find(doc, &out->lines, &out->heads, hints, a, &out->titles);
}
