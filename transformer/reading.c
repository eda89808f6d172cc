/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reading - bytes to a record, with a second opinion where it helps.
 */
#include "transformer/reading.h"

#include <string.h>

#include "common/log.h"

/* Extract what was read.  What is left of a damaged file may be no report
 * because the report is what it lost: that cannot be told. */
static int understand(const struct document *doc, const struct forms *forms,
    const struct extract_hints *known, struct record *rec, struct err *err)
{
    if (extract(doc, forms, known, rec, err) != 0)
        return -1;
    if (rec->status != REPORT_UNRECOGNIZED ||
        document_meta_find(doc, "damaged").len == 0)
        return 0;
    return err_set(err, ERR_INPUT,
        "reader.broken: the file is damaged, and what is left is no report "
        "(%.*s)",
        (int)rec->reasons[0].len, rec->reasons[0].p);
}

static int read_direct(struct route *route, const struct forms *forms,
    struct slice in, const struct cage_hints *hints,
    const struct extract_hints *known, struct record *rec, struct err *err)
{
    struct document doc = { .arena = rec->arena };

    if (route_read(route, in, hints, rec->arena, &doc, err) != 0)
        return -1;
    return understand(&doc, forms, known, rec, err);
}

static int read_by_office(struct route *route, const struct forms *forms,
    struct slice in, const struct cage_hints *hints,
    const struct extract_hints *known, struct record *rec, struct err *err)
{
    struct document doc = { .arena = rec->arena };

    if (route_read_office(route, in, hints, rec->arena, &doc, err) != 0)
        return -1;
    return extract(&doc, forms, known, rec, err);
}

/* What LibreOffice is not asked about: it has no password either, what was
 * killed from outside is read again, and what asks for more than any report
 * has would ask it for more as well. */
static bool is_final(const struct err *err)
{
    static const char code[] = "reader.encrypted: ";

    return err->kind != ERR_INPUT ||
           strncmp(err->msg, code, sizeof(code) - 1) == 0;
}

int reading_make(struct route *route, const struct forms *forms,
    struct slice in, const struct cage_hints *hints,
    const struct extract_hints *known, struct record *rec, struct err *err)
{
    struct record second = { .arena = rec->arena, .sha256 = rec->sha256 };
    struct err why = { .kind = ERR_NONE };
    int status = read_direct(route, forms, in, hints, known, rec, err);

    if (status == 0 ? rec->status != REPORT_FLAGGED : is_final(err))
        return status;
    if (!route_has_office(route, in))
        return status;
    if (read_by_office(route, forms, in, hints, known, &second, &why) != 0) {
        if (why.kind == ERR_RETRY)
            *err = why;
        log_debug("LibreOffice: %s", why.msg);
        return why.kind == ERR_RETRY ? -1 : status;
    }
    if (status != 0 ? second.status != REPORT_UNRECOGNIZED
                    : second.status == REPORT_VALID) {
        *rec = second;
        err_clear(err);
        return 0;
    }
    return status;
}
