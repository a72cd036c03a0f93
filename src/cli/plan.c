#include "cli/plan.h"
#include "cli/inputs.h"

#include "base/file.h"

#include <stdlib.h>
#include <string.h>

static int by_base(const void *a, const void *b) {
    return strcmp((*(const struct output *const *)a)->base,
                  (*(const struct output *const *)b)->base);
}

/* Two dispatches of one name in different folders would write one output: the second is
 * refused. */
static void refuse_same_outputs(struct plan *plan, struct diag *diag) {
    struct output *outputs = plan->outputs;
    size_t n = plan->count;
    struct output **sorted = POOL_ARRAY(plan->pool, struct output *, n + 1);
    for (size_t i = 0; i < n; i++)
        sorted[i] = &outputs[i];
    qsort(sorted, n, sizeof *sorted, by_base);
    for (size_t i = 1; i < n; i++)
        if (strcmp(sorted[i]->base, sorted[i - 1]->base) == 0) {
            struct output *second = sorted[i] > sorted[i - 1] ? sorted[i] : sorted[i - 1];
            const struct output *first = second == sorted[i] ? sorted[i - 1] : sorted[i];
            diag_add(diag, OUTPUT_TWICE, (struct where){.file = second->input}, first->input, NULL);
            second->input = NULL;
            sorted[i] = sorted[i - 1] = (struct output *)first;
        }
}

static struct output output_of(struct plan *plan, const struct options *o, const char *input,
                               const char *shape, const char *name) {
    const char *key = path_join(plan->pool, *shape ? shape : ".", name);
    const char *base = o->out ? path_join(plan->pool, o->out, key)
                              : path_join(plan->pool, path_folder(plan->pool, input), name);
    return (struct output){.input = input, .base = base, .key = o->out ? key : base};
}

static void plan_files(struct plan *plan, const struct options *o, const struct inputs *inputs) {
    plan->outputs = POOL_ARRAY(plan->pool, struct output, inputs->at.n + 1);
    plan->count = inputs->at.n;
    for (size_t i = 0; i < inputs->at.n; i++)
        plan->outputs[i] = output_of(plan, o, inputs->at.at[i], inputs->shapes.at[i],
                                     path_stem(plan->pool, inputs->at.at[i]));
}

static bool plan_rows(struct plan *plan, const struct options *o, const char *input,
                      struct diag *diag) {
    struct rows *rows = rows_read(plan->pool, o->rows, diag);
    struct ini *ini = rows ? ini_read(plan->pool, input, diag) : NULL;
    const char **names =
        ini ? rows_names(plan->pool, rows, ini, path_stem(plan->pool, input), o->name, diag) : NULL;
    if (!names)
        return false;
    plan->rows = rows;
    plan->count = rows_count(rows);
    plan->outputs = POOL_ARRAY(plan->pool, struct output, plan->count + 1);
    for (size_t i = 0; i < plan->count; i++) {
        plan->outputs[i] = output_of(plan, o, input, "", names[i]);
        plan->outputs[i].row = i;
    }
    return true;
}

static void index_bases(struct plan *plan) {
    struct output *all = POOL_ARRAY(plan->pool, struct output, plan->count + 1);
    memcpy(all, plan->outputs, plan->count * sizeof *all);
    plan->all = all;
    plan->by_base = (struct names){.pool = plan->pool};
    for (size_t i = 0; i < plan->count; i++)
        names_add(&plan->by_base, all[i].base, strlen(all[i].base), i);
}

const char *plan_input(const struct plan *plan, struct pool *pool, const struct output *output) {
    return plan->rows
               ? pool_printf(pool, "%s (%d)", output->input, rows_line(plan->rows, output->row))
               : output->input;
}

const struct output *plan_output(const struct plan *plan, const char *base) {
    size_t i = names_find(&plan->by_base, base, strlen(base));
    return i == NAMES_NONE ? NULL : &plan->all[i];
}

/* By the name alone, so that a dispatch stays in its part whatever is beside it. */
static void keep_shard(struct plan *plan, int shard, int shards) {
    size_t kept = 0;
    for (size_t i = 0; i < plan->count; i++) {
        struct hash hash = hash_of(plan->outputs[i].key, strlen(plan->outputs[i].key));
        if (hash.word[0] % (uint64_t)shards == (uint64_t)shard - 1)
            plan->outputs[kept++] = plan->outputs[i];
    }
    plan->count = kept;
}

bool plan_make(struct plan *plan, struct pool *pool, const struct options *o, struct diag *diag) {
    static const char *const suffixes[] = {".ini", NULL};
    struct inputs inputs = {.deep = o->given & OPTION_RECURSIVE};
    *plan = (struct plan){.pool = pool, .many = o->rows != NULL};
    for (size_t i = 0; i < o->path_count; i++)
        plan->many |= file_is_folder(o->paths[i]);
    inputs_collect(pool, o->paths, o->path_count, suffixes, &inputs, diag);
    plan->folders.at = inputs.folders.at;
    plan->folders.n = inputs.folders.n;
    if (o->rows && inputs.at.n != 1) {
        if (inputs.at.n)
            diag_add(diag, ROWS_ONE_INI, (struct where){.file = o->rows}, NULL);
        return false;
    }
    if (o->rows && !plan_rows(plan, o, inputs.at.at[0], diag))
        return false;
    if (!o->rows)
        plan_files(plan, o, &inputs);
    index_bases(plan);
    if (o->shards)
        keep_shard(plan, o->shard, o->shards);
    if (o->dump == DUMP_NONE)
        refuse_same_outputs(plan, diag);
    return plan->count > 0;
}
