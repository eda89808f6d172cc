/* SPDX-License-Identifier: Apache-2.0 */
/*
 * requests - a requests table of the 2019 form as text for tests/sheet.h;
 * rows that are not given are all 0.
 */
#ifndef TESTS_REQUESTS_H
#define TESTS_REQUESTS_H

#include <stdio.h>
#include <string.h>

/* Seven cells of each row, split by |. */
struct requests {
    const char *received, *over, *granted, *partial, *secret, *total, *forward;
};

static inline void requests_row(
    char *text, size_t max, const char *label, const char *cells)
{
    size_t len = strlen(text);

    snprintf(text + len, max - len, "%s|%s\n", label,
        cells ? cells : "0|0|0|0|0|0|0");
}

/* The table's text, valid until the next call. */
static inline const char *requests_sheet(const struct requests *r)
{
    static char text[8192];
    static const char *const middle[] = { "2.其他法律行政法规禁止公开",
        "3.危及“三安全一稳定”", "4.保护第三方合法权益",
        "5.属于三类内部事务信息", "6.属于四类过程性信息", "7.属于行政执法案卷",
        "8.属于行政查询事项", "1.本机关不掌握相关政府信息",
        "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确",
        "1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物",
        "4.无正当理由大量反复申请", "5.要求行政机关确认或重新出具已获取信息",
        "（六）其他处理" };

    snprintf(text, sizeof(text),
        "项目|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计\n");
    requests_row(
        text, sizeof(text), "一、本年新收政府信息公开申请数量", r->received);
    requests_row(
        text, sizeof(text), "二、上年结转政府信息公开申请数量", r->over);
    requests_row(text, sizeof(text), "（一）予以公开", r->granted);
    requests_row(text, sizeof(text), "（二）部分公开", r->partial);
    requests_row(text, sizeof(text), "1.属于国家秘密", r->secret);
    for (size_t i = 0; i < sizeof(middle) / sizeof(middle[0]); i++)
        requests_row(text, sizeof(text), middle[i], NULL);
    requests_row(text, sizeof(text), "（七）总计", r->total);
    requests_row(text, sizeof(text), "四、结转下年度继续办理", r->forward);
    return text;
}

#endif
