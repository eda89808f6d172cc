/* SPDX-License-Identifier: Apache-2.0 */
/*
 * service - what every daemon of ours owes its supervisor.
 */
#include "common/service.h"

#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <systemd/sd-daemon.h>

#include "common/clock.h"
#include "common/log.h"

static volatile sig_atomic_t stop_asked;

static void on_stop(int signal_number)
{
    (void)signal_number;
    stop_asked = 1;
}

static void handle(int signal_number, void (*handler)(int))
{
    struct sigaction action = { .sa_handler = handler };

    /* Without SA_RESTART, so that waiting calls come back and look. */
    sigemptyset(&action.sa_mask);
    if (sigaction(signal_number, &action, NULL) != 0)
        fatal("signal %d cannot be handled", signal_number);
}

void service_init(bool supervised)
{
    stop_asked = 0;
    handle(SIGTERM, on_stop);
    handle(SIGINT, on_stop);
    handle(SIGPIPE, SIG_IGN);
    if (supervised && prctl(PR_SET_PDEATHSIG, SIGTERM) != 0)
        fatal("the end of the parent cannot be watched");
}

bool service_stopping(void)
{
    return stop_asked != 0;
}

void service_ready(const char *status)
{
    sd_notifyf(0, "READY=1\nSTATUS=%s", status);
}

void service_status(const char *status)
{
    sd_notifyf(0, "STATUS=%s", status);
}

void service_leaving(void)
{
    sd_notify(0, "STOPPING=1");
}

void service_alive(void)
{
    static int64_t next_ms;
    int64_t now = clock_mono_ms();

    if (now < next_ms)
        return;
    next_ms = now + 1000;
    sd_notify(0, "WATCHDOG=1");
}
