/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ledger_schema - the ledger's tables, as a list of migrations.
 *
 * A migration that has left this house is never changed: a new need is a
 * new entry at the end.  Each runs in one transaction together with the new
 * version number, so a killed migration never happened.
 *
 *   sources    portals as configured when they were last visited
 *   runs       one night's work, from crawling to its archive
 *   urls       every address known, and its visit in the newest run
 *   fetches    every HTTP exchange
 *   documents  one row per address and content, as fetched first
 *   leases     one row per content: the job of reading it
 *   containers documents that are zip files and their like
 *   parts      the documents in them
 *   quarantine why a job was set aside
 *   reports, cells, checks, sections
 *              what came out of a job
 *   outbox     what is still to be told to the world
 */
#include "common/ledger_impl.h"

static const char visits_1[] =
    "CREATE TABLE sources ("
    "  name TEXT PRIMARY KEY,"
    "  title TEXT,"
    "  region TEXT,"
    "  organization TEXT"
    ") STRICT;"

    "CREATE TABLE runs ("
    "  id INTEGER PRIMARY KEY,"
    "  name TEXT NOT NULL UNIQUE,"
    "  state TEXT NOT NULL"
    "    CHECK (state IN ('crawling', 'crawled', 'published', 'empty')),"
    "  started_at INTEGER NOT NULL,"
    "  finished_at INTEGER,"
    "  archive TEXT,"
    "  archive_sha256 BLOB CHECK (length(archive_sha256) = 32)"
    ") STRICT;"

    /* run, seq, state, retry_at and tries belong to the visit of that run. */
    "CREATE TABLE urls ("
    "  id INTEGER PRIMARY KEY,"
    "  source TEXT NOT NULL REFERENCES sources (name),"
    "  url TEXT NOT NULL,"
    "  kind TEXT NOT NULL CHECK (kind IN ('list', 'document')),"
    "  page INTEGER NOT NULL,"
    "  title TEXT,"
    "  list_date TEXT,"
    "  organization TEXT,"
    "  region TEXT,"
    "  etag TEXT,"
    "  last_modified TEXT,"
    "  list_body BLOB CHECK (length(list_body) = 32),"
    "  run INTEGER NOT NULL REFERENCES runs (id),"
    "  seq INTEGER NOT NULL,"
    "  state TEXT NOT NULL CHECK (state IN ('due', 'done', 'failed')),"
    "  retry_at INTEGER NOT NULL DEFAULT 0,"
    "  tries INTEGER NOT NULL DEFAULT 0,"
    "  UNIQUE (source, url)"
    ") STRICT;"
    "CREATE INDEX urls_visit ON urls (run, source, seq);"
    "CREATE INDEX urls_due ON urls (run, source, seq) WHERE state = 'due';"

    /* outcome: the visit ended well or not, or goes on with another try;
     * one fetch of each visit is not a retry. */
    "CREATE TABLE fetches ("
    "  id INTEGER PRIMARY KEY,"
    "  run INTEGER NOT NULL REFERENCES runs (id),"
    "  url INTEGER NOT NULL REFERENCES urls (id),"
    "  at INTEGER NOT NULL,"
    "  status INTEGER NOT NULL,"
    "  bytes INTEGER NOT NULL,"
    "  error TEXT,"
    "  outcome TEXT NOT NULL CHECK (outcome IN ('done', 'failed', 'retry')),"
    "  sha256 BLOB CHECK (length(sha256) = 32)"
    ") STRICT;"
    "CREATE INDEX fetches_run ON fetches (run, outcome, status);";

static const char jobs_1[] =
    /* title to region are what was known of the address at that moment:
     * the job reads the content with these hints, whatever lists say
     * later. */
    "CREATE TABLE documents ("
    "  id INTEGER PRIMARY KEY,"
    "  url INTEGER NOT NULL REFERENCES urls (id),"
    "  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),"
    "  run INTEGER NOT NULL REFERENCES runs (id),"
    "  fetched_at INTEGER NOT NULL,"
    "  status INTEGER NOT NULL,"
    "  final_url TEXT,"
    "  etag TEXT,"
    "  last_modified TEXT,"
    "  media_type TEXT,"
    "  charset TEXT,"
    "  size INTEGER NOT NULL,"
    "  title TEXT,"
    "  list_date TEXT,"
    "  organization TEXT,"
    "  region TEXT,"
    "  UNIQUE (url, sha256)"
    ") STRICT;"
    "CREATE INDEX documents_sha256 ON documents (sha256);"
    "CREATE INDEX documents_run ON documents (run);"

    /* document is the first of those with this content, by run, then
     * address; the others are duplicates.  attempt is the fencing token. */
    "CREATE TABLE leases ("
    "  id INTEGER PRIMARY KEY,"
    "  sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),"
    "  document INTEGER NOT NULL UNIQUE REFERENCES documents (id),"
    "  run INTEGER NOT NULL REFERENCES runs (id),"
    "  state TEXT NOT NULL CHECK (state IN"
    "    ('queued', 'leased', 'loaded', 'rejected', 'quarantined')),"
    "  attempt INTEGER NOT NULL DEFAULT 0,"
    "  failures INTEGER NOT NULL DEFAULT 0,"
    "  worker TEXT,"
    "  reason TEXT," /* of a rejection */
    "  CHECK ((state = 'rejected') = (reason IS NOT NULL))"
    ") STRICT;"
    "CREATE INDEX leases_run ON leases (run, state);"
    "CREATE INDEX leases_queued ON leases (run, failures, id)"
    "  WHERE state = 'queued';"

    "CREATE TABLE quarantine ("
    "  job INTEGER PRIMARY KEY REFERENCES leases (id),"
    "  reason TEXT NOT NULL,"
    "  at INTEGER NOT NULL"
    ") STRICT;";

static const char results_1[] =
    /* cell_n, check_n and section_n are what was put; the audit compares. */
    "CREATE TABLE reports ("
    "  id INTEGER PRIMARY KEY,"
    "  job INTEGER NOT NULL UNIQUE REFERENCES leases (id),"
    "  report_id TEXT NOT NULL,"
    "  revision INTEGER CHECK (revision > 0),"
    "  superseded_by INTEGER CHECK (superseded_by > revision),"
    "  region TEXT,"
    "  organization TEXT,"
    "  year INTEGER,"
    "  form_proactive TEXT,"
    "  form_requests TEXT,"
    "  form_review TEXT,"
    "  title TEXT,"
    "  published TEXT,"
    "  status TEXT NOT NULL CHECK (status IN ('valid', 'flagged')),"
    "  reasons TEXT NOT NULL,"
    "  media_type TEXT,"
    "  charset TEXT,"
    "  reader TEXT,"
    "  cell_n INTEGER NOT NULL,"
    "  check_n INTEGER NOT NULL,"
    "  section_n INTEGER NOT NULL,"
    "  UNIQUE (report_id, revision)"
    ") STRICT;"
    "CREATE INDEX reports_unsealed ON reports (report_id)"
    "  WHERE revision IS NULL;"

    "CREATE TABLE cells ("
    "  report INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,"
    "  seq INTEGER NOT NULL," /* the record's own order */
    "  \"table\" TEXT NOT NULL,"
    "  \"row\" TEXT NOT NULL,"
    "  \"column\" TEXT NOT NULL,"
    "  value TEXT,"
    "  raw TEXT,"
    "  state TEXT NOT NULL,"
    "  unit TEXT,"
    "  value_cny TEXT,"
    "  proposed TEXT,"
    "  evidence TEXT,"
    "  source_table INTEGER,"
    "  source_row INTEGER,"
    "  source_col INTEGER,"
    "  source_page INTEGER,"
    "  source_box TEXT," /* x0 y0 x1 y1, points */
    "  PRIMARY KEY (report, seq)"
    ") STRICT, WITHOUT ROWID;"

    "CREATE TABLE checks ("
    "  report INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,"
    "  seq INTEGER NOT NULL,"
    "  rule TEXT NOT NULL,"
    "  form TEXT,"
    "  severity TEXT NOT NULL,"
    "  status TEXT NOT NULL,"
    "  \"left\" TEXT,"
    "  \"right\" TEXT,"
    "  difference TEXT,"
    "  left_cells TEXT,"
    "  right_cells TEXT,"
    "  source TEXT,"
    "  message TEXT,"
    "  PRIMARY KEY (report, seq)"
    ") STRICT, WITHOUT ROWID;"

    "CREATE TABLE sections ("
    "  report INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,"
    "  seq INTEGER NOT NULL,"
    "  number INTEGER NOT NULL,"
    "  heading TEXT,"
    "  text TEXT,"
    "  PRIMARY KEY (report, seq)"
    ") STRICT, WITHOUT ROWID;"

    "CREATE TABLE outbox ("
    "  run INTEGER NOT NULL REFERENCES runs (id),"
    "  sink TEXT NOT NULL,"
    "  state TEXT NOT NULL CHECK (state IN ('pending', 'done')),"
    "  attempt INTEGER NOT NULL DEFAULT 0,"
    "  at INTEGER NOT NULL,"
    "  PRIMARY KEY (run, sink)"
    ") STRICT, WITHOUT ROWID;";

static const char *const version_1[] = { visits_1, jobs_1, results_1, NULL };

/* Reports on 2018 and earlier have a statistics table. */
static const char statistics_2[] =
    "ALTER TABLE reports ADD COLUMN form_statistics TEXT;";

static const char *const version_2[] = { statistics_2, NULL };

/* parent: the page that links to this attachment, or the container that this
 * document lies in, which alone has an inner_path.  Containers are documents
 * without a job: their parts have the jobs. */
static const char containers_3[] =
    "ALTER TABLE urls ADD COLUMN parent INTEGER REFERENCES urls (id);"
    "ALTER TABLE urls ADD COLUMN inner_path TEXT;"
    "CREATE TABLE containers ("
    "  document INTEGER PRIMARY KEY REFERENCES documents (id),"
    "  part_n INTEGER NOT NULL"
    ") STRICT;"
    "CREATE TABLE parts ("
    "  container INTEGER NOT NULL REFERENCES containers (document),"
    "  seq INTEGER NOT NULL,"
    "  document INTEGER NOT NULL REFERENCES documents (id),"
    "  PRIMARY KEY (container, seq)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX parts_document ON parts (document);";

/* rendering_of: the report of which this is another rendering; such a one
 * has no revision.  own_*: what a report says of itself, where comparing it
 * with its renderings said more.  content: digest of all its numbers. */
static const char renderings_4[] =
    "ALTER TABLE reports ADD COLUMN rendering_of INTEGER"
    "  REFERENCES reports (id) ON DELETE SET NULL;"
    "ALTER TABLE reports ADD COLUMN own_status TEXT;"
    "ALTER TABLE reports ADD COLUMN own_reasons TEXT;"
    "ALTER TABLE reports ADD COLUMN content BLOB"
    "  CHECK (length(content) = 32);"
    "DROP INDEX reports_unsealed;"
    "CREATE INDEX reports_unsealed ON reports (report_id)"
    "  WHERE revision IS NULL AND rendering_of IS NULL;"
    "CREATE INDEX reports_renderings ON reports (rendering_of)"
    "  WHERE rendering_of IS NOT NULL;";

/* Cells may have been seen in a picture; null where there is no cell. */
static const char reading_5[] =
    "ALTER TABLE cells ADD COLUMN reading TEXT DEFAULT 'text';";

static const char *const version_3[] = { containers_3, NULL };
static const char *const version_4[] = { renderings_4, NULL };
static const char *const version_5[] = { reading_5, NULL };

const char *const *const ledger_migrations[] = { version_1, version_2,
    version_3, version_4, version_5, NULL };
