/* SPDX-License-Identifier: Apache-2.0 */
/*
 * schema_page - the archive's tables for docs/DATA_DICTIONARY.md.
 */
#ifndef LOADER_SCHEMA_PAGE_H
#define LOADER_SCHEMA_PAGE_H

#include <stdio.h>

/* Markdown to `out`, whose error flag tells of trouble. */
void schema_page(FILE *out);

#endif
