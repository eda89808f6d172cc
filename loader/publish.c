/* SPDX-License-Identifier: Apache-2.0 */
/*
 * publish - a finished run to its archive, exactly once.
 *
 * Everything is made in one temporary folder beside its place and put on the
 * disk there; then the sinks take it, the folder of archives first, and last
 * the ledger says that the run is published.  A process killed before that
 * leaves a folder that the next one removes, and the publication is made
 * again: from the same ledger come the same bytes.
 */
#include "loader/publish.h"

#include <inttypes.h>
#include <sys/stat.h>

#include "common/log.h"
#include "common/mem.h"
#include "common/service.h"
#include "loader/archive.h"
#include "loader/bag.h"
#include "loader/datapackage.h"
#include "loader/dataset.h"
#include "loader/readme.h"
#include "loader/sink.h"

/* ---- making ----------------------------------------------------------- */

/* The unpacked tree in `tree`: data first, the manifests last. */
static int make_tree(const struct conf *conf, struct ledger *ledger,
    struct publication *p, const char *tree, struct err *err)
{
    char *data = mem_printf("%s/data", tree);
    struct keys *keys = NULL;
    int rc = -1;

    if (output_make_dir(data, err) != 0)
        goto out;
    keys = keys_read(conf->forms_dir, err);
    if (!keys)
        goto out;
    if (ledger_begin_read(ledger, err) != 0)
        goto out;
    rc = dataset_write(&p->dataset, ledger, keys, data, p->staging, err);
    ledger_rollback(ledger);
    if (rc == 0)
        rc = datapackage_write(tree, p->name, p->run, &p->dataset, err);
    if (rc == 0)
        rc = readme_write(tree, p->name, p->run, &p->dataset, err);
    if (rc == 0)
        rc = bag_write(tree, p->name, p->run->started_at, err);
out:
    keys_free(keys);
    mem_free(data);
    return rc;
}

/* Tree and tar.zst in the staging folder, on the disk. */
static int make_archive(
    struct publication *p, const char *tree, struct err *err)
{
    char *path = mem_printf("%s/%s", p->staging, p->archive);
    struct stat st;
    int rc = -1;

    if (archive_pack(tree, p->name, p->run->started_at, path, err) != 0 ||
        output_sha256(path, p->sha256, err) != 0)
        goto out;
    if (stat(path, &st) != 0) {
        err_set_errno(err, ERR_RETRY, "%s", path);
        goto out;
    }
    p->bytes = (uint64_t)st.st_size;
    service_alive();
    rc = output_sync(p->staging, err);
out:
    mem_free(path);
    return rc;
}

static int deliver(
    const struct conf *conf, const struct publication *p, struct err *err)
{
    size_t i;

    for (i = 0; sinks[i]; i++) {
        service_alive();
        if (sinks[i]->deliver(conf, p, err) != 0)
            return err_in(err, "sink %s", sinks[i]->name);
    }
    return 0;
}

static int make_and_deliver(const struct conf *conf, struct ledger *ledger,
    struct publication *p, struct err *err)
{
    char *tree = mem_printf("%s/%s", p->staging, p->name);
    int rc;

    rc = make_tree(conf, ledger, p, tree, err);
    if (rc == 0)
        rc = make_archive(p, tree, err);
    if (rc == 0)
        rc = deliver(conf, p, err);
    dataset_clear(&p->dataset);
    mem_free(tree);
    return rc;
}

/* ---- a run ------------------------------------------------------------ */

static int publish_run(const struct conf *conf, struct ledger *ledger,
    const struct run *run, struct err *err)
{
    char *name = mem_printf("nianbao-%s", run->name);
    char *archive = mem_printf("%s.tar.zst", name);
    char *staging =
        mem_printf("%s/" OUTPUT_TEMPORARY "%s", conf->out_dir, run->name);
    struct publication p = {
        .run = run, .name = name, .staging = staging, .archive = archive
    };
    int rc = output_make_dir(conf->out_dir, err);

    output_remove_temporary(conf->out_dir);
    if (rc == 0)
        rc = make_and_deliver(conf, ledger, &p, err);
    output_remove(staging);
    if (rc == 0)
        rc = ledger_run_finish(
            ledger, run->id, RUN_PUBLISHED, archive, p.sha256, err);
    if (rc == 0)
        log_info("published run=%s archive=%s bytes=%" PRIu64 " sha256=%s",
            run->name, archive, p.bytes, p.sha256);
    mem_free(staging);
    mem_free(archive);
    mem_free(name);
    return rc == 0 ? 0 : err_in(err, "archive of run %s", run->name);
}

/* New documents, or old ones that were read anew. */
static bool brought_news(const struct run_summary *s)
{
    return s->fetched + s->loaded_valid + s->loaded_flagged + s->rejected +
               s->quarantined >
           0;
}

static int finish_run(const struct conf *conf, struct ledger *ledger,
    const struct run *run, struct err *err)
{
    struct run_summary summary;

    if (ledger_run_summary(ledger, run->id, &summary, err) != 0)
        return -1;
    if (!brought_news(&summary)) {
        log_info("empty run=%s", run->name);
        return ledger_run_finish(ledger, run->id, RUN_EMPTY, NULL, NULL, err);
    }
    if (ledger_revisions_seal(ledger, err) != 0)
        return -1;
    return publish_run(conf, ledger, run, err);
}

/* Whether the run waits for nothing but its end. */
static int is_due(
    struct ledger *ledger, const struct run *run, bool *due, struct err *err)
{
    uint64_t open = 0, queued;

    *due = false;
    if (run->state != RUN_CRAWLED)
        return 0;
    if (ledger_job_open_n(ledger, run->id, &open, &queued, err) != 0)
        return -1;
    *due = open == 0;
    return 0;
}

int publish_due(const struct conf *conf, struct ledger *ledger, bool *finished,
    struct err *err)
{
    struct arena arena;
    struct run run;
    bool due;
    int rc;

    *finished = false;
    arena_init(&arena, 0);
    rc = ledger_run_get(ledger, 0, &arena, &run, err);
    if (rc != 0) {
        rc = err->kind == ERR_INPUT ? 0 : -1; /* no run yet */
        goto out;
    }
    rc = is_due(ledger, &run, &due, err);
    if (rc == 0 && due)
        rc = finish_run(conf, ledger, &run, err);
    *finished = rc == 0 &&
                (due || run.state == RUN_PUBLISHED || run.state == RUN_EMPTY);
out:
    arena_clear(&arena);
    return rc;
}
