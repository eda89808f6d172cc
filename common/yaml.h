/* SPDX-License-Identifier: Apache-2.0 */
/*
 * yaml - a YAML file into a C struct, errors with file, line and key.
 *
 * libcyaml does the work by a schema; this turns its log into one message
 * of ours, and finds the line of a key for checks that a schema cannot say.
 */
#ifndef COMMON_YAML_H
#define COMMON_YAML_H

#include <cyaml/cyaml.h>

#include "common/err.h"

/*
 * Load `path` by `schema` (a mapping with CYAML_FLAG_POINTER) into `*out`,
 * which the caller gives back with yaml_unload.  ERR_FATAL: "file:line: key
 * 'x': what is wrong".
 */
int yaml_load(const char *path, const cyaml_schema_value_t *schema, void **out,
    struct err *err);
/* Not yaml_free: libyaml exports that name, and ours would take its place. */
void yaml_unload(const cyaml_schema_value_t *schema, void *data);

/* Line (from 1) of the `nth` (from 0) occurrence of `key:` in the file; 1
 * when it is not found.  For messages only. */
unsigned yaml_line(const char *path, const char *key, unsigned nth);

/* ERR_FATAL "file:line: key 'key': ..." at the nth occurrence of key. */
int yaml_error(struct err *err, const char *path, const char *key, unsigned nth,
    const char *fmt, ...) __attribute__((format(printf, 5, 6)));

#endif
