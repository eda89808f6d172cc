/* SPDX-License-Identifier: Apache-2.0 */
/*
 * progress - one line that grows, on a terminal only.
 */
#include "cli/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "common/clock.h"

void progress_init(struct progress *p)
{
    *p = (struct progress){ .terminal = isatty(STDERR_FILENO) == 1,
        .started_ms = clock_mono_ms() };
}

static int width(void)
{
    struct winsize size = { 0 };

    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1)
        return size.ws_col - 1;
    return 79;
}

void progress_show(struct progress *p, const struct run_summary *sum)
{
    char line[256];
    int64_t s = (clock_mono_ms() - p->started_ms) / 1000;

    if (!p->terminal)
        return;
    snprintf(line, sizeof(line),
        "fetched %" PRIu64 "  loaded %" PRIu64 "  flagged %" PRIu64
        "  quarantined %" PRIu64 "  queued %" PRIu64 "  %" PRId64 ":%02" PRId64,
        sum->fetched, sum->loaded_valid + sum->loaded_flagged,
        sum->loaded_flagged, sum->quarantined, sum->open, s / 60, s % 60);
    fprintf(stderr, "\r%.*s\033[K", width(), line);
    p->shown = true;
}

void progress_clear(struct progress *p)
{
    if (p->shown)
        fputs("\r\033[K", stderr);
    p->shown = false;
}
