/* SPDX-License-Identifier: Apache-2.0 */
/*
 * layout - the table of layouts.
 */
#include "tests/gen/gen.h"

#include <string.h>

enum axis { /* layouts that share one do not combine */
    AXIS_SHELL = 1 << 0,
};

static void word(struct gen_doc *d)
{
    d->style.shell = SHELL_WORD;
}

const struct gen_layout gen_layouts[] = {
    { "clean", "a plain template", AXIS_SHELL, NULL, NULL },
    { "word", "Word's HTML, numbers split over spans", AXIS_SHELL, NULL, word },
    { NULL, NULL, 0, NULL, NULL },
};

const struct gen_layout *gen_layout_find(const char *name)
{
    for (const struct gen_layout *l = gen_layouts; l->name != NULL; l++)
        if (strcmp(l->name, name) == 0)
            return l;
    return NULL;
}
