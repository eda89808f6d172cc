/* SPDX-License-Identifier: Apache-2.0 */
/*
 * summary - what a run brought, for people and for programs.
 */
#ifndef CLI_SUMMARY_H
#define CLI_SUMMARY_H

#include <stdio.h>

#include "common/ledger.h"

/* A few lines of text; the archive is named by its path in `out_dir`. */
void summary_text(FILE *out, const struct run *run,
    const struct run_summary *sum, const char *out_dir);

/* One JSON object and a newline.  Keys: run, state, urls, urls_failed,
 * requests, not_modified, fetched, duplicates, valid, flagged, rejected,
 * quarantined, open, archive (path or null). */
void summary_json(FILE *out, const struct run *run,
    const struct run_summary *sum, const char *out_dir);

#endif
