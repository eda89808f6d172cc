/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_db_sqlite - statements, values, transactions on the seam.
 */
#include "common/db.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/mem.h"
#include "tests/check.h"

struct place {
    char dir[64];
    char path[80];
    struct db *db;
};

static int setup(void **state)
{
    struct place *p = mem_alloc(sizeof(*p));
    struct err err = { 0 };

    strcpy(p->dir, "/tmp/nianbao-db.XXXXXX");
    assert_non_null(mkdtemp(p->dir));
    snprintf(p->path, sizeof(p->path), "%s/db", p->dir);
    p->db = db_open(p->path, false, &err);
    assert_non_null(p->db);
    assert_int_equal(
        db_exec(
            p->db, "CREATE TABLE t (i INTEGER, s TEXT, b BLOB) STRICT", &err),
        0);
    *state = p;
    return 0;
}

static int teardown(void **state)
{
    struct place *p = *state;

    db_close(p->db);
    unlink(p->path);
    rmdir(p->dir);
    mem_free(p);
    return 0;
}

static const char insert[] = "INSERT INTO t VALUES (?1, ?2, ?3)";
static const char row_n[] = "SELECT count(*) FROM t";

static int add(struct db *db, int64_t i, struct err *err)
{
    struct db_stmt *s = db_stmt(db, insert, err);

    if (!s)
        return -1;
    db_bind_int(s, 1, i);
    return db_run(s, err);
}

static int64_t rows(struct db *db)
{
    struct err err = { 0 };
    struct db_stmt *s = db_stmt(db, row_n, &err);
    int64_t n = -1;

    assert_non_null(s);
    assert_int_equal(db_number(s, &n, &err), 0);
    return n;
}

static void values_come_back_as_they_were(void **state)
{
    struct place *p = *state;
    struct err err = { 0 };
    struct db_stmt *s = db_stmt(p->db, insert, &err);

    assert_non_null(s);
    db_bind_int(s, 1, INT64_MIN);
    db_bind_slice(s, 2, (struct slice){ "a\0b", 3 });
    db_bind_blob(s, 3, "\0\xff", 2);
    assert_int_equal(db_run(s, &err), 0);
    assert_int_equal(db_changes(p->db), 1);
    assert_int_equal(db_last_id(p->db), 1);
    s = db_stmt(p->db, "SELECT i, s, b FROM t", &err);
    assert_non_null(s);
    assert_int_equal(db_step(s, &err), 1);
    assert_true(db_int(s, 0) == INT64_MIN);
    assert_true(slice_eq(db_text(s, 1), (struct slice){ "a\0b", 3 }));
    assert_true(slice_eq(db_blob(s, 2), (struct slice){ "\0\xff", 2 }));
    assert_int_equal(db_step(s, &err), 0);
}

static void null_and_empty_text_differ(void **state)
{
    struct place *p = *state;
    struct err err = { 0 };
    struct db_stmt *s = db_stmt(p->db, "SELECT ?1, ?2, ?3", &err);

    assert_non_null(s);
    db_bind_str(s, 1, NULL);
    db_bind_str(s, 2, "");
    db_bind_slice(s, 3, (struct slice){ NULL, 0 });
    assert_int_equal(db_step(s, &err), 1);
    assert_true(db_is_null(s, 0));
    assert_null(db_str(s, 0));
    assert_false(db_is_null(s, 1));
    assert_string_equal(db_str(s, 1), "");
    assert_true(db_is_null(s, 2));
    db_reset(s);
}

static void statement_is_prepared_once_and_comes_unbound(void **state)
{
    struct place *p = *state;
    struct err err = { 0 };
    struct db_stmt *s = db_stmt(p->db, insert, &err);

    assert_non_null(s);
    db_bind_int(s, 1, 7);
    assert_ptr_equal(db_stmt(p->db, insert, &err), s);
    assert_int_equal(db_run(s, &err), 0);
    s = db_stmt(p->db, "SELECT i FROM t", &err);
    assert_non_null(s);
    assert_int_equal(db_step(s, &err), 1);
    assert_true(db_is_null(s, 0));
    db_reset(s);
}

static void savepoint_is_undone_alone(void **state)
{
    struct place *p = *state;
    struct err err = { 0 };

    assert_int_equal(db_begin(p->db, &err), 0);
    assert_true(db_in_transaction(p->db));
    assert_int_equal(add(p->db, 1, &err), 0);
    assert_int_equal(db_savepoint(p->db, &err), 0);
    assert_int_equal(add(p->db, 2, &err), 0);
    db_undo(p->db);
    assert_int_equal(db_savepoint(p->db, &err), 0);
    assert_int_equal(add(p->db, 3, &err), 0);
    assert_int_equal(db_release(p->db, &err), 0);
    assert_int_equal(db_commit(p->db, &err), 0);
    assert_false(db_in_transaction(p->db));
    assert_int_equal(rows(p->db), 2);
}

static void rollback_outside_of_a_transaction_is_harmless(void **state)
{
    struct place *p = *state;
    struct err err = { 0 };

    db_rollback(p->db);
    assert_int_equal(db_begin(p->db, &err), 0);
    assert_int_equal(add(p->db, 1, &err), 0);
    db_rollback(p->db);
    db_rollback(p->db);
    assert_int_equal(rows(p->db), 0);
}

static void error_names_file_trouble_and_statement(void **state)
{
    struct place *p = *state;
    struct err err = { 0 };

    assert_null(db_stmt(p->db, "SELECT some FROM nowhere", &err));
    assert_int_equal(err.kind, ERR_FATAL);
    assert_non_null(strstr(err.msg, p->path));
    assert_non_null(strstr(err.msg, "no such table: nowhere"));
    assert_non_null(strstr(err.msg, "SELECT some"));
}

static void wrong_type_is_refused(void **state)
{
    struct place *p = *state;
    struct err err = { 0 };

    assert_int_equal(
        db_exec(p->db, "INSERT INTO t (i) VALUES ('x')", &err), -1);
    assert_int_equal(err.kind, ERR_FATAL);
}

static void version_and_integrity_are_told(void **state)
{
    struct place *p = *state;
    struct err err = { 0 };
    const char *text = NULL;
    int64_t n = -1;

    assert_int_equal(db_version(p->db, &n, &err), 0);
    assert_int_equal(n, 0);
    assert_int_equal(db_set_version(p->db, 5, &err), 0);
    assert_int_equal(db_version(p->db, &n, &err), 0);
    assert_int_equal(n, 5);
    assert_int_equal(db_integrity(p->db, &text, &err), 0);
    assert_string_equal(text, "ok");
    assert_int_equal(db_foreign_key_orphans(p->db, &n, &err), 0);
    assert_int_equal(n, 0);
}

static void reader_goes_on_beside_a_writer(void **state)
{
    struct place *p = *state;
    struct err err = { 0 };
    struct db *r = db_open(p->path, true, &err);

    assert_non_null(r);
    assert_int_equal(db_begin(p->db, &err), 0);
    assert_int_equal(add(p->db, 1, &err), 0);
    assert_int_equal(rows(r), 0);
    assert_int_equal(db_commit(p->db, &err), 0);
    assert_int_equal(rows(r), 1);
    assert_int_equal(add(r, 2, &err), -1);
    db_close(r);
}

static void file_that_cannot_be_opened_is_fatal(void **state)
{
    struct err err = { 0 };

    (void)state;
    assert_null(db_open("/nowhere/at/all", false, &err));
    assert_int_equal(err.kind, ERR_FATAL);
    assert_non_null(strstr(err.msg, "/nowhere/at/all"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
        CASE(values_come_back_as_they_were),
        CASE(null_and_empty_text_differ),
        CASE(statement_is_prepared_once_and_comes_unbound),
        CASE(savepoint_is_undone_alone),
        CASE(rollback_outside_of_a_transaction_is_harmless),
        CASE(error_names_file_trouble_and_statement),
        CASE(wrong_type_is_refused),
        CASE(version_and_integrity_are_told),
        CASE(reader_goes_on_beside_a_writer),
        CASE(file_that_cannot_be_opened_is_fatal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
