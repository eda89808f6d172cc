/* SPDX-License-Identifier: Apache-2.0 */
/*
 * damage - the table of damages.
 */
#include "tests/gen/gen.h"

#include <string.h>

const struct gen_damage gen_damages[] = {
    { NULL, NULL, NULL, NULL },
};

const struct gen_damage *gen_damage_find(const char *name)
{
    for (const struct gen_damage *x = gen_damages; x->name != NULL; x++)
        if (strcmp(x->name, name) == 0)
            return x;
    return NULL;
}
