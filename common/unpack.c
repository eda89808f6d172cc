/* SPDX-License-Identifier: Apache-2.0 */
/*
 * unpack - all documents of a container, those of containers in it as well.
 *
 * A stack of levels instead of recursion: the bytes of a container in a
 * container live in the answer of the level around it, so memory is one
 * answer a level.
 */
#include "common/unpack.h"

#include "common/arena.h"
#include "common/limits.h"
#include "common/service.h"

/* A container being gone through. */
struct level {
    struct slice body, name;
    uint32_t index; /* of the part that it is; 0: outermost */
    struct arena arena;
    struct document doc; /* the answer at hand */
    uint32_t at;         /* its next part */
};

struct unpacking {
    struct cage *cage;
    unpack_take *take;
    void *ctx;
    uint32_t call_n, part_n;
    uint64_t bytes; /* of all parts */
    uint32_t depth;
    struct level level[LIMIT_CONTAINER_DEPTH + 1]; /* and one to look into */
};

bool unpack_may(struct slice in)
{
    static const struct slice marks[] = { { "PK\3\4", 4 }, { "PK\5\6", 4 },
        { "Rar!\x1a\7", 6 }, { "7z\xbc\xaf\x27\x1c", 6 }, { "\x1f\x8b", 2 } };

    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        if (slice_starts(in, marks[i]))
            return true;
    return slice_starts(slice_from(in, 257), SLICE_LIT("ustar"));
}

static int read_level(struct unpacking *u, struct level *l,
    const struct cage_hints *hints, struct err *err)
{
    arena_reset(&l->arena);
    return cage_read(u->cage, l->body, hints, &l->arena, &l->doc, err);
}

/* The parts of `l` from `from` on; a reader that was killed from outside
 * gets a second chance in a fresh cage. */
static int ask(
    struct unpacking *u, struct level *l, uint32_t from, struct err *err)
{
    const struct cage_hints hints = {
        .name = l->name, .unpack = true, .part_from = from
    };

    if (u->call_n++ >= LIMIT_UNPACK_CALLS)
        return err_set(err, ERR_LIMIT,
            "reader.size: it takes more than %u answers to unpack",
            LIMIT_UNPACK_CALLS);
    service_alive();
    l->at = 0;
    if (read_level(u, l, &hints, err) == 0)
        return 0;
    if (err->kind != ERR_RETRY)
        return -1;
    err_clear(err);
    return read_level(u, l, &hints, err);
}

/* ---- one part ----------------------------------------------------------- */

static int count(struct unpacking *u, struct slice bytes, struct err *err)
{
    u->bytes += bytes.len;
    if (++u->part_n > LIMIT_PARTS)
        return err_set(err, ERR_LIMIT,
            "reader.size: more than %u documents in one container",
            LIMIT_PARTS);
    if (u->bytes > LIMIT_CONTAINER_BYTES)
        return err_set(err, ERR_LIMIT,
            "reader.size: more than %u bytes unpacked of one container",
            LIMIT_CONTAINER_BYTES);
    return 0;
}

/* Look whether the part is a container itself, in the level above the
 * present one.  Its own faults become its reason. */
static int look_into(
    struct unpacking *u, struct unpack_part *part, struct err *err)
{
    struct level *l = &u->level[u->depth];
    struct err why = { ERR_NONE, "" };

    l->body = part->bytes;
    l->name = part->path;
    l->index = part->index;
    if (ask(u, l, 0, &why) < 0) {
        if (why.kind != ERR_INPUT && why.kind != ERR_LIMIT) {
            *err = why;
            return -1;
        }
    } else if (!l->doc.reader.len) {
        u->call_n--; /* a document, and a short look */
        return 0;
    } else if (u->depth == LIMIT_CONTAINER_DEPTH) {
        err_set(&why, ERR_LIMIT,
            "reader.depth: more than %u containers in each other",
            LIMIT_CONTAINER_DEPTH);
    } else if (!l->doc.part_n) {
        err_set(&why, ERR_INPUT, "reader.none: nothing is in the container");
    } else {
        part->is_container = true;
        return 0;
    }
    part->reason = arena_slice(&l->arena, slice_str(why.msg));
    return 0;
}

static int tell(struct unpacking *u, struct err *err)
{
    struct level *l = &u->level[u->depth - 1];
    const struct document_part *from = &l->doc.parts[l->at++];
    struct unpack_part part = { .index = u->part_n + 1,
        .within = l->index,
        .path = from->name,
        .bytes = from->bytes,
        .reason = from->error };

    if (count(u, part.bytes, err) < 0)
        return -1;
    if (unpack_may(part.bytes) && look_into(u, &part, err) < 0)
        return -1;
    if (u->take(u->ctx, &part, err) < 0)
        return -1;
    u->depth += part.is_container;
    return 0;
}

/* ---- all of them -------------------------------------------------------- */

static int go_through(struct unpacking *u, struct err *err)
{
    while (u->depth > 0) {
        struct level *l = &u->level[u->depth - 1];
        int status = 0;

        if (l->at < l->doc.part_n)
            status = tell(u, err);
        else if (l->doc.part_next)
            status = ask(u, l, l->doc.part_next, err);
        else
            u->depth--;
        if (status < 0)
            return -1;
    }
    return 0;
}

static int unpack_all(struct unpacking *u, bool *is_container, struct err *err)
{
    struct level *outer = &u->level[0];

    if (ask(u, outer, 0, err) < 0)
        return -1;
    *is_container = outer->doc.reader.len > 0;
    if (!*is_container)
        return 0;
    if (!outer->doc.part_n)
        return err_set(
            err, ERR_INPUT, "reader.none: no document is in the container");
    u->depth = 1;
    return go_through(u, err);
}

int unpack(struct cage *cage, struct slice body, struct slice name,
    unpack_take *take, void *ctx, bool *is_container, struct err *err)
{
    struct unpacking u = { .cage = cage, .take = take, .ctx = ctx };
    int status;

    *is_container = false;
    if (!unpack_may(body))
        return 0;
    for (uint32_t i = 0; i <= LIMIT_CONTAINER_DEPTH; i++)
        arena_init(&u.level[i].arena, LIMIT_ARENA_BYTES);
    u.level[0].body = body;
    u.level[0].name = name;
    status = unpack_all(&u, is_container, err);
    for (uint32_t i = 0; i <= LIMIT_CONTAINER_DEPTH; i++)
        arena_clear(&u.level[i].arena);
    return status;
}
