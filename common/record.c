/* SPDX-License-Identifier: Apache-2.0 */
/*
 * record - all that one document says, ready for the ledger.
 *
 * Every *_fields function names the fields of its struct in order and
 * serves both directions (common/codec.h).
 */
#include "common/record.h"

#include "common/codec.h"
#include "common/limits.h"

#define RECORD_VERSION 1

/* Encoded size of an element all of whose texts are null. */
enum {
    TEXT_BYTES = 4,
    CELL_BYTES = 9 * TEXT_BYTES + 2 + 8 * 4,
    CHECK_BYTES = 9 * TEXT_BYTES + 2,
    SECTION_BYTES = 2 * TEXT_BYTES + 4,
};

const char *cell_state_name(enum cell_state s)
{
    switch (s) {
    case CELL_READ:
        return "read";
    case CELL_BLANK:
        return "blank";
    case CELL_DASH:
        return "dash";
    case CELL_ANNOTATED:
        return "annotated";
    case CELL_UNREADABLE:
        return "unreadable";
    case CELL_MISSING:
        return "missing";
    }
    return "unknown";
}

const char *cell_reading_name(enum cell_reading r)
{
    switch (r) {
    case READING_TEXT:
        return "text";
    case READING_RECOGNIZED:
        return "recognized";
    case READING_DOUBTFUL:
        return "doubtful";
    }
    return "unknown";
}

struct slice cell_reading_text(const struct cell_source *s)
{
    return slice_str(s->col < 0 ? NULL : cell_reading_name(s->reading));
}

const char *check_status_name(enum check_status s)
{
    switch (s) {
    case CHECK_PASS:
        return "pass";
    case CHECK_FAIL:
        return "fail";
    case CHECK_NOT_EVALUABLE:
        return "not_evaluable";
    }
    return "unknown";
}

const char *check_severity_name(enum check_severity s)
{
    switch (s) {
    case SEVERITY_ERROR:
        return "error";
    case SEVERITY_WARNING:
        return "warning";
    }
    return "unknown";
}

const char *report_status_name(enum report_status s)
{
    switch (s) {
    case REPORT_VALID:
        return "valid";
    case REPORT_FLAGGED:
        return "flagged";
    case REPORT_UNRECOGNIZED:
        return "unrecognized";
    }
    return "unknown";
}

static void cell_fields(struct codec *c, struct cell *cell)
{
    uint8_t state = (uint8_t)cell->state;
    uint8_t reading = (uint8_t)cell->source.reading;

    codec_text(c, &cell->table);
    codec_text(c, &cell->row);
    codec_text(c, &cell->column);
    codec_text(c, &cell->value);
    codec_text(c, &cell->raw);
    codec_choice(c, &state, CELL_MISSING);
    cell->state = (enum cell_state)state;
    codec_text(c, &cell->unit);
    codec_text(c, &cell->value_cny);
    codec_text(c, &cell->proposed);
    codec_text(c, &cell->evidence);
    codec_i32(c, &cell->source.table);
    codec_i32(c, &cell->source.row);
    codec_i32(c, &cell->source.col);
    codec_u32(c, &cell->source.page);
    for (int i = 0; i < 4; i++)
        codec_f32(c, &cell->source.box[i]);
    codec_choice(c, &reading, READING_DOUBTFUL);
    cell->source.reading = (enum cell_reading)reading;
}

static void check_fields(struct codec *c, struct check *check)
{
    uint8_t severity = (uint8_t)check->severity;
    uint8_t status = (uint8_t)check->status;

    codec_text(c, &check->rule);
    codec_text(c, &check->form);
    codec_text(c, &check->source);
    codec_choice(c, &severity, SEVERITY_WARNING);
    check->severity = (enum check_severity)severity;
    codec_choice(c, &status, CHECK_NOT_EVALUABLE);
    check->status = (enum check_status)status;
    codec_text(c, &check->left);
    codec_text(c, &check->right);
    codec_text(c, &check->difference);
    codec_text(c, &check->left_cells);
    codec_text(c, &check->right_cells);
    codec_text(c, &check->message);
}

static void section_fields(struct codec *c, struct section *section)
{
    codec_u32(c, &section->number);
    codec_text(c, &section->heading);
    codec_text(c, &section->text);
}

static void head_fields(struct codec *c, struct record *rec)
{
    uint8_t version = RECORD_VERSION;
    uint8_t status = (uint8_t)rec->status;

    codec_u8(c, &version);
    if (version != RECORD_VERSION)
        codec_fail(c, "another version of the record");
    codec_text(c, &rec->sha256);
    codec_text(c, &rec->media_type);
    codec_text(c, &rec->charset);
    codec_text(c, &rec->reader);
    codec_text(c, &rec->title);
    codec_text(c, &rec->organization);
    codec_u32(c, &rec->year);
    codec_text(c, &rec->published);
    codec_text(c, &rec->form_proactive);
    codec_text(c, &rec->form_requests);
    codec_text(c, &rec->form_review);
    codec_text(c, &rec->form_statistics);
    codec_choice(c, &status, REPORT_UNRECOGNIZED);
    rec->status = (enum report_status)status;
}

/* `arena` is NULL when encoding: the arrays are there already. */
static void body_fields(
    struct codec *c, struct arena *arena, struct record *rec)
{
    codec_count(c, &rec->reason_n, LIMIT_RECORD_REASONS, TEXT_BYTES);
    if (arena)
        rec->reasons =
            arena_alloc_n(arena, rec->reason_n, sizeof(*rec->reasons));
    for (uint32_t i = 0; i < rec->reason_n; i++)
        codec_text(c, &rec->reasons[i]);

    codec_count(c, &rec->cell_n, LIMIT_RECORD_CELLS, CELL_BYTES);
    if (arena)
        rec->cells = arena_alloc_n(arena, rec->cell_n, sizeof(*rec->cells));
    for (uint32_t i = 0; i < rec->cell_n; i++)
        cell_fields(c, &rec->cells[i]);

    codec_count(c, &rec->check_n, LIMIT_RECORD_CHECKS, CHECK_BYTES);
    if (arena)
        rec->checks = arena_alloc_n(arena, rec->check_n, sizeof(*rec->checks));
    for (uint32_t i = 0; i < rec->check_n; i++)
        check_fields(c, &rec->checks[i]);

    codec_count(c, &rec->section_n, LIMIT_RECORD_SECTIONS, SECTION_BYTES);
    if (arena)
        rec->sections =
            arena_alloc_n(arena, rec->section_n, sizeof(*rec->sections));
    for (uint32_t i = 0; i < rec->section_n; i++)
        section_fields(c, &rec->sections[i]);
}

void record_encode(const struct record *rec, struct buf *out)
{
    struct record copy = *rec;
    struct codec c;

    codec_init_encode(&c, out);
    head_fields(&c, &copy);
    body_fields(&c, NULL, &copy);
    if (c.trouble)
        out->failed = true;
}

int record_decode(
    struct slice in, struct arena *arena, struct record *rec, struct err *err)
{
    struct codec c;

    *rec = (struct record){ .arena = arena };
    codec_init_decode(&c, in);
    head_fields(&c, rec);
    body_fields(&c, arena, rec);
    return codec_end(&c, "record", err);
}
