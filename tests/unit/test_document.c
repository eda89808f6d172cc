/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_document - claims about common/document.c
 */
#include "tests/check.h"

#include "common/document.h"
#include "common/limits.h"

/* A document with one of everything. */
struct sample {
    struct document doc;
    struct document_block blocks[3];
    struct document_table tables[1];
    struct document_cell cells[3];
    struct document_link links[1];
    struct document_meta metas[1];
};

static void sample_init(struct sample *s)
{
    *s = (struct sample){
        .blocks = { { .heading = 2, .text = SLICE_LIT("h\nx") },
            { .kind = BLOCK_TABLE, .table = 0, .page = 3 },
            { .text = SLICE_LIT("a\0b") } },
        .cells = { { .rowspan = 2, .colspan = 1, .text = SLICE_LIT("") },
            { .col = 1,
                .rowspan = 1,
                .colspan = 2,
                .page = 3,
                .box = { 1.5f, 2, 3, -4 } },
            { .row = 1,
                .col = 2,
                .rowspan = 1,
                .colspan = 1,
                .reading = READING_DOUBTFUL,
                .text = SLICE_LIT("1"),
                .alternatives = SLICE_LIT("7\n4") } },
        .links = { { .href = SLICE_LIT("x"), .text = SLICE_LIT("y") } },
        .metas = { { SLICE_LIT("PubDate"), SLICE_LIT("2024") } },
    };
    s->tables[0] = (struct document_table){ .row_n = 2,
        .col_n = 3,
        .depth = 1,
        .cell_n = 3,
        .cells = s->cells,
        .caption = SLICE_LIT("c") };
    s->doc = (struct document){ .reader = SLICE_LIT("html"),
        .media_type = SLICE_LIT("text/html"),
        .charset = SLICE_LIT("UTF-8"),
        .title = SLICE_LIT("t"),
        .replaced_n = 7,
        .block_n = 3,
        .blocks = s->blocks,
        .table_n = 1,
        .tables = s->tables,
        .link_n = 1,
        .links = s->links,
        .meta_n = 1,
        .metas = s->metas };
}

static void encode(const struct sample *s, struct buf *out)
{
    buf_init(out, LIMIT_TREE_BYTES);
    document_encode(&s->doc, out);
}

/* The error of decoding what was encoded, or "". */
static const char *decoded(const struct sample *s)
{
    static struct err err;
    struct document doc;
    struct arena arena;
    struct buf b;

    err_clear(&err);
    arena_init(&arena, 0);
    encode(s, &b);
    if (b.failed)
        err_set(&err, ERR_LIMIT, "not encoded");
    else
        document_decode(buf_slice(&b), &arena, &doc, &err);
    buf_clear(&b);
    arena_clear(&arena);
    return err.msg;
}

static void a_tree_comes_back_as_it_was(void **state)
{
    struct sample s;
    struct document doc;
    struct arena arena;
    struct err err;
    struct buf b;

    (void)state;
    sample_init(&s);
    arena_init(&arena, 0);
    encode(&s, &b);
    assert_false(b.failed);
    assert_int_equal(document_decode(buf_slice(&b), &arena, &doc, &err), 0);
    assert_true(slice_eq_str(doc.reader, "html"));
    assert_true(slice_eq_str(doc.media_type, "text/html"));
    assert_true(slice_eq_str(doc.charset, "UTF-8"));
    assert_true(slice_eq_str(doc.title, "t"));
    assert_null(doc.base.p);
    assert_int_equal(doc.replaced_n, 7);
    assert_int_equal(doc.block_n, 3);
    assert_int_equal(doc.blocks[0].heading, 2);
    assert_int_equal(doc.blocks[1].kind, BLOCK_TABLE);
    assert_int_equal(doc.blocks[1].page, 3);
    assert_true(slice_eq(doc.blocks[2].text, SLICE_LIT("a\0b")));
    assert_int_equal(doc.table_n, 1);
    assert_int_equal(doc.tables[0].depth, 1);
    assert_true(slice_eq_str(doc.tables[0].caption, "c"));
    assert_int_equal(doc.tables[0].cell_n, 3);
    assert_non_null(doc.tables[0].cells[0].text.p);
    assert_int_equal(doc.tables[0].cells[1].colspan, 2);
    assert_true(doc.tables[0].cells[1].box[3] == -4);
    assert_int_equal(doc.tables[0].cells[1].reading, READING_TEXT);
    assert_int_equal(doc.tables[0].cells[2].reading, READING_DOUBTFUL);
    assert_true(slice_eq_str(doc.tables[0].cells[2].alternatives, "7\n4"));
    assert_true(slice_eq_str(doc.links[0].href, "x"));
    assert_null(doc.links[0].date.p);
    assert_true(slice_eq_str(document_meta_find(&doc, "PUBDATE"), "2024"));
    buf_clear(&b);
    arena_clear(&arena);
}

static void every_cut_and_every_addition_is_refused(void **state)
{
    struct sample s;
    struct arena arena;
    struct err err;
    struct buf b;

    (void)state;
    sample_init(&s);
    arena_init(&arena, 0);
    encode(&s, &b);
    buf_add_char(&b, 'x');
    for (size_t len = 0; len <= b.len; len++) {
        struct document doc;
        struct slice in = { b.p, len };

        if (len == b.len - 1)
            continue;
        assert_int_equal(document_decode(in, &arena, &doc, &err), -1);
        assert_int_equal(err.kind, ERR_INPUT);
        assert_int_equal(doc.block_n, 0);
        arena_reset(&arena);
    }
    buf_clear(&b);
    arena_clear(&arena);
}

static void no_changed_byte_breaks_the_decoder(void **state)
{
    struct sample s;
    struct arena arena;
    struct err err;
    struct buf b;

    (void)state;
    sample_init(&s);
    arena_init(&arena, 0);
    encode(&s, &b);
    for (size_t i = 0; i < b.len; i++) {
        char was = b.p[i];

        for (int bit = 0; bit < 8; bit++) {
            struct document doc;

            b.p[i] = (char)(was ^ (1 << bit));
            document_decode(buf_slice(&b), &arena, &doc, &err);
            for (uint32_t k = 0; k < doc.table_n; k++)
                assert_true(doc.tables[k].row_n <= LIMIT_TABLE_ROWS);
            arena_reset(&arena);
        }
        b.p[i] = was;
    }
    buf_clear(&b);
    arena_clear(&arena);
}

static void cells_outside_of_their_table_are_refused(void **state)
{
    struct sample s;

    (void)state;
    sample_init(&s);
    assert_string_equal(decoded(&s), "");
    s.cells[2].col = 3;
    assert_string_not_equal(decoded(&s), "");
    sample_init(&s);
    s.cells[1].colspan = 3;
    assert_string_not_equal(decoded(&s), "");
    sample_init(&s);
    s.cells[1].colspan = UINT32_MAX;
    assert_string_not_equal(decoded(&s), "");
    sample_init(&s);
    s.cells[0].rowspan = 0;
    assert_string_not_equal(decoded(&s), "");
    sample_init(&s);
    s.cells[2].row = 0;
    s.cells[2].col = 1;
    assert_string_not_equal(decoded(&s), "");
}

static void blocks_name_tables_that_are_there(void **state)
{
    struct sample s;

    (void)state;
    sample_init(&s);
    s.blocks[1].table = 1;
    assert_string_not_equal(decoded(&s), "");
    sample_init(&s);
    s.blocks[0].heading = 7;
    assert_string_not_equal(decoded(&s), "");
}

static void a_tree_over_its_limits_is_not_encoded(void **state)
{
    struct sample s;

    (void)state;
    sample_init(&s);
    s.tables[0].row_n = LIMIT_TABLE_ROWS + 1;
    assert_string_equal(decoded(&s), "not encoded");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tree_comes_back_as_it_was),
        cmocka_unit_test(every_cut_and_every_addition_is_refused),
        cmocka_unit_test(no_changed_byte_breaks_the_decoder),
        cmocka_unit_test(cells_outside_of_their_table_are_refused),
        cmocka_unit_test(blocks_name_tables_that_are_there),
        cmocka_unit_test(a_tree_over_its_limits_is_not_encoded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
