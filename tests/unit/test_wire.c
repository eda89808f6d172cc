/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_wire - claims about common/wire.c
 */
#include "tests/check.h"

#include <stdlib.h>

#include "common/mem.h"
#include "common/wire.h"

/* One message of each type, every field of it set. */
static const struct wire_message samples[] = {
    { .type = WIRE_READY, .credit = 4 },
    { .type = WIRE_HEARTBEAT },
    { .type = WIRE_DONE, .job = INT64_C(1) << 40, .attempt = 3 },
    { .type = WIRE_FAILED,
        .job = 7,
        .attempt = 2,
        .kind = ERR_LIMIT,
        .reason = { "reader.cpu: 20 s", 16 } },
    { .type = WIRE_JOB,
        .job = 8,
        .attempt = 1,
        .sha256 = { "00ff", 4 },
        .url = { "http://a/", 9 },
        .media_type = { "text/html", 9 },
        .charset = { NULL, 0 },
        .title = { "", 0 },
        .list_date = { "2022-01-30", 10 },
        .organization = { "o", 1 },
        .region = { "110105", 6 },
        .body = { "<p>\0</p>", 8 } },
    { .type = WIRE_PING },
    { .type = WIRE_RECORD,
        .job = -1,
        .attempt = UINT32_MAX,
        .record = { "record", 6 } },
    { .type = WIRE_ACK, .job = 9, .attempt = 1 },
    { .type = WIRE_NACK,
        .job = 9,
        .attempt = 1,
        .kind = ERR_RETRY,
        .reason = { "stale: lease", 12 } },
};
static const size_t sample_n = sizeof(samples) / sizeof(*samples);

static void assert_text(struct slice got, struct slice want)
{
    assert_true(slice_eq(got, want));
    assert_int_equal(got.p == NULL, want.p == NULL);
}

static void every_message_comes_back_as_it_was(void **state)
{
    struct wire_message m;
    struct err err;
    struct buf b;

    (void)state;
    buf_init(&b, 4096);
    for (size_t i = 0; i < sample_n; i++) {
        const struct wire_message *s = &samples[i];

        buf_reset(&b);
        wire_encode(s, &b);
        assert_int_equal(wire_decode(buf_slice(&b), &m, &err), 0);
        assert_int_equal(m.type, s->type);
        assert_true(m.job == s->job);
        assert_int_equal(m.attempt, s->attempt);
        assert_int_equal(m.credit, s->credit);
        assert_int_equal(m.kind, s->kind);
        assert_text(m.reason, s->reason);
        assert_text(m.sha256, s->sha256);
        assert_text(m.url, s->url);
        assert_text(m.media_type, s->media_type);
        assert_text(m.charset, s->charset);
        assert_text(m.title, s->title);
        assert_text(m.list_date, s->list_date);
        assert_text(m.organization, s->organization);
        assert_text(m.region, s->region);
        assert_text(m.body, s->body);
        assert_text(m.record, s->record);
    }
    buf_clear(&b);
}

static void a_message_cut_anywhere_is_refused(void **state)
{
    struct wire_message m;
    struct err err;
    struct buf b;

    (void)state;
    buf_init(&b, 4096);
    for (size_t i = 0; i < sample_n; i++) {
        buf_reset(&b);
        wire_encode(&samples[i], &b);
        for (size_t len = 0; len < b.len; len++) {
            /* a copy of its own, so that ASan sees a step too far */
            char *cut = mem_strndup(b.p, len);
            struct slice in = { mem_realloc_n(cut, len, 1), len };

            assert_int_equal(wire_decode(in, &m, &err), -1);
            assert_int_equal(err.kind, ERR_INPUT);
            free((void *)(uintptr_t)in.p);
        }
    }
    buf_clear(&b);
}

static void a_message_with_more_bytes_is_refused(void **state)
{
    struct wire_message m;
    struct err err;
    struct buf b;

    (void)state;
    buf_init(&b, 4096);
    for (size_t i = 0; i < sample_n; i++) {
        buf_reset(&b);
        wire_encode(&samples[i], &b);
        buf_add_char(&b, 0);
        assert_int_equal(wire_decode(buf_slice(&b), &m, &err), -1);
    }
    buf_clear(&b);
}

static void another_version_or_type_is_refused(void **state)
{
    struct wire_message m;
    struct err err;

    (void)state;
    assert_int_equal(wire_decode(SLICE_LIT("\2\2"), &m, &err), -1);
    assert_int_equal(wire_decode(SLICE_LIT("\1\0"), &m, &err), -1);
    assert_int_equal(wire_decode(SLICE_LIT("\1\12"), &m, &err), -1);
    assert_int_equal(wire_decode(SLICE_LIT("\1\2"), &m, &err), 0);
}

static void random_bytes_never_crash(void **state)
{
    struct wire_message m;
    struct err err;
    unsigned seed = 1;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        size_t len = (size_t)rand_r(&seed) % 64;
        char *p = mem_alloc_n(len, 1);

        for (size_t i = 0; i < len; i++)
            p[i] = (char)(rand_r(&seed) % (i < 2 ? 12 : 256));
        (void)wire_decode((struct slice){ p, len }, &m, &err);
        mem_free(p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_message_comes_back_as_it_was),
        cmocka_unit_test(a_message_cut_anywhere_is_refused),
        cmocka_unit_test(a_message_with_more_bytes_is_refused),
        cmocka_unit_test(another_version_or_type_is_refused),
        cmocka_unit_test(random_bytes_never_crash),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
