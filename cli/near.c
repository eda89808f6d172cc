/* SPDX-License-Identifier: Apache-2.0 */
/*
 * near - what the user may have meant.
 */
#include "cli/near.h"

#include <string.h>

enum {
    WORD_MAX = 63
};

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t near_distance(const char *a, const char *b)
{
    size_t d[WORD_MAX + 1][WORD_MAX + 1];
    size_t a_len = strnlen(a, WORD_MAX), b_len = strnlen(b, WORD_MAX);

    for (size_t i = 0; i <= a_len; i++)
        d[i][0] = i;
    for (size_t j = 0; j <= b_len; j++)
        d[0][j] = j;
    for (size_t i = 1; i <= a_len; i++)
        for (size_t j = 1; j <= b_len; j++) {
            size_t change = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);

            d[i][j] = least(change, least(d[i - 1][j], d[i][j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
        }
    return d[a_len][b_len];
}

const char *near_find(const char *word, const char *const *names, size_t n)
{
    const char *best = NULL;
    size_t best_distance = 3;

    for (size_t i = 0; i < n; i++) {
        size_t distance = near_distance(word, names[i]);

        if (strlen(word) >= 2 && strncmp(word, names[i], strlen(word)) == 0)
            distance = 1; /* its beginning */
        if (distance < best_distance && distance < strlen(word)) {
            best = names[i];
            best_distance = distance;
        }
    }
    return best;
}
