/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dictionary - docs/DATA_DICTIONARY.md, made of the forms.
 */
#ifndef TRANSFORMER_DICTIONARY_H
#define TRANSFORMER_DICTIONARY_H

#include <stdio.h>

#include "transformer/form.h"

/* Markdown to `out`, whose error flag tells of trouble. */
void dictionary_print(const struct forms *forms, FILE *out);

#endif
