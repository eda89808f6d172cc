/* SPDX-License-Identifier: Apache-2.0 */
/*
 * readme - README.md of an archive, for people.
 */
#include "loader/readme.h"

#include <inttypes.h>

#include "common/buf.h"
#include "common/clock.h"
#include "common/mem.h"
#include "loader/output.h"

enum {
    README_MAX = 64 * 1024,
};

static const char intro[] =
    "Annual open-government reports (政府信息公开工作年度报告) of Chinese\n"
    "public bodies: what was fetched, what the reports say, and whether their\n"
    "own arithmetic confirms it.\n"
    "\n"
    "This is a snapshot: all that was known at the end of the run, complete\n"
    "in itself. The newest archive replaces the older ones. The column `run`\n"
    "names the run that brought a row.\n";

static const char rules[] =
    "\n"
    "Each table is there twice with the same rows in the same order:\n"
    "`data/<table>.csv` and `data/<table>.parquet`. Types, descriptions and\n"
    "keys of all columns are in `datapackage.json` (Frictionless).\n"
    "\n"
    "## How to read the numbers\n"
    "\n"
    "- `cells.value` is the number as printed, or null. Null is never zero:\n"
    "  `cells.state` says why (`blank`, `dash`, `unreadable`, `missing`).\n"
    "- `cells.proposed` is a correction that the sums single out; it is never\n"
    "  written into `value`.\n"
    "- Amounts are in the unit that the document uses (`cells.unit`);\n"
    "  `value_cny`, and the `.cny` columns of `reports_wide`, are in yuan.\n"
    "- `reports.status` is `valid` when every cell was read or proven and\n"
    "  every error-level check passed, else `flagged` with `reasons`.\n"
    "- A changed report is a new `revision`; `superseded_by` names the one\n"
    "  that replaced it. For the current state take rows where it is null.\n"
    "- A report published in several documents (page and attachment) has one\n"
    "  row a revision; `documents.state` is `rendering` for the others, and\n"
    "  the check `report.renderings` tells where they disagree.\n"
    "\n"
    "## CSV\n"
    "\n"
    "RFC 4180, UTF-8 without BOM, lines end with CR LF. Null is an empty\n"
    "field, the empty text is `\"\"`. A text that begins with one of `=` `+`\n"
    "`-` `@` `'`, tab or a line break has a `'` in front, so that no\n"
    "spreadsheet runs it as a formula; take one leading `'` away from text\n"
    "columns to have it as it was. Parquet holds texts as they were.\n"
    "\n"
    "## Parquet\n"
    "\n"
    "Printed numbers are DECIMAL(18,6), sums and amounts in yuan\n"
    "DECIMAL(24,6), times are TIMESTAMP in UTC: the same values as in the\n"
    "CSV, never rounded.\n"
    "\n"
    "## Check and load\n"
    "\n"
    "    sha256sum -c manifest-sha256.txt tagmanifest-sha256.txt\n"
    "    duckdb -c \"select status, count(*) from 'data/reports.parquet'\n"
    "        where superseded_by is null group by all\"\n"
    "\n"
    "The folder is a BagIt bag (RFC 8493).\n";

static void add_tables(struct buf *text, const struct dataset *d)
{
    size_t i;

    buf_add_str(text, "\n## Tables\n\n| table | rows | columns | one row is |\n"
                      "|---|---|---|---|\n");
    for (i = 0; i < d->table_n; i++) {
        const struct dataset_table *t = &d->table[i];

        buf_printf(text, "| `%s` %s | %" PRIu64 " | %zu | %s |\n",
            t->table->name, t->table->label, t->row_n, t->table->field_n,
            t->table->description);
    }
}

int readme_write(const char *dir, const char *name, const struct run *run,
    const struct dataset *d, struct err *err)
{
    char *path = mem_printf("%s/README.md", dir);
    struct buf text;
    char at[21];
    int rc;

    clock_format(run->started_at, at);
    buf_init(&text, README_MAX);
    buf_printf(&text, "# %s\n\n%s\nRun `%s`, started %s. Schema version %s.\n",
        name, intro, run->name, at, SCHEMA_VERSION);
    add_tables(&text, d);
    buf_add_str(&text, rules);
    rc = buf_check(&text, path, err);
    if (rc == 0)
        rc = output_write(path, buf_slice(&text), err);
    buf_clear(&text);
    mem_free(path);
    return rc;
}
