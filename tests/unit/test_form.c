/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_form - the forms as shipped, and files that must be refused.
 */
#include "tests/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/mem.h"
#include "transformer/form.h"
#include "transformer/label.h"

#define FORMS "conf/forms"

static char dir[] = "/tmp/nianbao-test_form-XXXXXX";

/* A file of conf/forms into the temporary folder with one text replaced. */
static void copy(
    const char *name, const char *as, const char *from, const char *to)
{
    char *source = mem_printf("%s/%s", FORMS, name);
    char *path = mem_printf("%s/%s", dir, as);
    FILE *in = fopen(source, "re");
    FILE *out = fopen(path, "we");
    char *text = mem_alloc(65536);
    size_t n;
    char *at;

    assert_non_null(in);
    assert_non_null(out);
    n = fread(text, 1, 65535, in);
    text[n] = '\0';
    at = strstr(text, from);
    assert_non_null(at);
    fwrite(text, 1, (size_t)(at - text), out);
    fputs(to, out);
    fputs(at + strlen(from), out);
    fclose(in);
    fclose(out);
    mem_free(text);
    mem_free(path);
    mem_free(source);
}

static void change(const char *from, const char *to)
{
    copy("2021.yaml", "x.yaml", from, to);
}

static void refused(const char *from, const char *to, const char *words)
{
    struct err err = { .kind = ERR_NONE };

    change(from, to);
    assert_null(forms_read(dir, &err));
    assert_int_equal(err.kind, ERR_FATAL);
    assert_non_null(strstr(err.msg, "x.yaml:"));
    if (!strstr(err.msg, words))
        fail_msg("'%s' not in: %s", words, err.msg);
}

static void shipped_forms_are_read(void **state)
{
    struct err err = { .kind = ERR_NONE };
    struct forms *f = forms_read(FORMS, &err);
    const struct form *one;

    (void)state;
    if (!f)
        fail_msg("%s", err.msg);
    assert_int_equal(f->form_n, 2);
    one = forms_find(f, "2019");
    assert_non_null(one);
    assert_int_equal(one->year_to, 2020);
    assert_int_equal(form_table_find(one, "proactive")->blocks_count, 5);
    assert_true(
        form_table_find(one, "proactive")->blocks[1].columns[1].negative);
    assert_non_null(f->statistics);
    assert_ptr_equal(forms_find(f, "2014"), f->statistics);
    assert_string_equal(
        form_indicator_find(f->statistics, "by_fax")->parent, "received");
    assert_null(forms_find(f, "2008"));
    forms_free(f);
}

/* What is wrong with the form of indicators, beside one with tables. */
static void refused_indicators(
    const char *from, const char *to, const char *words)
{
    struct err err = { .kind = ERR_NONE };
    char *beside = mem_printf("%s/y.yaml", dir);

    copy("2021.yaml", "y.yaml", "2021", "2021");
    copy("2014.yaml", "x.yaml", from, to);
    assert_null(forms_read(dir, &err));
    assert_non_null(strstr(err.msg, "x.yaml:"));
    if (!strstr(err.msg, words))
        fail_msg("'%s' not in: %s", words, err.msg);
    unlink(beside);
    mem_free(beside);
}

static void indicators_are_checked(void **state)
{
    struct err err = { .kind = ERR_NONE };

    (void)state;
    refused_indicators("    parent: disclosed\n", "    parent: fish\n",
        "its parent 'fish' is no indicator");
    refused_indicators("same_as: requests.new.total",
        "same_as: requests.new.fish", "which no form has");
    refused_indicators(
        "left: [received]", "left: [fish]", "'fish' is no indicator");
    refused_indicators("each: column", "each: row", "each column");
    copy("2014.yaml", "x.yaml", "2014", "2014");
    assert_null(forms_read(dir, &err));
    assert_non_null(strstr(err.msg, "no other file of this folder"));
}

static void requests_have_the_rows_of_their_generation(void **state)
{
    struct err err = { .kind = ERR_NONE };
    struct forms *f = forms_read(FORMS, &err);

    (void)state;
    assert_non_null(f);
    assert_int_equal(labels_view(f->labels, 0, KIND_REQUESTS)->item_n, 23);
    assert_int_equal(labels_view(f->labels, 1, KIND_REQUESTS)->item_n, 25);
    assert_int_equal(labels_view(f->labels, 0, KIND_PROACTIVE)->item_n, 10);
    assert_int_equal(labels_view(f->labels, 1, KIND_PROACTIVE)->item_n, 6);
    forms_free(f);
}

static bool finds(const struct forms *f, const char *text, enum label_role role,
    const char *key)
{
    struct norm_room room;
    struct norm n;
    const struct label *l;

    if (!norm_make(slice_str(text), &room, &n))
        return false;
    for (l = labels_find(f->labels, &n); l; l = l->next) {
        const struct form_view *v = labels_view(f->labels, l->form, l->kind);

        if (l->role == role && role == LABEL_ROW &&
            strcmp(v->items[l->index].row->key, key) == 0)
            return true;
        if (l->role == role && role == LABEL_COLUMN &&
            strcmp(v->table->blocks[l->block].columns[l->index].key, key) == 0)
            return true;
    }
    return false;
}

static void labels_are_found_however_they_are_punctuated(void **state)
{
    struct err err = { .kind = ERR_NONE };
    struct forms *f = forms_read(FORMS, &err);

    (void)state;
    assert_non_null(f);
    assert_true(finds(f, "1、属于国家秘密", LABEL_ROW, "denied_state_secret"));
    assert_true(finds(
        f, "(三) 不予公开 1.属于国家秘密", LABEL_ROW, "denied_state_secret"));
    assert_true(finds(f, "（二）部分公开", LABEL_ROW, "partial"));
    assert_true(finds(f, "(二)部分公开(区分处理的, 只计这一情形, 不计其他情形)",
        LABEL_ROW, "partial"));
    assert_true(finds(f, "商业\n企业", LABEL_COLUMN, "business"));
    assert_true(finds(f, "其他", LABEL_COLUMN, "other_org"));
    assert_true(finds(f, "3.其他", LABEL_ROW, "other_misc"));
    assert_true(finds(f, "采购总金额(单位:元)", LABEL_COLUMN, "amount"));
    assert_false(finds(f, "行政许", LABEL_ROW, "licensing"));
    forms_free(f);
}

static void mistakes_are_refused_with_line_and_remedy(void **state)
{
    (void)state;
    refused("layout: matrix", "layout: martix", "martix");
    refused("english: \"total\"", "englisch: \"total\"", "englisch");
    refused("- key: new\n", "- key: New\n", "lower-case");
    refused("- key: business", "- key: natural_person", "stands twice");
    refused("- key: carried_over", "- key: new", "stands twice");
    refused("- key: review", "- key: revue", "use proactive");
    refused("left: [new, carried_over]", "left: [new, carried_ovr]",
        "'carried_ovr' is no row");
    refused("[upheld, corrected,", "[upheld, corected,", "is no column");
    refused("id: requests.row", "id: requests.results", "stands twice");
    refused("right: [total, carried_forward]\n", "\n", "lacks 'right'");
    refused("limit: \"100000000000\"", "limit: \"many\"", "is no limit");
    refused("year_to: 9999", "year_to: 1999", "are no years");
}

static void an_error_names_the_line(void **state)
{
    struct err err = { .kind = ERR_NONE };

    (void)state;
    change("layout: matrix", "layout: martix");
    assert_null(forms_read(dir, &err));
    assert_null(strstr(err.msg, "x.yaml:1:"));
    assert_non_null(strstr(err.msg, "layout"));
}

static void an_empty_folder_is_refused(void **state)
{
    struct err err = { .kind = ERR_NONE };
    char *path = mem_printf("%s/x.yaml", dir);

    (void)state;
    unlink(path);
    mem_free(path);
    assert_null(forms_read(dir, &err));
    assert_non_null(strstr(err.msg, "*.yaml"));
    assert_null(forms_read("/nowhere", &err));
}

static int make_dir(void **state)
{
    (void)state;
    return mkdtemp(dir) ? 0 : -1;
}

static int remove_dir(void **state)
{
    char *path = mem_printf("%s/x.yaml", dir);

    (void)state;
    unlink(path);
    mem_free(path);
    return rmdir(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shipped_forms_are_read),
        cmocka_unit_test(requests_have_the_rows_of_their_generation),
        cmocka_unit_test(labels_are_found_however_they_are_punctuated),
        cmocka_unit_test(mistakes_are_refused_with_line_and_remedy),
        cmocka_unit_test(an_error_names_the_line),
        cmocka_unit_test(indicators_are_checked),
        cmocka_unit_test(an_empty_folder_is_refused),
    };

    return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
