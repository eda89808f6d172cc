/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_route - which program gets a document, with shell scripts as programs.
 */
#include "transformer/route.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/mem.h"
#include "tests/check.h"

/* A folder of programs, its route, and what became of the last document. */
struct fixture {
    char folder[64];
    struct route *route;
    struct arena arena;
    struct err err;
};

/* A program that gets ready and answers its first document so. */
static void put_program(
    const struct fixture *f, const char *name, const char *answer)
{
    char *path = mem_printf("%s/%s", f->folder, name);
    FILE *to = fopen(path, "w");

    assert_non_null(to);
    fprintf(to, "#!/bin/sh\nprintf '\\001\\000\\000\\000R'\n");
    fprintf(to, "head -c 1 >/dev/null\n");
    fprintf(to, "printf '\\%03o\\000\\000\\000%%s' '%s'\n",
        (unsigned)strlen(answer), answer);
    fprintf(to, "cat >/dev/null\n");
    assert_int_equal(fclose(to), 0);
    assert_int_equal(chmod(path, 0700), 0);
    mem_free(path);
}

static int set_up(void **state)
{
    static const struct cage_limits limits = { 10, 20000,
        (uint64_t)512 * 1024 * 1024 };
    struct fixture *f = mem_alloc(sizeof(*f));

    snprintf(f->folder, sizeof(f->folder), "/tmp/nianbao-route-XXXXXX");
    if (!mkdtemp(f->folder))
        return -1;
    f->route = route_new(f->folder, &limits, &limits, &limits);
    arena_init(&f->arena, 0);
    put_program(f, "nianbao-reader", "Ilight: read");
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    static const char *const names[] = { "nianbao-reader", "nianbao-reader-pdf",
        "nianbao-reader-ocr" };
    struct fixture *f = *state;

    route_free(f->route);
    arena_clear(&f->arena);
    for (size_t i = 0; i < 3; i++) {
        char *path = mem_printf("%s/%s", f->folder, names[i]);

        unlink(path);
        mem_free(path);
    }
    rmdir(f->folder);
    mem_free(f);
    return 0;
}

/* What is said of bytes that no program of the test ever likes. */
static const char *said(struct fixture *f, struct slice in)
{
    const struct cage_hints hints = { .name = { NULL, 0 } };
    struct document doc = { .arena = &f->arena };

    err_clear(&f->err);
    assert_int_equal(
        route_read(f->route, in, &hints, &f->arena, &doc, &f->err), -1);
    assert_int_equal(f->err.kind, ERR_INPUT);
    return f->err.msg;
}

#define PDF SLICE_LIT("%PDF-1.4\n")
#define PNG SLICE_LIT("\x89PNG\r\n\x1a\n")
#define TEXT SLICE_LIT("<p>x</p>")

static void content_decides_which_program_is_asked(void **state)
{
    (void)state;
    assert_int_equal(route_find(PDF), ROUTE_PDF);
    assert_int_equal(route_find(SLICE_LIT("\r\n%PDF-1.4\n")), ROUTE_PDF);
    assert_int_equal(route_find(PNG), ROUTE_OCR);
    assert_int_equal(route_find(SLICE_LIT("\xff\xd8\xff\xe0")), ROUTE_OCR);
    assert_int_equal(route_find(TEXT), ROUTE_LIGHT);
    assert_int_equal(route_find(SLICE_LIT("PK\x03\x04")), ROUTE_LIGHT);
    assert_int_equal(route_find(SLICE_LIT("\x01\x02\x03\x04")), ROUTE_LIGHT);
    assert_int_equal(route_find((struct slice){ NULL, 0 }), ROUTE_LIGHT);
}

static void each_program_answers_for_its_own(void **state)
{
    struct fixture *f = *state;

    put_program(f, "nianbao-reader-pdf", "Ipdf: read");
    put_program(f, "nianbao-reader-ocr", "Iocr: read");
    assert_string_equal(said(f, TEXT), "light: read");
    assert_string_equal(said(f, PDF), "pdf: read");
    assert_string_equal(said(f, PNG), "ocr: read");
}

static void a_program_that_is_not_installed_is_named(void **state)
{
    struct fixture *f = *state;

    assert_string_equal(said(f, PDF),
        "reader.none: PDF needs nianbao-reader-pdf, which this installation "
        "does not have (built with PDF=no)");
    assert_string_equal(said(f, PNG),
        "reader.scan: this is a picture; it needs nianbao-reader-ocr, which "
        "this installation does not have (built with OCR=no)");
    assert_string_equal(said(f, TEXT), "light: read");
}

static void a_program_installed_later_is_found(void **state)
{
    struct fixture *f = *state;

    assert_true(strncmp(said(f, PDF), "reader.none", 11) == 0);
    put_program(f, "nianbao-reader-pdf", "Ipdf: read");
    assert_string_equal(said(f, PDF), "pdf: read");
}

static void a_scan_goes_on_to_recognition(void **state)
{
    struct fixture *f = *state;

    put_program(f, "nianbao-reader-pdf", "Ireader.scan: page 2 is a picture");
    put_program(f, "nianbao-reader-ocr", "Iocr: read");
    assert_string_equal(said(f, PDF), "ocr: read");
}

static void a_scan_that_cannot_go_on_says_so(void **state)
{
    struct fixture *f = *state;

    put_program(f, "nianbao-reader-pdf", "Ireader.scan: page 2 is a picture");
    assert_string_equal(said(f, PDF),
        "reader.scan: page 2 is a picture; it needs nianbao-reader-ocr, which "
        "this installation does not have (built with OCR=no)");
}

static void only_a_scan_goes_on(void **state)
{
    struct fixture *f = *state;

    put_program(f, "nianbao-reader-ocr", "Iocr: read");
    put_program(f, "nianbao-reader-pdf", "Ireader.broken: no pages");
    assert_string_equal(said(f, PDF), "reader.broken: no pages");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(content_decides_which_program_is_asked),
        CASE(each_program_answers_for_its_own),
        CASE(a_program_that_is_not_installed_is_named),
        CASE(a_program_installed_later_is_found),
        CASE(a_scan_goes_on_to_recognition),
        CASE(a_scan_that_cannot_go_on_says_so),
        CASE(only_a_scan_goes_on),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
