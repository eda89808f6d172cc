/* SPDX-License-Identifier: Apache-2.0 */
/*
 * extract_files - documents by hand: files in, printed records out.
 */
#ifndef TRANSFORMER_EXTRACT_FILES_H
#define TRANSFORMER_EXTRACT_FILES_H

#include "common/conf.h"
#include "transformer/form.h"
#include "transformer/print.h"

enum extract_status {
    EXTRACT_VALID = 0,
    EXTRACT_TROUBLE = 1,      /* output or reader cannot be used */
    EXTRACT_FLAGGED = 3,      /* at least one report */
    EXTRACT_UNRECOGNIZED = 4, /* at least one document, or unreadable */
};

/* Print each of `path_n` files ("-" is standard input) with `printer`; one
 * caged reader serves all.  The worst status of all. */
enum extract_status extract_files(const struct conf *conf,
    const struct forms *forms, const struct printer *printer,
    const struct print *print, char *const *paths, size_t path_n);

#endif
