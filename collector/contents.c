/* SPDX-License-Identifier: Apache-2.0 */
/*
 * contents - the documents in a fetched zip or rar file.
 *
 * A part that could not be unpacked has no bytes; a note that names it is
 * kept in their place, so that it is a document of its own with a reason of
 * its own, like every other that cannot be read.
 */
#include "collector/contents.h"

#include <string.h>

#include "common/limits.h"
#include "common/log.h"
#include "common/unpack.h"

struct finding {
    const struct contents *where;
    const char *key; /* of the container */
    struct ledger_inner *part;
    size_t part_n;
    size_t good_n; /* parts that have bytes */
};

static struct slice note(const struct finding *f, const struct unpack_part *p)
{
    const char *container = p->within ? f->part[p->within - 1].sha256 : f->key;

    return arena_printf(f->where->arena,
        "nianbao: this entry of a container could not be unpacked\n"
        "container: %s\nentry: %.*s\n",
        container, SLICE_ARG(p->path));
}

/* The file's name where it names a report: containers with the reports of
 * many bodies say there whose each is. */
static const char *title_of(const struct finding *f, struct slice path)
{
    const struct slice none = { NULL, 0 };
    size_t end = path.len, from = end;

    while (from > 0 && path.p[from - 1] != '/')
        from--;
    for (size_t i = from; i < path.len; i++)
        if (path.p[i] == '.')
            end = i;
    path = (struct slice){ path.p + from, end - from };
    if (!select_title(f->where->selector, path, none))
        return NULL;
    return arena_slice(f->where->arena, path).p;
}

static int take(void *ctx, const struct unpack_part *p, struct err *err)
{
    struct finding *f = ctx;
    struct arena *a = f->where->arena;
    struct ledger_inner *to = &f->part[f->part_n++];
    struct slice body = p->reason.len && !p->bytes.len ? note(f, p) : p->bytes;
    char key[STORE_KEY_LEN + 1];

    if (store_put(f->where->store, body, key, err) < 0)
        return -1;
    *to = (struct ledger_inner){ .within = p->within,
        .path = arena_slice(a, p->path).p,
        .title = title_of(f, p->path),
        .sha256 = arena_str(a, key),
        .size = body.len,
        .reason = p->reason.len ? arena_slice(a, p->reason).p : NULL,
        .is_container = p->is_container };
    f->good_n += !p->reason.len;
    return 0;
}

int contents_read(const struct contents *c, struct slice body,
    struct ledger_fetch *f, struct err *err)
{
    struct finding found = { .where = c, .key = f->sha256 };
    struct err why = { ERR_NONE, "" };
    bool is_container = false;

    arena_reset(c->arena);
    found.part = arena_alloc_n(c->arena, LIMIT_PARTS, sizeof(*found.part));
    if (unpack(c->cage, body, slice_str(f->final_url), take, &found,
            &is_container, &why) < 0) {
        if (why.kind != ERR_INPUT && why.kind != ERR_LIMIT) {
            *err = why;
            return -1;
        }
        f->reason = arena_str(c->arena, why.msg);
    } else if (is_container && found.good_n == 0) {
        f->reason = found.part[0].reason;
    } else if (is_container) {
        f->is_container = true;
        f->part = found.part;
        f->part_n = found.part_n;
    }
    if (f->reason)
        log_info("set aside url=%s reason=\"%s\"", f->final_url, f->reason);
    return 0;
}
