/* SPDX-License-Identifier: Apache-2.0 */
/*
 * main - nianbao: the command for people.
 *
 * Waits for nothing but its command, gives back text and an exit status.
 * Only `run` starts processes and changes anything; `extract` starts a
 * caged reader; the others read the ledger and the store.
 */
#include <stdio.h>
#include <string.h>

#include "cli/cmd.h"
#include "cli/near.h"

struct command {
    const char *name;
    const char *arguments;
    const char *summary;
    int (*run)(int argc, char **argv);
};

static const struct command commands[] = {
    { "run", "[--source NAME]... [--out DIR]",
        "collect, extract, check and publish", cmd_run },
    { "extract", "[--format F] FILE...", "numbers and checks of one document",
        cmd_extract },
    { "status", "", "what the last runs brought", cmd_status },
    { "audit", "", "prove that nothing was lost", cmd_audit },
    { "check-config", "", "check configuration, sources and forms",
        cmd_check_config },
    { "quarantine", "list", "documents set aside, with the reason",
        cmd_quarantine },
    { "explain", "REPORT.table.row.column", "where a number comes from",
        cmd_explain },
};
static const size_t command_n = sizeof(commands) / sizeof(*commands);

static const char examples[] =
    "\n"
    "nianbao COMMAND --help says more about a command.\n"
    "\n"
    "Examples:\n"
    "  nianbao extract report.html\n"
    "  nianbao extract --format jsonl *.html > reports.jsonl\n"
    "  nianbao run --source www.bjchy.gov.cn --out ~/archives\n"
    "  nianbao explain 110105-北京市朝阳区人民政府-2022.requests.new.total\n"
    "\n"
    "Exit status: 0 all is well, 1 trouble, 2 usage; a command's own\n"
    "statuses are on its help page.\n";

static void print_help(void)
{
    puts("Usage: nianbao COMMAND [OPTION]...\n"
         "\n"
         "Annual open-government reports of Chinese public bodies: collected,\n"
         "read, proved by their own arithmetic, published as archives.\n");
    for (size_t i = 0; i < command_n; i++)
        printf("  %-12s %-31s %s\n", commands[i].name, commands[i].arguments,
            commands[i].summary);
    fputs(examples, stdout);
}

static const struct command *command_find(const char *name)
{
    for (size_t i = 0; i < command_n; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

static int unknown_command(const char *name)
{
    const char *names[sizeof(commands) / sizeof(*commands)];
    const char *meant;

    for (size_t i = 0; i < command_n; i++)
        names[i] = commands[i].name;
    meant = near_find(name, names, command_n);
    fprintf(stderr, "nianbao: there is no command '%s'", name);
    if (meant)
        fprintf(stderr, "; did you mean '%s'?", meant);
    fputs("\nTry 'nianbao --help'.\n", stderr);
    return CMD_USAGE;
}

/* `nianbao help [COMMAND]` */
static int help(int argc, char **argv)
{
    char option[] = "--help";
    char *args[] = { argv[argc - 1], option, NULL };
    const struct command *command;

    if (argc == 1) {
        print_help();
        return CMD_OK;
    }
    command = command_find(args[0]);
    return command ? command->run(2, args) : unknown_command(args[0]);
}

static int dispatch(int argc, char **argv)
{
    const struct command *command;

    if (argc < 2) {
        fputs("nianbao: which command?\nTry 'nianbao --help'.\n", stderr);
        return CMD_USAGE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("nianbao " NIANBAO_VERSION);
        return CMD_OK;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        print_help();
        return CMD_OK;
    }
    if (strcmp(argv[1], "help") == 0)
        return help(argc - 1, argv + 1);
    command = command_find(argv[1]);
    return command ? command->run(argc - 1, argv + 1)
                   : unknown_command(argv[1]);
}

int main(int argc, char **argv)
{
    int status = dispatch(argc, argv);

    if (fflush(stdout) != 0 || ferror(stdout)) {
        perror("nianbao: standard output");
        return CMD_TROUBLE;
    }
    return status;
}
