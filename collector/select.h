/* SPDX-License-Identifier: Apache-2.0 */
/*
 * select - which links of a source are reports.
 *
 * The patterns of the configuration decide on address and title; what is
 * really an annual report, the transformer finds out.
 */
#ifndef COLLECTOR_SELECT_H
#define COLLECTOR_SELECT_H

#include <stdbool.h>

#include "common/conf.h"
#include "common/err.h"
#include "common/slice.h"

struct selector;

/* Compile the patterns of `src`, which must outlive the selector.  NULL
 * with ERR_FATAL naming the pattern that does not compile. */
struct selector *select_new(const struct conf_source *src, struct err *err);
void select_free(struct selector *s);

/* Whether anchor text or title attribute name a report and neither is
 * excluded.  Without title_patterns: 年报 or 年度报告. */
bool select_title(
    const struct selector *s, struct slice text, struct slice title);

/* Whether anchor text or title attribute are on the list of exclusions. */
bool select_excludes(
    const struct selector *s, struct slice text, struct slice title);

/* Whether words that name a report say neither whose nor of which year:
 * 附件：政府信息公开工作年度报告. */
bool select_is_bare(struct slice title);

/* Whether a link pattern matches the absolute address; without patterns,
 * whether the host is the source's. */
bool select_address(const struct selector *s, const char *url);

/* Whether we may go to this address at all: a host of the source's columns,
 * or named by a link pattern. */
bool select_host(const struct selector *s, const char *url);

/* Whether the address ends like a file to be kept (.pdf .doc ... .zip). */
bool select_is_attachment(const char *url);

/* The attachment a link leads to: the address itself, or the file that a
 * viewer's `?file=` names.  NULL when it leads to none.  mem_free it. */
char *select_attachment(const char *url);

#endif
