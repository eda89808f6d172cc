/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bag - a folder with its manifests, as RFC 8493 (BagIt) has it.
 */
#ifndef LOADER_BAG_H
#define LOADER_BAG_H

#include <stdint.h>

#include "common/err.h"

/* Describe the folder `dir` (payload in data/, other files are tags) by
 * bagit.txt, bag-info.txt, manifest-sha256.txt and tagmanifest-sha256.txt.
 * Called last: a file changed or added later breaks the bag.  `name`
 * identifies it, `made_at_s` dates it. */
int bag_write(
    const char *dir, const char *name, int64_t made_at_s, struct err *err);

#endif
