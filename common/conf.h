/* SPDX-License-Identifier: Apache-2.0 */
/*
 * conf - nianbao.yaml and sources.d/ as plain structs, read once.
 *
 * Read by libcyaml, checked whole: an unknown key, a wrong type or a value
 * out of range is an error with file, line, key and what would be right.
 * Nothing else reads files of configuration or the environment.
 * The forms (conf/forms/) are the transformer's: transformer/form.h.
 */
#ifndef COMMON_CONF_H
#define COMMON_CONF_H

#include <stdbool.h>
#include <stdint.h>

#include "common/err.h"

/* One report column of a portal: a list page and those behind it. */
struct conf_column {
    char *url;          /* first list page */
    char *organization; /* body of all reports here, NULL if many */
    char *region;       /* GB/T 2260 code if other than the source's, or NULL */
};

/* One portal, one file in sources.d/. */
struct conf_source {
    char *name;         /* file-name-safe id: "www.bjchy.gov.cn" */
    char *title;        /* for people: 北京市朝阳区人民政府 */
    char *region;       /* GB/T 2260 code, six digits */
    char *organization; /* default body, or NULL */
    bool enabled;
    bool allow_private; /* loopback and private addresses allowed (tests) */
    struct conf_column *columns;
    unsigned columns_count;
    char **link_patterns;         /* POSIX extended regex on the absolute URL */
    unsigned link_patterns_count; /* 0: any link of the same host */
    char **title_patterns;        /* regex on anchor text or title attribute */
    unsigned title_patterns_count;
    char **title_excludes; /* regex: not reports though in the column */
    unsigned title_excludes_count;
    uint32_t delay_ms;       /* between two requests to one host */
    uint32_t timeout_ms;     /* for one request */
    uint32_t list_pages_max; /* pages followed per column */
    uint32_t retries_max;    /* per URL and run, transient failures */
    char *file;              /* the file it came from */
};

struct conf {
    char *state_dir;   /* ledger and store */
    char *out_dir;     /* archives */
    char *run_dir;     /* sockets */
    char *forms_dir;   /* conf/forms */
    char *sources_dir; /* conf/sources.d */
    char *program_dir; /* where the nianbao-* programs are */
    char *user_agent;
    char *clock;           /* "" or RFC 3339 UTC: fixes every recorded time */
    char *log_level;       /* error warn info debug */
    uint32_t workers;      /* transformers that `nianbao run` starts */
    uint32_t lease_ms;     /* a lease without heartbeat ends after this */
    uint32_t heartbeat_ms; /* between a worker's heartbeats */
    uint32_t attempts_max; /* leases of one document before quarantine */
    uint32_t credit;       /* documents a worker may hold */
    uint32_t reader_cpu_s; /* CPU seconds for one document */
    uint32_t reader_wall_ms;
    uint32_t reader_memory_mb;
    uint32_t ocr_cpu_s; /* the same where pictures are read */
    uint32_t ocr_wall_ms;
    uint32_t ocr_memory_mb;
    uint32_t office_cpu_s; /* the same for LibreOffice; 0: it is not asked */
    uint32_t office_wall_ms;
    uint32_t office_memory_mb;
    uint32_t body_max_bytes;      /* at most LIMIT_BODY_BYTES */
    struct conf_source **sources; /* sorted by name */
    unsigned sources_count;
    char *file; /* absolute path it was read from */
};

/*
 * Read `path` and the sources it names; relative paths in it are relative
 * to its own folder.  NULL path: conf/ of the build tree or etc/nianbao/ of
 * the installed tree that the program stands in, else /etc/nianbao/.  The
 * caller frees with conf_free.  NULL with ERR_FATAL, message
 * "file:line: key: ..." on error.
 */
struct conf *conf_read(const char *path, struct err *err);

void conf_free(struct conf *conf);

/* The source with this name, or NULL. */
const struct conf_source *conf_source_find(
    const struct conf *conf, const char *name);

/* Path of a program of ours in conf->program_dir; mem_free it. */
char *conf_program(const struct conf *conf, const char *program);

/* ipc:// address of a socket: "jobs" (collector), "records" (loader);
 * mem_free it. */
char *conf_address(const struct conf *conf, const char *socket);

#endif
