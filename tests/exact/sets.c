/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sets - thousands of generated documents, judged in several processes.
 *
 * A group is one layout, one damage, or a mixture; document i of a group is
 * the same whatever the number of processes.  Counters live in shared
 * memory, so that a crash leaves the seed it happened at.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/limits.h"
#include "common/log.h"
#include "tests/exact/exact.h"

enum {
    GROUP_MAX = 160,
    PROCESS_MAX = 8,
    TOLD_MAX = 6000, /* bytes of failures kept per group */
};

enum group_kind {
    GROUP_LAYOUT, /* this layout, half of them with two more */
    GROUP_DAMAGE, /* this damage, half of them under two layouts */
    GROUP_MIXED,  /* up to five layouts, nothing damaged */
    GROUP_WORST,  /* any damage under up to five layouts */
};

struct group {
    enum group_kind kind;
    int weight; /* share of the documents */
    const struct gen_layout *layout;
    const struct gen_damage *damage;
};

struct counts {
    int documents, cells, exact, lost, wrong, valid;
    int silent, alarms, inexact, failures;
    size_t told_len;
    char told[TOLD_MAX];
};

struct shared {
    uint64_t seed[PROCESS_MAX]; /* what each process works on */
    int group[PROCESS_MAX];
    struct counts counts[PROCESS_MAX][GROUP_MAX];
};

static int groups_make(struct group *g)
{
    int n = 0;

    for (const struct gen_layout *l = gen_layouts; l->name != NULL; l++)
        g[n++] = (struct group){ GROUP_LAYOUT, 10, l, NULL };
    for (const struct gen_damage *x = gen_damages; x->name != NULL; x++)
        g[n++] = (struct group){ GROUP_DAMAGE, 20, NULL, x };
    g[n++] = (struct group){ GROUP_MIXED, 400, NULL, NULL };
    g[n++] = (struct group){ GROUP_WORST, 400, NULL, NULL };
    return n;
}

static void group_name(const struct group *g, char name[64])
{
    switch (g->kind) {
    case GROUP_LAYOUT:
        snprintf(name, 64, "layout %s", g->layout->name);
        break;
    case GROUP_DAMAGE:
        snprintf(name, 64, "damage %s", g->damage->name);
        break;
    case GROUP_MIXED:
        snprintf(name, 64, "layouts mixed");
        break;
    case GROUP_WORST:
        snprintf(name, 64, "damages under mixed layouts");
        break;
    }
}

static void add_layouts(struct gen_order *o, struct rng *r, uint32_t n)
{
    int layout_n = 0;

    while (gen_layouts[layout_n].name != NULL)
        layout_n++;
    for (; n > 0; n--)
        gen_order_add(o, &gen_layouts[rng_below(r, (uint32_t)layout_n)]);
}

static void order_make(
    const struct group *g, uint64_t seed, struct gen_order *o)
{
    struct rng r;
    uint32_t damage_n = 0;

    rng_init(&r, seed, 100);
    gen_order_init(o, seed);
    o->damage = g->damage;
    switch (g->kind) {
    case GROUP_LAYOUT:
        gen_order_add(o, g->layout);
        if (rng_chance(&r, 50))
            add_layouts(o, &r, 2);
        break;
    case GROUP_DAMAGE:
        if (rng_chance(&r, 50))
            add_layouts(o, &r, 2);
        break;
    case GROUP_MIXED:
        add_layouts(o, &r, 2 + rng_below(&r, 4));
        break;
    case GROUP_WORST:
        while (gen_damages[damage_n].name != NULL)
            damage_n++;
        o->damage = &gen_damages[rng_below(&r, damage_n)];
        add_layouts(o, &r, 1 + rng_below(&r, 5));
        break;
    }
}

/* The command that writes this document to /tmp. */
static void tell(struct counts *c, const struct gen_order *o,
    const struct gen_doc *d, const struct outcome *out)
{
    struct buf text;
    size_t room = sizeof c->told - c->told_len;

    buf_init(&text, 1 << 20);
    buf_printf(&text, "# %s%s%snianbao-gen --seed %" PRIu64,
        out->silent ? "SILENT " : "", out->alarm ? "false alarm " : "",
        out->inexact ? "inexact " : "", o->seed);
    for (int i = 0; i < o->layout_n; i++)
        buf_printf(
            &text, "%s%s", i == 0 ? " --layout " : ",", o->layout[i]->name);
    if (o->damage != NULL)
        buf_printf(&text, " --damage %s", o->damage->name);
    buf_printf(&text, " --out /tmp   # %s\n", d->what);
    buf_add(&text, out->words.p, out->words.len < 700 ? out->words.len : 700);
    if (text.len > 0 && text.p[text.len - 1] != '\n')
        buf_add_str(&text, "\n");
    if (text.len < room) {
        memcpy(c->told + c->told_len, text.p, text.len);
        c->told_len += text.len;
    }
    buf_clear(&text);
}

static void judge(const struct forms *forms, const struct gen_order *order,
    struct arena *arena, struct counts *c)
{
    struct gen_doc *d = gen_doc_new(order);
    struct outcome o = { .compared = 0 };
    struct err err = { .kind = ERR_NONE };
    struct expect e;
    struct record rec;

    arena_reset(arena);
    buf_init(&o.words, 1 << 20);
    expect_from_doc(d, &e);
    if (exact_extract(buf_slice(&d->bytes), gen_doc_suffix(d), forms, arena,
            &rec, &err) != 0)
        buf_printf(&o.words, "#   %s\n", err.msg);
    expect_compare(&e, &rec, &o);
    c->documents++;
    c->cells += o.compared;
    c->exact += o.exact;
    c->lost += o.lost;
    c->wrong += o.wrong;
    c->valid += o.valid;
    c->silent += o.silent;
    c->alarms += o.alarm;
    c->inexact += o.inexact;
    if (!outcome_is_good(&o)) {
        c->failures++;
        tell(c, order, d, &o);
    }
    buf_clear(&o.words);
    gen_doc_free(d);
}

static void work(const struct forms *forms, const struct group *group,
    int group_n, int n, struct shared *sh, int me, int processes)
{
    int weights = 0;
    struct arena arena;

    arena_init(&arena, LIMIT_ARENA_BYTES);
    for (int g = 0; g < group_n; g++)
        weights += group[g].weight;
    for (int g = 0; g < group_n; g++) {
        int share = (n * group[g].weight + weights - 1) / weights;

        for (int i = me; i < share; i += processes) {
            uint64_t seed = (uint64_t)g * 1000000 + (uint64_t)i + 1;
            struct gen_order order;

            order_make(&group[g], seed, &order);
            sh->seed[me] = seed;
            sh->group[me] = g;
            judge(forms, &order, &arena, &sh->counts[me][g]);
        }
    }
    arena_clear(&arena);
}

static bool report(
    const struct group *g, const struct shared *sh, int at, int processes)
{
    struct counts sum = { .documents = 0 };
    char name[64];

    for (int p = 0; p < processes; p++) {
        const struct counts *c = &sh->counts[p][at];

        sum.documents += c->documents;
        sum.cells += c->cells;
        sum.exact += c->exact;
        sum.lost += c->lost;
        sum.wrong += c->wrong;
        sum.valid += c->valid;
        sum.silent += c->silent;
        sum.alarms += c->alarms;
        sum.inexact += c->inexact;
        sum.failures += c->failures;
    }
    group_name(g, name);
    printf("%s - %s: %d documents, %d valid, %d cells, %d exact, %d lost, "
           "%d wrong, %d inexact documents, %d false alarms, "
           "%d silent errors\n",
        sum.failures == 0 ? "ok" : "not ok", name, sum.documents, sum.valid,
        sum.cells, sum.exact, sum.lost, sum.wrong, sum.inexact, sum.alarms,
        sum.silent);
    for (int p = 0; p < processes; p++)
        fwrite(sh->counts[p][at].told, 1, sh->counts[p][at].told_len, stdout);
    return sum.failures == 0;
}

static bool wait_child(
    const struct group *group, const struct shared *sh, int me)
{
    int status;
    char name[64];

    if (wait(&status) > 0 && status == 0)
        return true;
    group_name(&group[sh->group[me]], name);
    printf("not ok - a process died (status %d); they were at:\n", status);
    for (int p = 0; p < PROCESS_MAX && sh->seed[p] != 0; p++) {
        group_name(&group[sh->group[p]], name);
        printf("# %s, seed %" PRIu64 "\n", name, sh->seed[p]);
    }
    return false;
}

bool exact_run_sets(const struct forms *forms, int n, int processes)
{
    struct group group[GROUP_MAX];
    int group_n = groups_make(group);
    bool good = true;
    struct shared *sh = mmap(NULL, sizeof *sh, PROT_READ | PROT_WRITE,
        MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (sh == MAP_FAILED)
        fatal("mmap bytes=%zu", sizeof *sh);
    if (processes > PROCESS_MAX)
        processes = PROCESS_MAX;
    fflush(stdout);
    for (int p = 0; p < processes; p++) {
        pid_t pid = fork();

        if (pid < 0)
            fatal("fork");
        if (pid == 0) {
            work(forms, group, group_n, n, sh, p, processes);
            _exit(0);
        }
    }
    for (int p = 0; p < processes; p++)
        good = wait_child(group, sh, p) && good;
    for (int g = 0; g < group_n; g++)
        good = report(&group[g], sh, g, processes) && good;
    munmap(sh, sizeof *sh);
    return good;
}
