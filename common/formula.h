/* SPDX-License-Identifier: Apache-2.0 */
/*
 * formula - texts that a spreadsheet would run.
 */
#ifndef COMMON_FORMULA_H
#define COMMON_FORMULA_H

#include <stdbool.h>

#include "common/slice.h"

/*
 * Whether a CSV field with this text may be taken for a formula: it begins
 * with =, +, - or @, also in full width, or with a tab or a line break;
 * spaces (U+0020, U+00A0, U+3000, U+FEFF) and double quotes before that do
 * not count, because some programs trim them.
 */
bool formula_is(struct slice s);

#endif
