/* SPDX-License-Identifier: Apache-2.0 */
/*
 * summary - what a run brought, for people and for programs.
 */
#include "cli/summary.h"

#include <inttypes.h>
#include <jansson.h>

#include "common/log.h"
#include "common/mem.h"

/* The note explains a number; 0 needs none. */
static void line(FILE *out, const char *name, uint64_t n, const char *note)
{
    if (n == 0)
        note = "";
    fprintf(
        out, "  %-13s %6" PRIu64 "%s%s\n", name, n, *note ? "   " : "", note);
}

static void line_unless_zero(
    FILE *out, const char *name, uint64_t n, const char *note)
{
    if (n > 0)
        line(out, name, n, note);
}

void summary_text(FILE *out, const struct run *run,
    const struct run_summary *sum, const char *out_dir)
{
    fprintf(out, "Run %s: %s\n\n", run->name, run_state_name(run->state));
    line(out, "requests", sum->requests, "");
    line(out, "not modified", sum->not_modified, "answered 304");
    line_unless_zero(
        out, "not fetched", sum->urls_failed, "no answer, or robots.txt");
    line(out, "fetched", sum->fetched, "new documents");
    line(out, "duplicates", sum->duplicates, "same bytes as an earlier one");
    line_unless_zero(
        out, "unpacked", sum->unpacked, "zip or rar; what is in them counts");
    line(out, "valid", sum->loaded_valid, "every number proved");
    line(out, "flagged", sum->loaded_flagged,
        "something is missing, unreadable or does not add up");
    line_unless_zero(
        out, "renderings", sum->renderings, "other documents of these reports");
    line(out, "rejected", sum->rejected, "no annual report");
    line(out, "quarantined", sum->quarantined, "see: nianbao quarantine list");
    line_unless_zero(out, "open", sum->open, "not yet read");
    if (run->archive)
        fprintf(out, "\nArchive: %s/%s\n", out_dir, run->archive);
    else if (run->state == RUN_EMPTY)
        fputs("\nNothing new, so nothing was published.\n", out);
}

static void put_n(json_t *object, const char *key, uint64_t n)
{
    if (json_object_set_new(object, key, json_integer((json_int_t)n)) != 0)
        fatal("out of memory: summary");
}

static void put_text(json_t *object, const char *key, const char *text)
{
    json_t *value = text ? json_string(text) : json_null();

    if (!value || json_object_set_new(object, key, value) != 0)
        fatal("out of memory, or \"%s\" is not UTF-8", key);
}

void summary_json(FILE *out, const struct run *run,
    const struct run_summary *sum, const char *out_dir)
{
    json_t *object = json_object();
    char *archive =
        run->archive ? mem_printf("%s/%s", out_dir, run->archive) : NULL;

    put_text(object, "run", run->name);
    put_text(object, "state", run_state_name(run->state));
    put_n(object, "urls", sum->urls_total);
    put_n(object, "urls_failed", sum->urls_failed);
    put_n(object, "requests", sum->requests);
    put_n(object, "not_modified", sum->not_modified);
    put_n(object, "fetched", sum->fetched);
    put_n(object, "duplicates", sum->duplicates);
    put_n(object, "unpacked", sum->unpacked);
    put_n(object, "valid", sum->loaded_valid);
    put_n(object, "flagged", sum->loaded_flagged);
    put_n(object, "renderings", sum->renderings);
    put_n(object, "rejected", sum->rejected);
    put_n(object, "quarantined", sum->quarantined);
    put_n(object, "open", sum->open);
    put_text(object, "archive", archive);
    json_dumpf(object, out, JSON_COMPACT);
    fputc('\n', out);
    json_decref(object);
    mem_free(archive);
}
