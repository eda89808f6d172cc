/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ole_summary - what an OLE2 file says of itself: its title.
 */
#ifndef TRANSFORMER_OLE_SUMMARY_H
#define TRANSFORMER_OLE_SUMMARY_H

#include "transformer/ole_package.h"
#include "transformer/tree.h"

/* The title as UTF-8, empty when there is none or it cannot be read: a
 * document is not refused for it. */
struct slice ole_summary_title(struct ole_package *o, struct tree *tree);

#endif
