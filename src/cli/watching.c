#include "cli/watching.h"

#include "base/file.h"
#include "batch/watch.h"

#include <stdlib.h>
#include <string.h>

/* The records of all outputs, as last made: they say which files each depends on. */
struct watched {
    const struct options *options;
    struct state *state;
    struct watch *watch;
    struct pool *pool; /* of the round's plan and records */
    struct plan plan;
    struct record *records; /* by output; key NULL: not made yet */
    struct maker maker;
    enum status worst;
};

static void watch_sources(struct watched *w, const struct record *record) {
    struct pool *pool = pool_new();
    for (size_t i = 0; i < record->sources.n; i++)
        watch_folder(w->watch, path_folder(pool, record->sources.at[i].path));
    pool_free(pool);
}

static void make(struct watched *w, size_t i) {
    struct piece piece;
    if (!piece_open(&piece, i))
        return;
    piece.status = make_one(&w->maker, i, &piece);
    piece_close(&piece);
    make_settle(&w->maker, &piece, 1);
    w->worst = worse(w->worst, piece.status);
    fwrite(buf_text(&piece.text[PIECE_OUT]), 1, piece.text[PIECE_OUT].len, stdout);
    fflush(stdout);
    fwrite(buf_text(&piece.text[PIECE_ERR]), 1, piece.text[PIECE_ERR].len, stderr);
    size_t n = piece.record.len;
    if (n && record_parse(w->pool, piece.record.data, n - 1, &w->records[i]))
        watch_sources(w, &w->records[i]);
    piece_free(&piece);
}

/* Every record is of an older pool: copied through its own text. */
static void keep_record(struct watched *w, size_t i, const struct record *old) {
    struct buf line = {0};
    record_put(old, &line);
    record_parse(w->pool, line.data, line.len - 1, &w->records[i]);
    buf_free(&line);
}

/* Plans anew: files may have come and gone. What is still there keeps its record. */
static void replan(struct watched *w) {
    struct diag *diag = diag_new(w->options->lang);
    struct pool *pool = pool_new(), *old_pool = w->pool;
    struct plan old = w->plan;
    struct record *old_records = w->records;
    struct names by_key = {.pool = pool};
    for (size_t i = 0; i < old.count; i++)
        if (old_records[i].key)
            names_add(&by_key, old.outputs[i].key, strlen(old.outputs[i].key), i);
    w->pool = pool;
    plan_make(&w->plan, pool, w->options, diag);
    w->records = POOL_ARRAY(pool, struct record, w->plan.count + 1);
    for (size_t i = 0; i < w->plan.count; i++) {
        size_t k = names_find(&by_key, w->plan.outputs[i].key, strlen(w->plan.outputs[i].key));
        if (k != NAMES_NONE)
            keep_record(w, i, &old_records[k]);
    }
    for (size_t i = 0; i < w->plan.count; i++)
        watch_folder(w->watch,
                     path_folder(pool, w->plan.outputs[i].input ? w->plan.outputs[i].input
                                                                : w->plan.outputs[i].base));
    if (w->options->rows)
        watch_folder(w->watch, path_folder(pool, w->options->rows));
    if (old_pool)
        pool_free(old_pool);
    diag_write(diag, stderr);
    diag_free(diag);
}

static bool depends(const struct record *record, const struct watch_changes *changes) {
    for (size_t i = 0; i < record->sources.n; i++)
        for (size_t k = 0; k < changes->paths.n; k++)
            if (strcmp(record->sources.at[i].path, changes->paths.at[k]) == 0)
                return true;
    return false;
}

/* Templates, profiles and fonts are in the session. */
static bool spoils_session(const struct watched *w, const struct watch_changes *changes) {
    static const char *const plain[] = {".ini", ".md", ".csv", ".png"};
    for (size_t i = 0; i < changes->paths.n; i++) {
        const char *path = changes->paths.at[i];
        bool is_plain = false;
        for (size_t k = 0; k < sizeof plain / sizeof plain[0]; k++)
            is_plain |= path_has_suffix(path, plain[k]);
        bool is_profile = strstr(path, "templates/") != NULL;
        for (size_t k = 0; (!is_plain || is_profile) && k < w->plan.count; k++)
            if (w->records[k].key && depends(&w->records[k], changes))
                return true;
    }
    return false;
}

static bool names_rows(const struct watched *w, const struct watch_changes *changes) {
    for (size_t i = 0; w->options->rows && i < changes->paths.n; i++)
        if (strcmp(changes->paths.at[i], w->options->rows) == 0)
            return true;
    return false;
}

static void round_of(struct watched *w, const struct watch_changes *changes) {
    bool again = spoils_session(w, changes), rows = names_rows(w, changes);
    if (again)
        make_stop(&w->maker);
    else
        make_forget(&w->maker);
    replan(w);
    if (again)
        make_start(&w->maker);
    for (size_t i = 0; i < w->plan.count; i++)
        if (!w->records[i].key || rows || depends(&w->records[i], changes))
            make(w, i);
}

enum status watching(const struct options *options, struct state *state) {
    struct diag *diag = diag_new(options->lang);
    struct watched w = {.options = options, .state = state, .watch = watch_new(diag)};
    diag_write(diag, stderr);
    diag_free(diag);
    if (!w.watch)
        return STATUS_SYSTEM;
    w.maker = (struct maker){.options = options,
                             .plan = &w.plan,
                             .state = state,
                             .conditions = make_conditions(options)};
    replan(&w);
    make_start(&w.maker);
    for (size_t i = 0; i < w.plan.count; i++)
        make(&w, i);
    for (bool goes_on = true; goes_on;) {
        struct pool *pool = pool_new();
        struct watch_changes changes = {0};
        goes_on = watch_wait(w.watch, pool, &changes);
        if (goes_on)
            round_of(&w, &changes);
        pool_free(pool);
    }
    make_stop(&w.maker);
    pool_free(w.pool);
    watch_free(w.watch);
    return w.worst;
}
