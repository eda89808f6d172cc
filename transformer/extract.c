/* SPDX-License-Identifier: Apache-2.0 */
/*
 * extract - a document tree to a record: the steps in order.
 *
 * A document that is no annual report ends after the first step, with its
 * reason and without cells; everything else ends with a verdict.
 */
#include "transformer/extract.h"

#include "transformer/recognize.h"
#include "transformer/statistics.h"

int extract(const struct document *doc, const struct forms *forms,
    const struct extract_hints *hints, struct record *rec, struct err *err)
{
    struct outline o;
    enum report_kind kind;

    rec->media_type = doc->media_type;
    rec->charset = doc->charset;
    rec->reader = doc->reader;
    if (lines_check(doc, err) != 0)
        return -1;
    outline_make(doc, forms, hints, rec->arena, &o);
    kind = extract_recognize(doc, &o, hints, forms, rec);
    if (kind == REPORT_NONE)
        return 0;
    extract_sections(&o, rec);
    if (kind == REPORT_STATISTICS) {
        extract_statistics(doc, forms, rec);
    } else {
        if (extract_tables(doc, forms, rec, err) != 0)
            return -1;
        extract_checks(forms, rec);
    }
    extract_prose(doc, &o, kind, rec);
    extract_verdict(rec);
    return 0;
}
