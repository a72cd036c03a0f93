#include "cli/watching.h"

#include "base/file.h"
#include "batch/watch.h"

#include <stdlib.h>
#include <string.h>

/* A file something was made from. */
struct source {
    const char *path;
    bool there; /* as it was last looked at */
};

/* The files an output was made from, by their numbers. */
struct made_from {
    const unsigned *id;
    size_t n;
    bool done; /* false: it was never made */
};

struct watched {
    const struct options *options;
    struct state *state;
    struct watch *watch;
    struct diag *diag; /* of what is no dispatch's */

    struct pool *pool;  /* for as long as it watches */
    struct names paths; /* of all files something was made from: index into `files` */
    VEC(struct source) files;

    struct pool *plan_pool; /* of the plan and what belongs to it, until the next one */
    struct plan plan;
    struct names inputs;    /* of the plan */
    struct made_from *from; /* by output */
    struct buf said;        /* about the plan, when it was last made */

    struct maker maker;
    enum status worst;
};

/* The files that were saved, or are to be looked at again. */
struct round {
    struct pool *pool;
    VEC(size_t) outputs; /* to be made */
    bool *changed;       /* by number of path */
    bool all;            /* outputs, whatever changed */
};

/* ---- what depends on what ---- */

/* A path not seen before has its folder watched from now on. */
static unsigned path_id(struct watched *w, const char *path) {
    size_t n = w->files.n, id = names_add(&w->paths, path, strlen(path), n);
    if (id == n) {
        struct pool *pool = pool_new();
        *VEC_PUSH(w->pool, &w->files) = (struct source){.path = pool_strdup(w->pool, path)};
        watch_folder(w->watch, path_folder(pool, path), w->diag);
        pool_free(pool);
    }
    return (unsigned)id;
}

static bool is_same_list(const struct made_from *from, const unsigned *id, size_t n) {
    return from->n == n && (n == 0 || memcmp(from->id, id, n * sizeof *id) == 0);
}

/* An output seldom gets other sources than it had: nothing piles up while somebody writes. */
static void remember(struct watched *w, size_t i, const struct outcome *outcome) {
    size_t n = outcome->sources.n;
    unsigned *id = mem_alloc((n + 1) * sizeof *id);
    for (size_t k = 0; k < n; k++) {
        id[k] = path_id(w, outcome->sources.at[k].path);
        w->files.at[id[k]].there = outcome->sources.at[k].there;
    }
    if (!is_same_list(&w->from[i], id, n)) {
        unsigned *kept = POOL_ARRAY(w->pool, unsigned, n + 1);
        memcpy(kept, id, n * sizeof *id);
        w->from[i] = (struct made_from){.id = kept, .n = n};
    }
    w->from[i].done = true;
    free(id);
}

static bool depends(const struct made_from *from, const bool *changed) {
    for (size_t i = 0; i < from->n; i++)
        if (changed[from->id[i]])
            return true;
    return false;
}

/* ---- the plan ---- */

/* What was said of the plan before is not said again. */
static void say_of_plan(struct watched *w, const struct diag *diag) {
    struct buf text = {0};
    diag_put(diag, &text);
    if (strcmp(buf_text(&text), buf_text(&w->said)) != 0)
        fwrite(buf_text(&text), 1, text.len, stderr);
    buf_free(&w->said);
    w->said = text;
}

/* Whether there is a folder that was not watched when the plan was made. */
static bool watch_inputs(struct watched *w) {
    bool new = false;
    struct pool *pool = pool_new();
    const char **folder;
    VEC_EACH (folder, &w->plan.folders)
        new |= watch_folder(w->watch, *folder, w->diag);
    for (size_t i = 0; i < w->options->path_count; i++) {
        const char *path = w->options->paths[i];
        if (!file_is_folder(path))
            new |=
                watch_folder(w->watch, file_exists(path) ? path_folder(pool, path) : path, w->diag);
    }
    if (w->options->rows)
        watch_folder(w->watch, path_folder(pool, w->options->rows), w->diag);
    pool_free(pool);
    return new;
}

/* Other than those a document has: they may be somewhere else by now, or there at last. */
static void watch_sources(struct watched *w) {
    struct pool *pool = pool_new();
    const char *last = "";
    for (size_t i = 0; i < w->plan.count; i++)
        for (size_t k = 0; k < w->from[i].n; k++) {
            const char *folder = path_folder(pool, w->files.at[w->from[i].id[k]].path);
            if (strcmp(folder, last) != 0)
                watch_folder(w->watch, folder, w->diag);
            last = folder;
        }
    pool_free(pool);
}

static void index_inputs(struct watched *w) {
    w->inputs = (struct names){.pool = w->plan_pool};
    for (size_t i = 0; i < w->plan.count; i++) {
        const char *input = w->plan.outputs[i].input;
        if (input)
            names_add(&w->inputs, input, strlen(input), i);
    }
}

/* Outputs that are still planned keep what is known of them. */
static void take_over(struct watched *w, const struct plan *old, const struct made_from *from) {
    struct names by_key = {.pool = w->plan_pool};
    for (size_t i = 0; i < old->count; i++)
        names_add(&by_key, old->outputs[i].key, strlen(old->outputs[i].key), i);
    w->from = POOL_ARRAY(w->plan_pool, struct made_from, w->plan.count + 1);
    for (size_t i = 0; i < w->plan.count; i++) {
        const char *key = w->plan.outputs[i].key;
        size_t k = names_find(&by_key, key, strlen(key));
        if (k != NAMES_NONE)
            w->from[i] = from[k];
    }
}

/* Files may have come and gone. What comes into a folder between its being found and its being
 * watched would be seen by nobody: so it is looked at again. */
static void replan(struct watched *w) {
    enum { TURNS = 8 };
    struct pool *old_pool = w->plan_pool;
    struct plan old = w->plan;
    const struct made_from *from = w->from;
    struct diag *diag = NULL;
    w->plan_pool = NULL;
    for (int turn = 0; turn < TURNS; turn++) {
        if (w->plan_pool)
            pool_free(w->plan_pool);
        diag_free(diag);
        w->plan_pool = pool_new();
        diag = diag_new(w->options->lang);
        plan_make(&w->plan, w->plan_pool, w->options, diag);
        if (!watch_inputs(w))
            break;
    }
    take_over(w, &old, from);
    index_inputs(w);
    if (old_pool)
        pool_free(old_pool);
    say_of_plan(w, diag);
    diag_free(diag);
}

/* ---- making ---- */

static void take_piece(struct watched *w, size_t i, enum status status, const char *line,
                       size_t n) {
    struct pool *pool = pool_new();
    struct outcome outcome;
    w->worst = worse(w->worst, status);
    if (n && outcome_parse(pool, line, n - 1, &outcome))
        remember(w, i, &outcome);
    pool_free(pool);
}

static void print_piece(const struct piece *piece) {
    fwrite(buf_text(&piece->text[PIECE_OUT]), 1, piece->text[PIECE_OUT].len, stdout);
    fflush(stdout);
    fwrite(buf_text(&piece->text[PIECE_ERR]), 1, piece->text[PIECE_ERR].len, stderr);
}

static void settle(struct watched *w, struct piece *pieces, size_t n) {
    make_settle(&w->maker, pieces, n);
    for (size_t i = 0; i < n; i++) {
        print_piece(&pieces[i]);
        take_piece(w, pieces[i].index, pieces[i].status, buf_text(&pieces[i].record),
                   pieces[i].record.len);
        piece_free(&pieces[i]);
    }
}

/* Few outputs: here, where fonts and templates are at hand. */
static bool make_here(struct watched *w, const struct round *round) {
    enum { GROUP = 8 };
    struct piece pieces[GROUP];
    size_t n = 0;
    for (size_t k = 0; k < round->outputs.n && !watch_ended(w->watch); k++) {
        struct piece *piece = &pieces[n];
        if (!piece_open(piece, round->outputs.at[k]))
            break;
        piece->status = make_one(&w->maker, piece->index, piece);
        piece_close(piece);
        if (++n < GROUP && k + 1 < round->outputs.n)
            continue;
        settle(w, pieces, n);
        n = 0;
    }
    settle(w, pieces, n);
    return !watch_ended(w->watch);
}

/* Many: by workers, as a run does without watching. */
struct crew {
    struct watched *watched;
    const struct round *round;
    struct maker maker;
};

static void *start_worker(void *context) {
    struct crew *crew = context;
    make_start(&crew->maker);
    return crew;
}

static void stop_worker(void *worker) {
    make_stop(&((struct crew *)worker)->maker);
}

static enum status do_piece(void *worker, size_t i, struct piece *piece) {
    struct crew *crew = worker;
    return make_one(&crew->maker, crew->round->outputs.at[i], piece);
}

static void begin_settling(void *worker) {
    make_begin_settling(&((struct crew *)worker)->maker);
}

static void settle_pieces(void *worker, struct piece *pieces, size_t n) {
    make_settle(&((struct crew *)worker)->maker, pieces, n);
}

static void take_outcome(void *context, size_t i, enum status status, const char *line, size_t n) {
    struct crew *crew = context;
    take_piece(crew->watched, crew->round->outputs.at[i], status, line, n);
}

static void take_loss(void *context, size_t i) {
    struct crew *crew = context;
    const struct plan *plan = &crew->watched->plan;
    struct diag *diag = diag_new(crew->watched->options->lang);
    diag_add(diag, WORKER_DIED,
             (struct where){.file = plan->outputs[crew->round->outputs.at[i]].input}, NULL);
    diag_write(diag, stderr);
    diag_free(diag);
}

static bool make_apart(struct watched *w, const struct round *round, int jobs) {
    struct crew crew = {.watched = w, .round = round, .maker = w->maker};
    struct workers workers = {.start = start_worker,
                              .stop = stop_worker,
                              .piece = do_piece,
                              .begin = begin_settling,
                              .settle = settle_pieces,
                              .context = &crew,
                              .done = take_outcome,
                              .lost = take_loss};
    size_t n = round->outputs.n;
    int signal;
    w->worst = worse(w->worst, workers_run(&workers, &n, jobs, &signal));
    return signal == 0;
}

static bool make_round(struct watched *w, const struct round *round) {
    int jobs = workers_useful(w->options->jobs, round->outputs.n);
    bool goes_on = jobs > 1 ? make_apart(w, round, jobs) : make_here(w, round);
    diag_write(w->diag, stderr);
    diag_free(w->diag);
    w->diag = diag_new(w->options->lang);
    return goes_on;
}

/* ---- what a save comes to ---- */

static bool has_suffix_of(const char *path, const char *const *suffixes) {
    for (; *suffixes; suffixes++)
        if (path_has_suffix(path, *suffixes))
            return true;
    return false;
}

/* The table, or an INI that is new or gone. */
static bool asks_for_plan(const struct watched *w, const char *path) {
    const struct options *o = w->options;
    bool planned = names_find(&w->inputs, path, strlen(path)) != NAMES_NONE;
    if (o->rows)
        return planned || strcmp(path, o->rows) == 0;
    return path_has_suffix(path, ".ini") && planned != file_exists(path);
}

/* A font that may be chosen from now on. */
static bool is_new_font(const struct watched *w, const char *path) {
    static const char *const suffixes[] = {".ttf", ".otf", ".ttc", NULL};
    struct pool *pool = pool_new();
    const char *const *folder = session_font_folders(w->maker.session);
    bool found = false;
    for (; has_suffix_of(path, suffixes) && *folder; folder++)
        found |= strcmp(path_folder(pool, path), *folder) == 0;
    pool_free(pool);
    return found;
}

/* Templates, profiles and fonts are in the session; everything else is read for each document. */
static bool is_in_session(const struct watched *w, const char *path) {
    static const char *const plain[] = {".ini", ".md", ".csv", ".png", ".jpg", ".jpeg", NULL};
    struct pool *pool = pool_new();
    const char *templates = session_types(w->maker.session);
    bool is_ours = strcmp(path_folder(pool, path), templates) == 0;
    pool_free(pool);
    return is_ours || !has_suffix_of(path, plain);
}

/* Marks the path, if something was made from it. */
static void mark(struct watched *w, struct round *round, const char *path, bool *spoilt) {
    size_t id = names_find(&w->paths, path, strlen(path));
    if (id == NAMES_NONE || round->changed[id])
        return;
    round->changed[id] = true;
    make_look_again(&w->maker, path);
    *spoilt |= is_in_session(w, path);
}

/* Folders came or went, and with them what is in them. */
static void mark_moved(struct watched *w, struct round *round, bool *spoilt) {
    watch_sources(w);
    const struct source *file;
    VEC_EACH (file, &w->files)
        if (file_exists(file->path) != file->there)
            mark(w, round, file->path, spoilt);
}

static void renew_session(struct watched *w, bool conditions) {
    make_stop(&w->maker);
    if (conditions)
        w->maker.conditions = make_conditions(w->options);
    make_start(&w->maker);
}

static void choose_outputs(struct watched *w, struct round *round) {
    for (size_t i = 0; i < w->plan.count; i++)
        if (w->plan.outputs[i].input &&
            (round->all || !w->from[i].done || depends(&w->from[i], round->changed)))
            *VEC_PUSH(round->pool, &round->outputs) = i;
}

static bool round_of(struct watched *w, struct pool *pool, const struct watch_changes *changes) {
    struct round round = {
        .pool = pool, .changed = POOL_ARRAY(pool, bool, w->files.n + 1), .all = changes->lost};
    const bool lost = changes->lost;
    bool plan = changes->folders || lost, spoilt = lost, fonts = lost;
    const char *const *path;
    VEC_EACH (path, &changes->paths) {
        mark(w, &round, *path, &spoilt);
        plan |= asks_for_plan(w, *path);
        fonts |= is_new_font(w, *path);
        round.all |= w->options->rows && strcmp(*path, w->options->rows) == 0;
    }
    if (w->state)
        state_refresh(w->state);
    if (plan)
        replan(w);
    if (changes->folders || changes->lost) {
        make_forget(&w->maker);
        mark_moved(w, &round, &spoilt);
    }
    if (spoilt || fonts)
        renew_session(w, fonts);
    round.all |= fonts;
    choose_outputs(w, &round);
    return make_round(w, &round);
}

/* ---- from the first look to the signal ---- */

static bool first_round(struct watched *w) {
    struct pool *pool = pool_new();
    struct round round = {.pool = pool, .all = true};
    for (const char *const *folder = session_font_folders(w->maker.session); *folder; folder++)
        watch_folder(w->watch, *folder, w->diag);
    choose_outputs(w, &round);
    bool goes_on = make_round(w, &round);
    w->maker.tells_news_only = true;
    pool_free(pool);
    return goes_on;
}

static void watch_on(struct watched *w) {
    for (bool goes_on = first_round(w); goes_on;) {
        struct pool *pool = pool_new();
        struct watch_changes changes = {0};
        goes_on = watch_wait(w->watch, pool, &changes) && round_of(w, pool, &changes);
        pool_free(pool);
    }
}

enum status watching(const struct options *options, struct state *state) {
    struct diag *diag = diag_new(options->lang);
    struct watch *watch = watch_new(diag);
    if (!watch) {
        diag_write(diag, stderr);
        diag_free(diag);
        return STATUS_SYSTEM;
    }
    struct watched w = {
        .options = options, .state = state, .watch = watch, .diag = diag, .pool = pool_new()};
    w.paths = (struct names){.pool = w.pool};
    w.maker = (struct maker){.options = options,
                             .plan = &w.plan,
                             .state = state,
                             .conditions = make_conditions(options)};
    replan(&w);
    make_start(&w.maker);
    watch_on(&w);
    make_stop(&w.maker);
    pool_free(w.plan_pool);
    pool_free(w.pool);
    buf_free(&w.said);
    diag_free(w.diag);
    watch_free(w.watch);
    return w.worst;
}
