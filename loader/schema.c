/* SPDX-License-Identifier: Apache-2.0 */
/*
 * schema - the archive's tables: names, types, words for people.
 *
 * The columns are those of ledger_export in the same order; a publication
 * compares both and refuses to go on when they differ.
 */
#include "loader/schema.h"

#include <assert.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* ---- columns that several tables have --------------------------------- */

#define REPORT_ID                                                              \
    {                                                                          \
        "report_id", FIELD_TEXT, true, "Report", "报告编号",                   \
            "Region, organization and year; the same in every archive", NULL   \
    }
#define REVISION                                                               \
    {                                                                          \
        "revision", FIELD_INTEGER, true, "Revision", "版本",                   \
            "1 for the first content seen, then 2 and so on", NULL             \
    }
#define RUN                                                                    \
    {                                                                          \
        "run", FIELD_TEXT, true, "Run", "采集批次",                            \
            "Name of the run that brought this row", NULL                      \
    }

static const struct field documents[] = {
    { "url", FIELD_TEXT, true, "Address", "网址", "Address as found", NULL },
    { "final_url", FIELD_TEXT, false, "Final address", "最终网址",
        "Address after redirects", NULL },
    { "fetched_at", FIELD_TIME, true, "Fetched", "采集时间",
        "When this content was first fetched from there, UTC", NULL },
    { "http_status", FIELD_INTEGER, true, "HTTP status", "HTTP状态码",
        "Status of that answer", NULL },
    { "etag", FIELD_TEXT, false, "ETag", "ETag", "Header as received", NULL },
    { "last_modified", FIELD_TEXT, false, "Last-Modified", "Last-Modified",
        "Header as received", NULL },
    { "sha256", FIELD_TEXT, true, "SHA-256", "SHA-256",
        "Digest of the bytes fetched, hexadecimal", NULL },
    { "media_type", FIELD_TEXT, false, "Media type", "媒体类型",
        "Content-Type as received, without parameters", NULL },
    { "size", FIELD_BIGINT, true, "Size", "字节数", "Bytes of the body", NULL },
    { "source", FIELD_TEXT, true, "Source", "来源", "Name of the portal",
        NULL },
    RUN,
    { "title", FIELD_TEXT, false, "Link title", "链接标题",
        "Title of the link that led to it", NULL },
    { "list_date", FIELD_TEXT, false, "List date", "列表日期",
        "Date beside that link, YYYY-MM-DD", NULL },
    { "state", FIELD_TEXT, true, "State", "处理状态",
        "What became of it: loaded (see reports), rejected (no such report), "
        "quarantined (cannot be read), duplicate (same bytes as another), "
        "unpacked (a zip or rar file, whose parts have rows of their own), "
        "rendering (of a report that another document is preferred for)",
        "loaded|rejected|quarantined|duplicate|unpacked|rendering|open" },
    { "reason", FIELD_TEXT, false, "Reason", "原因",
        "Why it was not loaded: a stable code, a colon, words", NULL },
    { "container", FIELD_TEXT, false, "Container", "所在压缩包",
        "Address of the zip or rar file that it was unpacked from", NULL },
    { "inner_path", FIELD_TEXT, false, "Inner path", "包内路径",
        "Its path in that file", NULL },
    { "report_id", FIELD_TEXT, false, "Report", "报告编号",
        "Report that it is, or is a rendering of", NULL },
    { "revision", FIELD_INTEGER, false, "Revision", "版本",
        "Revision of that report", NULL },
};

static const struct field reports[] = {
    REPORT_ID,
    REVISION,
    { "superseded_by", FIELD_INTEGER, false, "Superseded by", "被替代版本",
        "Revision that replaced this one; null for the current one", NULL },
    RUN,
    { "source", FIELD_TEXT, true, "Source", "来源", "Name of the portal",
        NULL },
    { "region", FIELD_TEXT, false, "Region", "行政区划代码",
        "Region code as in GB/T 2260", NULL },
    { "organization", FIELD_TEXT, false, "Organization", "机构名称",
        "Public body that reports", NULL },
    { "year", FIELD_INTEGER, false, "Year", "报告年度",
        "Year that the report is on", NULL },
    { "form_proactive", FIELD_TEXT, false, "Form of section 2",
        "主动公开表格版本", "Generation of the table found", NULL },
    { "form_requests", FIELD_TEXT, false, "Form of section 3",
        "依申请公开表格版本", "Generation of the table found", NULL },
    { "form_review", FIELD_TEXT, false, "Form of section 4", "复议诉讼表格版本",
        "Generation of the table found", NULL },
    { "form_statistics", FIELD_TEXT, false, "Form of the statistics table",
        "统计表版本", "Of reports on 2018 and earlier", NULL },
    { "title", FIELD_TEXT, false, "Title", "标题", "Title as printed", NULL },
    { "published", FIELD_DATE, false, "Published", "发布日期",
        "Day of publication as far as it is known", NULL },
    { "status", FIELD_TEXT, true, "Status", "校验状态",
        "valid: every cell read or proven, every error-level check passed; "
        "flagged: see reasons",
        "valid|flagged" },
    { "reasons", FIELD_TEXT, false, "Reasons", "存疑原因",
        "Why it is flagged: codes with words, joined by \"; \"", NULL },
    { "url", FIELD_TEXT, true, "Address", "网址", "Of its document", NULL },
    { "document_sha256", FIELD_TEXT, true, "Document", "文件SHA-256",
        "Digest of its document", NULL },
};

static const struct field cells[] = {
    REPORT_ID,
    REVISION,
    { "table", FIELD_TEXT, true, "Table", "表", "Key of the table", NULL },
    { "row", FIELD_TEXT, true, "Row", "行", "Key of the row", NULL },
    { "column", FIELD_TEXT, true, "Column", "列", "Key of the column", NULL },
    { "value", FIELD_DECIMAL, false, "Value", "数值",
        "The number as printed, in `unit`; never guessed, never defaulted",
        NULL },
    { "raw", FIELD_TEXT, false, "As printed", "原文",
        "Text of the cell before any clean-up", NULL },
    { "state", FIELD_TEXT, true, "State", "单元格状态",
        "read, blank (there and empty), dash, annotated (number and words), "
        "unreadable, missing (the document has no such cell)",
        "read|blank|dash|annotated|unreadable|missing" },
    { "unit", FIELD_TEXT, false, "Unit", "单位",
        "As the document says: count, cny (yuan), cny_10k (10,000 yuan); in "
        "statistics also as printed, such as 件",
        NULL },
    { "value_cny", FIELD_SUM, false, "Value in yuan", "金额（元）",
        "Amounts only", NULL },
    { "proposed", FIELD_SUM, false, "Proposed", "建议值",
        "Correction that the arithmetic singles out", NULL },
    { "evidence", FIELD_TEXT, false, "Evidence", "依据", "Why it is proposed",
        NULL },
    { "source_table", FIELD_INTEGER, false, "Table index", "原表序号",
        "Index of the table in the document, from 0", NULL },
    { "source_row", FIELD_INTEGER, false, "Physical row", "原表行号",
        "Row in that table, from 0", NULL },
    { "source_col", FIELD_INTEGER, false, "Physical column", "原表列号",
        "Column in that table, from 0", NULL },
    { "source_page", FIELD_INTEGER, false, "Page", "页码",
        "Page, where the format has pages, from 1", NULL },
    { "source_box", FIELD_TEXT, false, "Box", "位置",
        "Place on that page: left, top, right, bottom in points (1/72 inch) "
        "from its upper left corner, with spaces between",
        NULL },
    { "reading", FIELD_TEXT, false, "Reading", "识读方式",
        "How the text came about: text (the document says it in characters), "
        "recognized (seen in a picture), doubtful (seen in a picture in "
        "several ways, or put together of parts; a value only where the sums "
        "allow no other)",
        "text|recognized|doubtful" },
};

static const struct field checks[] = {
    REPORT_ID,
    REVISION,
    { "rule", FIELD_TEXT, true, "Rule", "规则", "Id that does not change",
        NULL },
    { "form", FIELD_TEXT, false, "Form", "表格版本",
        "Form that the rule belongs to", NULL },
    { "severity", FIELD_TEXT, true, "Severity", "级别",
        "An error-level failure flags the report", "error|warning" },
    { "status", FIELD_TEXT, true, "Status", "结果", "Result of the check",
        "pass|fail|not_evaluable" },
    { "left", FIELD_SUM, false, "Left sum", "左侧合计",
        "Sum of the cells on the left", NULL },
    { "right", FIELD_SUM, false, "Right sum", "右侧合计",
        "Sum of the cells on the right", NULL },
    { "difference", FIELD_SUM, false, "Difference", "差额",
        "Left sum minus right sum", NULL },
    { "left_cells", FIELD_TEXT, false, "Left cells", "左侧单元格",
        "Keys of the cells added up, joined by \" + \"", NULL },
    { "right_cells", FIELD_TEXT, false, "Right cells", "右侧单元格",
        "Keys of the cells added up, joined by \" + \"", NULL },
    { "source", FIELD_TEXT, false, "Source", "规则依据",
        "The form's own note, or derivable", NULL },
    { "message", FIELD_TEXT, false, "Message", "说明",
        "What a person should know", NULL },
};

static const struct field sections[] = {
    REPORT_ID,
    REVISION,
    { "number", FIELD_INTEGER, true, "Number", "章节序号",
        "1 to 6, as the regulation orders them", NULL },
    { "heading", FIELD_TEXT, false, "Heading", "标题", "As printed", NULL },
    { "text", FIELD_TEXT, false, "Text", "正文",
        "Paragraphs outside of the tables, joined by line breaks", NULL },
};

/* ---- keys ------------------------------------------------------------- */

static const char *const document_key[] = { "source", "url", "sha256", NULL };
static const char *const document_reference[] = { "source", "url",
    "document_sha256", NULL };
static const char *const report_key[] = { "report_id", "revision", NULL };
static const char *const cell_key[] = { "report_id", "revision", "table", "row",
    "column", NULL };
static const char *const check_key[] = { "report_id", "revision", "rule",
    NULL };
static const char *const section_key[] = { "report_id", "revision", "number",
    NULL };

static const struct foreign_key of_document[] = {
    { document_reference, "documents", document_key },
    { NULL, NULL, NULL },
};
static const struct foreign_key of_report[] = {
    { report_key, "reports", report_key },
    { NULL, NULL, NULL },
};

static const struct table tables[SCHEMA_TABLES] = {
    [EXPORT_DOCUMENTS] = { "documents", "Documents", "采集文件",
        "One row for each address and content that was fetched", documents,
        COUNT(documents), document_key, NULL },
    [EXPORT_REPORTS] = { "reports", "Reports", "年度报告",
        "One row for each revision of a report", reports, COUNT(reports),
        report_key, of_document },
    [EXPORT_CELLS] = { "cells", "Cells", "表格单元格",
        "One row for each cell that the forms of a report have, read or not",
        cells, COUNT(cells), cell_key, of_report },
    [EXPORT_CHECKS] = { "checks", "Checks", "勾稽校验",
        "One row for each check of a report, passed or not", checks,
        COUNT(checks), check_key, of_report },
    [EXPORT_SECTIONS] = { "sections", "Sections", "章节正文",
        "One row for each section of prose of a report", sections,
        COUNT(sections), section_key, of_report },
};

const struct table *schema_table(enum export_table t)
{
    return &tables[t];
}

size_t schema_column(const struct table *t, const char *name)
{
    size_t i = 0;

    while (i < t->field_n && strcmp(t->field[i].name, name) != 0)
        i++;
    assert(i < t->field_n);
    return i;
}
