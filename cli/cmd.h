/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd - the commands of `nianbao`, one file each.
 *
 * A command gets its own name as argv[0] and may call getopt at once.  It
 * answers --help with a page that ends in an example, and returns the exit
 * status; 2 means usage everywhere.  main checks standard output at the end.
 */
#ifndef CLI_CMD_H
#define CLI_CMD_H

enum {
    CMD_OK = 0,
    CMD_TROUBLE = 1,
    CMD_USAGE = 2,
};

int cmd_run(int argc, char **argv);
int cmd_extract(int argc, char **argv);
int cmd_status(int argc, char **argv);
int cmd_audit(int argc, char **argv);
int cmd_check_config(int argc, char **argv);
int cmd_quarantine(int argc, char **argv);
int cmd_explain(int argc, char **argv);

#endif
