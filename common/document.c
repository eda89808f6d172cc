/* SPDX-License-Identifier: Apache-2.0 */
/*
 * document - a document tree as bytes, and back.
 *
 * One function a struct names its fields for both directions (codec.h).
 * The decoder is the wall between a caged reader and the rest: it believes
 * no count, no place in a table and no length before it has compared it.
 */
#include "common/document.h"

#include <strings.h>

#include "common/codec.h"
#include "common/limits.h"

static const uint32_t magic = 0x3444424eu; /* "NBD4" */

struct slice document_meta_find(const struct document *doc, const char *name)
{
    size_t len = strlen(name);

    for (uint32_t i = 0; i < doc->meta_n; i++) {
        const struct document_meta *m = &doc->metas[i];

        if (m->name.len == len && strncasecmp(m->name.p, name, len) == 0)
            return m->content;
    }
    return (struct slice){ NULL, 0 };
}

/* The `n` elements of an array that is there (encoding) or is made now. */
static void *array(
    struct codec *c, struct arena *arena, void *there, size_t n, size_t size)
{
    return c->out ? there : arena_alloc_n(arena, n, size);
}

static void cell_fields(struct codec *c, struct document_cell *cell)
{
    uint8_t reading = (uint8_t)cell->reading;

    codec_u32(c, &cell->row);
    codec_u32(c, &cell->col);
    codec_u32(c, &cell->rowspan);
    codec_u32(c, &cell->colspan);
    codec_u32(c, &cell->page);
    if (cell->page)
        for (int i = 0; i < 4; i++)
            codec_f32(c, &cell->box[i]);
    codec_choice(c, &reading, READING_DOUBTFUL);
    cell->reading = (enum cell_reading)reading;
    codec_text(c, &cell->text);
    codec_text(c, &cell->alternatives);
}

/* A cell lies inside its table and after the cell before it. */
static void cell_check(struct codec *c, const struct document_table *t,
    const struct document_cell *cell)
{
    const struct document_cell *before = cell > t->cells ? cell - 1 : NULL;

    if (cell->row >= t->row_n || cell->col >= t->col_n || !cell->rowspan ||
        !cell->colspan || cell->rowspan > t->row_n - cell->row ||
        cell->colspan > t->col_n - cell->col)
        codec_fail(c, "a cell lies outside its table");
    if (before && (cell->row < before->row ||
                      (cell->row == before->row && cell->col <= before->col)))
        codec_fail(c, "cells are out of order");
}

static void table_fields(struct codec *c, struct arena *arena,
    uint32_t *cells_left, struct document_table *t)
{
    codec_u32(c, &t->row_n);
    codec_u32(c, &t->col_n);
    codec_u32(c, &t->depth);
    codec_text(c, &t->caption);
    codec_count(c, &t->cell_n, *cells_left, 29);
    if (t->row_n > LIMIT_TABLE_ROWS || t->col_n > LIMIT_TABLE_COLS)
        codec_fail(c, "a table is too large");
    *cells_left -= t->cell_n;
    t->cells = array(c, arena, t->cells, t->cell_n, sizeof(*t->cells));
    for (uint32_t i = 0; i < t->cell_n && !c->trouble; i++) {
        cell_fields(c, &t->cells[i]);
        cell_check(c, t, &t->cells[i]);
    }
}

static void tables_fields(struct codec *c, struct document *doc)
{
    uint32_t cells_left = LIMIT_CELLS;

    codec_count(c, &doc->table_n, LIMIT_TABLES, 20);
    doc->tables =
        array(c, doc->arena, doc->tables, doc->table_n, sizeof(*doc->tables));
    for (uint32_t i = 0; i < doc->table_n && !c->trouble; i++)
        table_fields(c, doc->arena, &cells_left, &doc->tables[i]);
}

static void block_fields(
    struct codec *c, struct document_block *b, uint32_t table_n)
{
    uint8_t kind = (uint8_t)b->kind;

    codec_choice(c, &kind, BLOCK_TABLE);
    b->kind = kind == BLOCK_TABLE ? BLOCK_TABLE : BLOCK_PARAGRAPH;
    codec_u32(c, &b->heading);
    codec_u32(c, &b->table);
    codec_u32(c, &b->page);
    codec_text(c, &b->text);
    if (b->heading > 6)
        codec_fail(c, "a heading is of no known level");
    if (b->kind == BLOCK_TABLE && b->table >= table_n)
        codec_fail(c, "a block names no table");
}

static void blocks_fields(struct codec *c, struct document *doc)
{
    codec_count(c, &doc->block_n, LIMIT_BLOCKS, 17);
    doc->blocks =
        array(c, doc->arena, doc->blocks, doc->block_n, sizeof(*doc->blocks));
    for (uint32_t i = 0; i < doc->block_n && !c->trouble; i++)
        block_fields(c, &doc->blocks[i], doc->table_n);
}

static void links_fields(struct codec *c, struct document *doc)
{
    codec_count(c, &doc->link_n, LIMIT_LINKS, 16);
    doc->links =
        array(c, doc->arena, doc->links, doc->link_n, sizeof(*doc->links));
    for (uint32_t i = 0; i < doc->link_n && !c->trouble; i++) {
        codec_text(c, &doc->links[i].href);
        codec_text(c, &doc->links[i].text);
        codec_text(c, &doc->links[i].title);
        codec_text(c, &doc->links[i].date);
    }
}

static void metas_fields(struct codec *c, struct document *doc)
{
    codec_count(c, &doc->meta_n, LIMIT_METAS, 8);
    doc->metas =
        array(c, doc->arena, doc->metas, doc->meta_n, sizeof(*doc->metas));
    for (uint32_t i = 0; i < doc->meta_n && !c->trouble; i++) {
        codec_text(c, &doc->metas[i].name);
        codec_text(c, &doc->metas[i].content);
    }
}

static void pictures_fields(struct codec *c, struct document *doc)
{
    codec_count(c, &doc->picture_n, LIMIT_PICTURES, 4);
    doc->pictures = array(
        c, doc->arena, doc->pictures, doc->picture_n, sizeof(*doc->pictures));
    for (uint32_t i = 0; i < doc->picture_n && !c->trouble; i++)
        codec_text(c, &doc->pictures[i].src);
}

static void parts_fields(struct codec *c, struct document *doc)
{
    codec_count(c, &doc->part_n, LIMIT_PARTS, 12);
    doc->parts =
        array(c, doc->arena, doc->parts, doc->part_n, sizeof(*doc->parts));
    for (uint32_t i = 0; i < doc->part_n && !c->trouble; i++) {
        codec_text(c, &doc->parts[i].name);
        codec_text(c, &doc->parts[i].bytes);
        codec_text(c, &doc->parts[i].error);
        if (doc->parts[i].bytes.len > LIMIT_BODY_BYTES)
            codec_fail(c, "a part is too large");
        if (doc->parts[i].name.len > LIMIT_PART_NAME_BYTES)
            codec_fail(c, "a part has too long a name");
    }
    codec_u32(c, &doc->part_next);
}

static void document_fields(struct codec *c, struct document *doc)
{
    uint32_t version = magic;

    codec_u32(c, &version);
    if (version != magic)
        codec_fail(c, "not of this version");
    codec_text(c, &doc->reader);
    codec_text(c, &doc->media_type);
    codec_text(c, &doc->charset);
    codec_text(c, &doc->title);
    codec_text(c, &doc->base);
    codec_u32(c, &doc->replaced_n);
    tables_fields(c, doc);
    blocks_fields(c, doc);
    links_fields(c, doc);
    metas_fields(c, doc);
    pictures_fields(c, doc);
    parts_fields(c, doc);
}

void document_encode(const struct document *doc, struct buf *out)
{
    struct document copy = *doc; /* arrays are shared and only read */
    struct codec c;

    codec_init_encode(&c, out);
    document_fields(&c, &copy);
    if (c.trouble)
        out->failed = true; /* a tree over its limits does not go out */
}

int document_decode(
    struct slice in, struct arena *arena, struct document *doc, struct err *err)
{
    struct codec c;

    *doc = (struct document){ .arena = arena };
    codec_init_decode(&c, in);
    document_fields(&c, doc);
    if (codec_end(&c, "document tree", err) == 0)
        return 0;
    *doc = (struct document){ .arena = arena };
    return -1;
}
