/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_audit - `nianbao audit`: prove that nothing was lost or doubled.
 *
 * The ledger counts its own promises; here the store is held against it:
 * every content that was ever kept is read and hashed again.
 */
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/cmd.h"
#include "cli/inquiry.h"
#include "common/clock.h"
#include "common/limits.h"
#include "common/store.h"

enum {
    BROKEN = 3,       /* exit status: a promise is broken */
    NAMED_MAX = 20,   /* bodies named one by one */
    PROGRESS_MS = 200 /* between two updates on a terminal */
};

static const char usage[] =
    "Usage: nianbao audit [--config FILE] [--json]\n"
    "\n"
    "Prove from the ledger and the store that nothing was lost and nothing\n"
    "doubled: every document that was fetched is loaded, rejected,\n"
    "quarantined, a duplicate, or a container with all its parts, every "
    "loaded\n"
    "one has its report with all its cells, and every body is in the store\n"
    "with the bytes its hash names.\n"
    "A line for each promise says whether it holds, and the numbers.\n"
    "May run beside the pipeline; it changes nothing.\n"
    "\n"
    "  --config FILE   configuration\n"
    "  --json          one JSON object: holds, promises, bad_bodies\n"
    "  --help          this text\n"
    "\n"
    "Exit status: 0 every promise holds; 3 one is broken; 1 the audit could\n"
    "not be done; 2 usage.\n"
    "\n"
    "Example: nianbao audit && echo nothing is lost\n";

struct audit {
    struct inquiry *q;
    bool colours;
    json_t *promises; /* arrays, with --json */
    json_t *bad_bodies;
    unsigned promise_n, broken_n;
    /* the store */
    struct store *store;
    struct buf body;
    uint64_t body_n, checked_n, missing_n, damaged_n;
    bool progress; /* stderr is a terminal */
    int64_t shown_at;
};

static void tell(void *ctx, const struct audit_line *line)
{
    struct audit *a = ctx;
    const char *word = line->holds ? "holds " : "BROKEN";

    a->promise_n++;
    a->broken_n += line->holds ? 0 : 1;
    if (a->q->json) {
        json_t *o = json_object();

        inquiry_put_text(o, "what", line->what);
        json_object_set_new(o, "holds", json_boolean(line->holds));
        inquiry_put_text(o, "detail", line->detail);
        json_array_append_new(a->promises, o);
        return;
    }
    if (a->colours)
        printf("\033[%sm%s\033[0m", line->holds ? "32" : "1;31", word);
    else
        fputs(word, stdout);
    printf("  %s\n        %s\n", line->what, line->detail);
    fflush(stdout);
}

/* ---- the store ---------------------------------------------------------- */

static void show_progress(struct audit *a)
{
    int64_t now = clock_mono_ms();

    if (!a->progress || now - a->shown_at < PROGRESS_MS)
        return;
    a->shown_at = now;
    fprintf(stderr, "\rchecking bodies %" PRIu64 " of %" PRIu64 "\033[K",
        a->checked_n, a->body_n);
}

static void clear_progress(const struct audit *a)
{
    if (a->progress)
        fputs("\r\033[K", stderr);
}

static void name_body(
    struct audit *a, const char *trouble, const char *sha256, const char *url)
{
    if (a->missing_n + a->damaged_n > NAMED_MAX)
        return;
    if (a->q->json) {
        json_t *o = json_object();

        inquiry_put_text(o, "trouble", trouble);
        inquiry_put_text(o, "sha256", sha256);
        inquiry_put_text(o, "url", url);
        json_array_append_new(a->bad_bodies, o);
        return;
    }
    clear_progress(a);
    printf("        %s %s %s\n", trouble, sha256, url);
}

static int check_body(
    void *ctx, const char *sha256, const char *url, struct err *err)
{
    struct audit *a = ctx;
    int rc;

    a->checked_n++;
    show_progress(a);
    if (!store_has(a->store, sha256)) {
        a->missing_n++;
        name_body(a, "missing", sha256, url);
        return 0;
    }
    buf_reset(&a->body);
    rc = store_get(a->store, sha256, &a->body, err);
    if (rc != 0 && err->kind != ERR_INPUT && err->kind != ERR_LIMIT)
        return -1;
    if (rc != 0) {
        a->damaged_n++;
        name_body(a, "damaged", sha256, url);
    }
    return 0;
}

static int check_store(struct audit *a, struct err *err)
{
    char detail[128];
    int rc;

    a->store = store_open(a->q->conf->state_dir, err);
    if (!a->store || ledger_content_n(a->q->ledger, &a->body_n, err) != 0)
        return -1;
    rc = ledger_content_walk(a->q->ledger, check_body, a, err);
    clear_progress(a);
    if (rc != 0)
        return -1;
    snprintf(detail, sizeof(detail),
        "bodies=%" PRIu64 " missing=%" PRIu64 " damaged=%" PRIu64, a->checked_n,
        a->missing_n, a->damaged_n);
    tell(a, &(struct audit_line){
                .what = "every document's body is in the store, with its hash",
                .holds = a->missing_n + a->damaged_n == 0,
                .detail = detail });
    return 0;
}

/* ---- the verdict -------------------------------------------------------- */

static void conclude(const struct audit *a)
{
    if (a->q->json) {
        json_t *o = json_object();

        json_object_set_new(o, "holds", json_boolean(a->broken_n == 0));
        json_object_set(o, "promises", a->promises);
        json_object_set(o, "bad_bodies", a->bad_bodies);
        inquiry_print(o);
        return;
    }
    if (a->broken_n == 0)
        printf("\nAll %u promises hold.\n", a->promise_n);
    else
        printf("\n%u of %u promises broken.  Keep a copy of %s as it is,\n"
               "then restore the last backup or report this with the lines "
               "above.\n",
            a->broken_n, a->promise_n, a->q->conf->state_dir);
}

static int audit(struct inquiry *q)
{
    struct audit a = {
        .q = q,
        .colours = isatty(STDOUT_FILENO) != 0,
        .progress = isatty(STDERR_FILENO) != 0,
        .promises = json_array(),
        .bad_bodies = json_array(),
    };
    struct err err;
    int rc;

    buf_init(&a.body, LIMIT_BODY_BYTES);
    rc = ledger_audit(q->ledger, tell, &a, &err);
    if (rc == 0)
        rc = check_store(&a, &err);
    if (rc == 0)
        conclude(&a);
    else
        inquiry_trouble(q, &err);
    store_close(a.store);
    buf_clear(&a.body);
    json_decref(a.promises);
    json_decref(a.bad_bodies);
    if (a.broken_n > 0)
        return BROKEN;
    return rc == 0 ? CMD_OK : CMD_TROUBLE;
}

int cmd_audit(int argc, char **argv)
{
    static const struct inquiry_form form = { usage, true, 0 };
    struct inquiry q;
    int rc = inquiry_open(&q, &form, argc, argv);

    if (rc < 0)
        rc = audit(&q);
    inquiry_close(&q);
    return rc;
}
