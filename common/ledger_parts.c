/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ledger_parts - what was unpacked from a container becomes documents.
 *
 * A part has an address of its own, <container>#<path>, which is never
 * visited: it comes again only when its container does.  Everything is
 * written in the transaction of the visit, so a kill leaves the container
 * with all its parts or with none.
 */
#include "common/ledger_impl.h"

/* One of the parts, and what became of it. */
struct place {
    int64_t url, document; /* rows */
    uint32_t part_n;       /* of a container: parts put so far */
    bool skipped;          /* a container seen before: its parts are there */
};

/* The part's address; it keeps what is known of the container's. */
static int put_url(struct ledger *l, int64_t container,
    const struct ledger_inner *part, int64_t *url, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "INSERT INTO urls (source, url, kind, page, title, list_date, "
        "organization, region, run, seq, state, parent, inner_path) "
        "SELECT source, url || '#' || ?2, 'document', 0, coalesce(?3, title), "
        "list_date, organization, region, run, seq, 'done', id, ?2 "
        "FROM urls WHERE id = ?1 ON CONFLICT (source, url) DO UPDATE SET "
        "title = excluded.title, list_date = excluded.list_date, "
        "organization = excluded.organization, region = excluded.region, "
        "run = excluded.run, seq = excluded.seq RETURNING id",
        err);

    if (!s)
        return -1;
    db_bind_int(s, 1, container);
    db_bind_str(s, 2, part->path);
    db_bind_str(s, 3, part->title);
    return db_number(s, url, err);
}

static int put_container(struct ledger *l, int64_t document, struct err *err)
{
    struct db_stmt *s = db_stmt(
        l->db, "INSERT INTO containers (document, part_n) VALUES (?1, 0)", err);

    if (!s)
        return -1;
    db_bind_int(s, 1, document);
    return db_run(s, err);
}

/* Say how many parts it has, once all are put. */
static int end_container(
    struct ledger *l, const struct place *container, struct err *err)
{
    struct db_stmt *s = db_stmt(
        l->db, "UPDATE containers SET part_n = ?2 WHERE document = ?1", err);

    if (!s)
        return -1;
    db_bind_int(s, 1, container->document);
    db_bind_int(s, 2, container->part_n);
    return db_run(s, err);
}

static int put_membership(struct ledger *l, struct place *container,
    int64_t document, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "INSERT INTO parts (container, seq, document) VALUES (?1, ?2, ?3)",
        err);

    if (!s)
        return -1;
    db_bind_int(s, 1, container->document);
    db_bind_int(s, 2, ++container->part_n);
    db_bind_int(s, 3, document);
    return db_run(s, err);
}

/* The row of one part, its job or its place as a container. */
static int put_part(struct ledger *l, const struct ledger_fetch *f,
    const struct ledger_inner *part, struct place *container, struct place *own,
    struct err *err)
{
    struct ledger_fetch as = { .run = f->run,
        .at = f->at,
        .status = f->status,
        .etag = f->etag,
        .last_modified = f->last_modified,
        .size = part->size };
    unsigned char hash[LEDGER_HASH_BYTES];
    bool known;

    if (ledger_hash_read(part->sha256, hash, err) != 0 ||
        put_url(l, container->url, part, &own->url, err) != 0)
        return -1;
    as.url = own->url;
    if (ledger_put_document(l, &as, hash, &own->document, &known, err) != 0 ||
        put_membership(l, container, own->document, err) != 0)
        return -1;
    own->skipped = known;
    if (known)
        return 0;
    return part->is_container
               ? put_container(l, own->document, err)
               : ledger_put_job(l, own->document, part->reason, err);
}

int ledger_put_parts(struct ledger *l, const struct ledger_fetch *f,
    int64_t document, struct err *err)
{
    struct place *place;

    arena_reset(&l->scratch);
    place = arena_alloc_n(&l->scratch, f->part_n + 1, sizeof(*place));
    place[0] = (struct place){ .url = f->url, .document = document };
    if (put_container(l, document, err) != 0)
        return -1;
    for (size_t i = 0; i < f->part_n; i++) {
        struct place *container = &place[f->part[i].within];
        struct place *own = &place[i + 1];

        *own = (struct place){ .skipped = true };
        if (!container->skipped &&
            put_part(l, f, &f->part[i], container, own, err) != 0)
            return -1;
    }
    for (size_t i = 0; i <= f->part_n; i++)
        if (!place[i].skipped && place[i].part_n > 0 &&
            end_container(l, &place[i], err) != 0)
            return -1;
    return 0;
}
