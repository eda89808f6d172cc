/* SPDX-License-Identifier: Apache-2.0 */
/*
 * model - the numbers of one report, random but consistent.
 *
 * Results per applicant are drawn, totals follow from them, and the newly
 * received are what makes the official balance hold.  A model of the year
 * before hands on its carried-over requests and its stock of documents.
 */
#include "tests/gen/gen.h"

#include <inttypes.h>
#include <string.h>

struct request_row {
    const char *key, *group, *label;
};

#define GROUP_DENIED "（三）不予公开"
#define GROUP_UNABLE "（四）无法提供"
#define GROUP_REJECTED "（五）不予处理"
#define GROUP_OTHER "（六）其他处理"

static const struct request_row head_rows[] = {
    { "new", "", "一、本年新收政府信息公开申请数量" },
    { "carried_over", "", "二、上年结转政府信息公开申请数量" },
    { "granted", "", "（一）予以公开" },
    { "partial", "",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）" },
    { "denied_state_secret", GROUP_DENIED, "1.属于国家秘密" },
    { "denied_law", GROUP_DENIED, "2.其他法律行政法规禁止公开" },
    { "denied_safety_stability", GROUP_DENIED, "3.危及“三安全一稳定”" },
    { "denied_third_party", GROUP_DENIED, "4.保护第三方合法权益" },
    { "denied_internal", GROUP_DENIED, "5.属于三类内部事务信息" },
    { "denied_process", GROUP_DENIED, "6.属于四类过程性信息" },
    { "denied_enforcement_file", GROUP_DENIED, "7.属于行政执法案卷" },
    { "denied_admin_query", GROUP_DENIED, "8.属于行政查询事项" },
    { "unable_not_held", GROUP_UNABLE, "1.本机关不掌握相关政府信息" },
    { "unable_must_create", GROUP_UNABLE, "2.没有现成信息需要另行制作" },
    { "unable_unclear", GROUP_UNABLE, "3.补正后申请内容仍不明确" },
    { "rejected_petition", GROUP_REJECTED, "1.信访举报投诉类申请" },
    { "rejected_repeat", GROUP_REJECTED, "2.重复申请" },
    { "rejected_publication", GROUP_REJECTED, "3.要求提供公开出版物" },
    { "rejected_excessive", GROUP_REJECTED, "4.无正当理由大量反复申请" },
    { "rejected_reconfirm", GROUP_REJECTED,
        "5.要求行政机关确认或重新出具已获取信息" },
};
static const struct request_row other_2019[] = {
    { "other", "", "（六）其他处理" },
};
static const struct request_row other_2021[] = {
    { "other_overdue_correction", GROUP_OTHER,
        "1.申请人无正当理由逾期不补正、"
        "行政机关不再处理其政府信息公开申请" },
    { "other_overdue_fee", GROUP_OTHER,
        "2.申请人逾期未按收费通知要求缴纳费用、"
        "行政机关不再处理其政府信息公开申请" },
    { "other_misc", GROUP_OTHER, "3.其他" },
};
static const struct request_row tail_rows[] = {
    { "total", "", "（七）总计" },
    { "carried_forward", "", "四、结转下年度继续办理" },
};

enum {
    HEAD_N = 20,
    FIRST_RESULT = 2,
};

const char *const gen_request_headers[GEN_REQUEST_COLS] = { "自然人",
    "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计" };
static const char *const request_columns[GEN_REQUEST_COLS] = { "natural_person",
    "business", "research", "ngo", "legal_service", "other_org", "total" };
const char *const gen_review_headers[5] = { "结果维持", "结果纠正", "其他结果",
    "尚未审结", "总计" };
static const char *const review_columns[5] = { "upheld", "corrected", "other",
    "pending", "total" };
const char *const gen_review_rows[3] = { "行政复议", "未经复议直接起诉",
    "复议后起诉" };
static const char *const review_keys[3] = { "reconsideration",
    "litigation_direct", "litigation_after_reconsideration" };

static const struct request_row *request_row(const struct gen_model *m, int row)
{
    int other_n = m->old_requests ? 1 : 3;

    if (row < HEAD_N)
        return &head_rows[row];
    row -= HEAD_N;
    if (row < other_n)
        return m->old_requests ? &other_2019[row] : &other_2021[row];
    return &tail_rows[row - other_n];
}

const char *gen_request_key(const struct gen_model *m, int row)
{
    return request_row(m, row)->key;
}

const char *gen_request_label(const struct gen_model *m, int row)
{
    return request_row(m, row)->label;
}

const char *gen_request_group(const struct gen_model *m, int row)
{
    return request_row(m, row)->group;
}

int gen_cell_find(const struct gen_model *m, const char *table, const char *row,
    const char *column)
{
    for (int i = 0; i < m->cell_n; i++)
        if (strcmp(m->cell[i].table, table) == 0 &&
            strcmp(m->cell[i].row, row) == 0 &&
            strcmp(m->cell[i].column, column) == 0)
            return i;
    return -1;
}

static int cell_add(struct gen_model *m, const char *table, const char *row,
    const char *column, const char *value)
{
    struct gen_cell *c = &m->cell[m->cell_n];

    c->table = table;
    c->row = row;
    c->column = column;
    c->value = value;
    c->unit = strcmp(column, "amount") == 0 ? NULL : "count";
    c->truth = TRUTH_VALUE;
    return m->cell_n++;
}

static const char *number(struct arena *a, int64_t n)
{
    return arena_printf(a, "%" PRId64, n).p;
}

/* ---- proactive --------------------------------------------------------- */

static int64_t scale(const struct gen_model *m)
{
    static const int64_t by_size[3] = { 6, 120, 60000 };

    return by_size[m->body->size];
}

/* Most cells of real reports are zero, few are large. */
static int64_t sparse(struct rng *r, uint32_t chance, int64_t max)
{
    if (!rng_chance(r, chance))
        return 0;
    return rng_chance(r, 80) ? rng_range(r, 1, max / 5 + 1)
                             : rng_range(r, 1, max);
}

static void proactive_add(struct gen_model *m, struct arena *a, const char *row,
    const char *column, int64_t value)
{
    cell_add(m, "proactive", row, column, number(a, value));
}

static const char *amount(
    const struct gen_model *m, struct rng *r, struct arena *a, bool zeros)
{
    int places = (int)rng_below(r, 5);
    int64_t whole = zeros ? 0 : sparse(r, 70, scale(m) * 3);
    uint32_t part = 0;

    if (whole == 0 || places == 0)
        return number(a, whole);
    for (int i = 0; i < places; i++)
        part = part * 10 + rng_below(r, 10);
    return arena_printf(a, "%" PRId64 ".%0*u", whole, places, part).p;
}

static void stock_draw(struct gen_model *m, const struct gen_wish *w,
    struct rng *r, int row, int64_t *made, int64_t *gone)
{
    int64_t old =
        w->before != NULL ? w->before->in_force[row] : sparse(r, 60, 90);

    *made = w->zeros ? 0 : sparse(r, 50, 40);
    *gone = w->zeros || old == 0 ? 0 : rng_range(r, 0, old / 3);
    m->in_force[row] = w->zeros ? 0 : old + *made - *gone;
}

static void proactive_2021(struct gen_model *m, const struct gen_wish *w,
    struct rng *r, struct arena *a)
{
    static const char *const rows[2] = { "regulations", "normative_documents" };
    static const char *const decided[3] = { "licensing", "penalty",
        "coercion" };

    for (int i = 0; i < 2; i++) {
        int64_t made, gone;

        stock_draw(m, w, r, i, &made, &gone);
        proactive_add(m, a, rows[i], "issued", made);
        proactive_add(m, a, rows[i], "repealed", gone);
        proactive_add(m, a, rows[i], "in_force", m->in_force[i]);
    }
    for (int i = 0; i < 3; i++)
        proactive_add(m, a, decided[i], "decisions",
            w->zeros ? 0 : sparse(r, 75, scale(m) * 3));
    m->cell[cell_add(
                m, "proactive", "fees", "amount", amount(m, r, a, w->zeros))]
        .unit = "cny_10k";
}

static void items_add(struct gen_model *m, const struct gen_wish *w,
    const char *row, bool decisions, struct rng *r, struct arena *a)
{
    int64_t before = w->zeros ? 0 : sparse(r, 70, 400);
    int64_t change = before == 0 || rng_chance(r, 40)
                         ? 0
                         : rng_range(r, -(before < 20 ? before : 20), 20);

    proactive_add(m, a, row, "items_prev", before);
    proactive_add(m, a, row, "change", change);
    if (decisions)
        proactive_add(
            m, a, row, "decisions", w->zeros ? 0 : sparse(r, 60, scale(m)));
}

static void proactive_2019(struct gen_model *m, const struct gen_wish *w,
    struct rng *r, struct arena *a)
{
    static const char *const rows[2] = { "regulations", "normative_documents" };

    for (int i = 0; i < 2; i++) {
        int64_t made = w->zeros ? 0 : sparse(r, 50, 40);
        int64_t out = made == 0 ? 0 : rng_range(r, made / 2, made);

        proactive_add(m, a, rows[i], "made", made);
        proactive_add(m, a, rows[i], "published", out);
        proactive_add(m, a, rows[i], "published_total",
            w->zeros ? 0 : out + sparse(r, 60, 300));
    }
    items_add(m, w, "licensing", true, r, a);
    if (m->split_services) {
        items_add(m, w, "inspection", true, r, a);
        items_add(m, w, "confirmation", true, r, a);
    } else {
        items_add(m, w, "other_services", true, r, a);
    }
    items_add(m, w, "penalty", true, r, a);
    items_add(m, w, "coercion", true, r, a);
    items_add(m, w, "fees", false, r, a);
    proactive_add(
        m, a, "procurement", "projects", w->zeros ? 0 : sparse(r, 70, 120));
    cell_add(
        m, "proactive", "procurement", "amount", amount(m, r, a, w->zeros));
}

/* ---- requests ---------------------------------------------------------- */

static void requests_column(
    struct gen_model *m, const struct gen_wish *w, int column, struct rng *r)
{
    static const int64_t most[3] = { 4, 30, 700 };
    static const uint32_t busy[3] = { 8, 30, 65 };
    int size = m->body->size;
    int last = m->request_row_n - 1, total = last - 1;
    int64_t max = column == 0 ? most[size] : most[size] / 8 + 1, sum = 0;
    uint32_t chance = column == 0 ? busy[size] : busy[size] / 3;
    int64_t over =
        w->before != NULL
            ? w->before->request[w->before->request_row_n - 1][column]
            : sparse(r, chance, max / 4 + 1);

    for (int row = FIRST_RESULT; row < total; row++) {
        m->request[row][column] = w->zeros ? 0 : sparse(r, chance, max);
        sum += m->request[row][column];
    }
    m->request[last][column] = w->zeros ? 0 : sparse(r, chance, max / 4 + 1);
    if (w->zeros)
        over = 0;
    if (sum + m->request[last][column] < over) {
        int64_t more = over - sum - m->request[last][column];

        m->request[FIRST_RESULT][column] += more;
        sum += more;
    }
    m->request[total][column] = sum;
    m->request[1][column] = over;
    m->request[0][column] = sum + m->request[last][column] - over;
}

static void requests_make(struct gen_model *m, const struct gen_wish *w,
    struct rng *r, struct arena *a)
{
    for (int column = 0; column < GEN_REQUEST_COLS - 1; column++)
        requests_column(m, w, column, r);
    for (int row = 0; row < m->request_row_n; row++) {
        int64_t sum = 0;

        for (int column = 0; column < GEN_REQUEST_COLS - 1; column++)
            sum += m->request[row][column];
        m->request[row][GEN_REQUEST_COLS - 1] = sum;
        for (int column = 0; column < GEN_REQUEST_COLS; column++)
            m->request_cell[row][column] = cell_add(m, "requests",
                gen_request_key(m, row), request_columns[column],
                number(a, m->request[row][column]));
    }
}

static void review_make(struct gen_model *m, const struct gen_wish *w,
    struct rng *r, struct arena *a)
{
    static const int64_t most[3] = { 2, 12, 90 };
    static const uint32_t busy[3] = { 10, 45, 80 };

    for (int row = 0; row < 3; row++) {
        int64_t sum = 0;

        for (int column = 0; column < 4; column++) {
            int64_t n =
                w->zeros ? 0
                         : sparse(r, busy[m->body->size], most[m->body->size]);

            m->review[row][column] = n;
            sum += n;
        }
        m->review[row][4] = sum;
        for (int column = 0; column < 5; column++)
            m->review_cell[row][column] =
                cell_add(m, "review", review_keys[row], review_columns[column],
                    number(a, m->review[row][column]));
    }
}

static bool wished(int wish, bool otherwise)
{
    return wish < 0 ? otherwise : wish != 0;
}

void gen_model_make(struct gen_model *m, const struct gen_wish *w,
    struct rng *r, struct arena *a)
{
    memset(m, 0, sizeof *m);
    m->body = w->body;
    if (m->body == NULL)
        m->body = &gen_bodies[rng_below(r, GEN_BODY_N)];
    m->year = w->year != 0 ? w->year : (int)rng_range(r, 2019, 2024);
    m->old_proactive = wished(w->old_proactive, m->year <= 2020);
    m->old_requests = wished(w->old_requests, m->year <= 2020);
    m->split_services =
        m->old_proactive && wished(w->split_services, rng_chance(r, 15));
    m->request_row_n = m->old_requests ? 23 : 25;
    if (m->old_proactive)
        proactive_2019(m, w, r, a);
    else
        proactive_2021(m, w, r, a);
    m->proactive_n = m->cell_n;
    requests_make(m, w, r, a);
    review_make(m, w, r, a);
}
