/* SPDX-License-Identifier: Apache-2.0 */
/*
 * writers - the table of formats; every table is written in each of them.
 */
#include "loader/writer.h"

const struct writer *const writers[] = { &csv_writer, &parquet_writer, NULL };
