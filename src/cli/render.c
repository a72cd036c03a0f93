#include "cli/commands.h"
#include "cli/make.h"
#include "cli/options.h"
#include "cli/plan.h"
#include "cli/watching.h"
#include "cli/workers.h"

#include "base/file.h"
#include "batch/join.h"
#include "batch/listing.h"
#include "batch/progress.h"
#include "dispatch/appendix.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* A run as its parent process sees it. */
struct run {
    const struct options *options;
    struct pool *pool;
    struct plan plan;
    struct maker maker;      /* what each worker begins with */
    struct listing *listing; /* NULL: no report */
    struct progress *progress;
    VEC(const char *) bad;  /* inputs that were not made */
    VEC(const char *) pdfs; /* to join */
};

/* ---- workers ---- */

static void *start_worker(void *context) {
    struct run *run = context;
    make_start(&run->maker);
    return &run->maker;
}

static void stop_worker(void *worker) {
    make_stop(worker);
}

static enum status do_piece(void *worker, size_t i, struct piece *piece) {
    return make_one(worker, i, piece);
}

static void begin_settling(void *worker) {
    make_begin_settling(worker);
}

static void settle_pieces(void *worker, struct piece *pieces, size_t n) {
    make_settle(worker, pieces, n);
}

/* ---- what the parent is told ---- */

/* The outputs under their whole names. */
static void name_outputs(struct run *run, const struct output *output, struct outcome *outcome) {
    for (size_t i = 0; i < outcome->outputs.n; i++) {
        const char *path =
            pool_printf(run->pool, "%s%s", output->base, outcome->outputs.at[i].path);
        outcome->outputs.at[i].path = path;
        if (run->options->merge_pdf && path_has_suffix(path, ".pdf"))
            *VEC_PUSH(run->pool, &run->pdfs) = path;
    }
}

static void take_outcome(void *context, size_t i, enum status status, const char *bytes, size_t n) {
    struct run *run = context;
    const struct output *output = &run->plan.outputs[i];
    if (!output->input)
        return;
    if (status != STATUS_OK)
        *VEC_PUSH(run->pool, &run->bad) = plan_input(&run->plan, run->pool, output);
    if (!run->listing && !run->options->merge_pdf)
        return;
    struct pool *pool = pool_new();
    struct outcome outcome;
    if (n && outcome_parse(pool, bytes, n - 1, &outcome)) {
        name_outputs(run, output, &outcome);
        if (run->listing)
            listing_add(run->listing, &outcome);
    }
    pool_free(pool);
}

static void take_loss(void *context, size_t i) {
    struct run *run = context;
    const char *input = plan_input(&run->plan, run->pool, &run->plan.outputs[i]);
    struct diag *diag = diag_new(run->options->lang);
    diag_add(diag, WORKER_DIED, (struct where){.file = input}, NULL);
    diag_write(diag, stderr);
    *VEC_PUSH(run->pool, &run->bad) = input;
    if (run->listing)
        listing_add(run->listing, &(struct outcome){.input = input,
                                                    .number = "",
                                                    .subject = "",
                                                    .errors = 1,
                                                    .messages = diag_name(WORKER_DIED)});
    diag_free(diag);
}

static void show_progress(void *context, size_t done, size_t failed) {
    struct run *run = context;
    progress_set(run->progress, done, failed);
}

static void before_printing(void *context) {
    struct run *run = context;
    progress_hide(run->progress);
}

/* ---- the end ---- */

static void print_bad(const struct run *run, size_t done) {
    if (!run->bad.n || run->plan.count < 2)
        return;
    struct diag *diag = diag_new(run->options->lang);
    struct buf counts[2] = {0};
    buf_put_int(&counts[0], (int64_t)run->bad.n);
    buf_put_int(&counts[1], (int64_t)done);
    diag_add(diag, RENDER_BAD, (struct where){0}, buf_text(&counts[0]), buf_text(&counts[1]), NULL);
    diag_write(diag, stderr);
    for (size_t i = 0; i < run->bad.n; i++)
        fprintf(stderr, "  %s\n", run->bad.at[i]);
    buf_free(&counts[0]);
    buf_free(&counts[1]);
    diag_free(diag);
}

static void say_interrupted(const struct run *run, size_t done, struct diag *diag) {
    struct buf counts[2] = {0};
    buf_put_int(&counts[0], (int64_t)done);
    buf_put_int(&counts[1], (int64_t)(run->plan.count - done));
    diag_add(diag, RENDER_INTERRUPTED, (struct where){0}, buf_text(&counts[0]),
             buf_text(&counts[1]), NULL);
    buf_free(&counts[0]);
    buf_free(&counts[1]);
}

static enum status run_all(struct run *run, struct diag *diag, int *signal) {
    static const struct workers how = {.start = start_worker,
                                       .stop = stop_worker,
                                       .piece = do_piece,
                                       .begin = begin_settling,
                                       .settle = settle_pieces,
                                       .done = take_outcome,
                                       .lost = take_loss,
                                       .printing = before_printing};
    struct workers workers = how;
    size_t done = run->plan.count;
    workers.context = run;
    bool quiet = (run->options->given & OPTION_QUIET) || run->options->dump != DUMP_NONE;
    run->progress = progress_new(run->plan.count, quiet, run->options->lang);
    workers.progress = run->progress ? show_progress : NULL;
    enum status status =
        workers_run(&workers, &done, workers_useful(run->options->jobs, done), signal);
    progress_free(run->progress);
    print_bad(run, done);
    if (*signal)
        say_interrupted(run, done, diag);
    else if (run->options->merge_pdf)
        join_pdfs(run->pdfs.at, run->pdfs.n, path_stem(run->pool, run->options->merge_pdf),
                  run->options->merge_pdf, diag);
    if (run->listing)
        listing_write(run->listing, diag);
    return status;
}

/* ---- the state of the output folder ---- */

struct ours {
    struct names names;
};

/* ".docx", ".pdf" and ".slots.json" of an output of this run, or of a separate appendix of one. */
static bool is_ours(const void *context, const char *name) {
    const struct ours *ours = context;
    for (const char *dot = strchr(name, '.'); dot; dot = strchr(dot + 1, '.')) {
        const char *suffix = appendix_suffix(name, (size_t)(dot - name));
        if (names_find(&ours->names, name, (size_t)(dot - name)) != NAMES_NONE ||
            (suffix && names_find(&ours->names, name, (size_t)(suffix - name)) != NAMES_NONE))
            return true;
    }
    return false;
}

/* An interrupted run may have left temporary files in the folders of the outputs. */
static void clean_folders(const struct run *run) {
    struct pool *pool = pool_new();
    struct names folders = {.pool = pool};
    struct ours ours = {.names = {.pool = pool}};
    for (size_t i = 0; i < run->plan.count; i++) {
        const char *name = path_name(run->plan.outputs[i].base);
        names_add(&ours.names, name, strlen(name), i);
    }
    for (size_t i = 0; i < run->plan.count; i++) {
        const char *folder = path_folder(pool, run->plan.outputs[i].base);
        if (names_add(&folders, folder, strlen(folder), i) == i)
            state_clean(folder, is_ours, &ours);
    }
    pool_free(pool);
}

/* Files named one by one are always made, and leave nothing but their results. */
static bool wants_state(const struct run *run) {
    return run->options->out && run->plan.many && run->options->dump == DUMP_NONE;
}

static bool open_state(struct run *run, struct diag *diag) {
    const struct options *o = run->options;
    if (!wants_state(run))
        return true;
    const char *part = o->shards ? pool_printf(run->pool, "%dof%d", o->shard, o->shards) : NULL;
    run->maker.state = state_open(o->out, part, diag);
    if (!run->maker.state)
        return false;
    run->maker.conditions = make_conditions(o);
    clean_folders(run);
    return true;
}

/* ---- the command ---- */

static enum status finish(struct diag *diag, enum status status) {
    diag_write(diag, stderr);
    status = worse(status, status_of(diag));
    diag_free(diag);
    return status;
}

static enum status render_planned(struct run *run, struct diag *diag, int *signal) {
    const struct options *o = run->options;
    if (o->dump == DUMP_NONE && o->out && !file_make_folder(o->out, diag))
        return STATUS_SYSTEM;
    if (!open_state(run, diag))
        return STATUS_SYSTEM;
    if (o->report)
        run->listing = listing_new(&(struct listing_options){.path = o->report,
                                                             .lang = o->lang,
                                                             .times = o->given & OPTION_TIMES,
                                                             .part = o->shard,
                                                             .parts = o->shards});
    enum status status =
        o->given & OPTION_WATCH ? watching(o, run->maker.state) : run_all(run, diag, signal);
    state_close(run->maker.state, diag);
    listing_free(run->listing);
    return status;
}

static enum status render_all(struct run *run, int *signal) {
    struct diag *diag = diag_new(run->options->lang);
    enum status status = STATUS_OK;
    bool any = plan_make(&run->plan, run->pool, run->options, diag);
    bool empty_part = run->options->shards && status_of(diag) == STATUS_OK;
    run->maker = (struct maker){.options = run->options, .plan = &run->plan};
    if (any || empty_part || (run->options->given & OPTION_WATCH))
        status = render_planned(run, diag, signal);
    return finish(diag, status);
}

/* Options that make no sense together. */
static bool agree(const struct options *o) {
    bool watch = o->given & OPTION_WATCH;
    const char *wrong = NULL;
    if (watch && (o->report || o->merge_pdf || o->shards || o->dump != DUMP_NONE))
        wrong = "--watch";
    else if (o->name && !o->rows)
        wrong = "--name";
    else if ((o->given & OPTION_TIMES) && !o->report)
        wrong = "--times";
    else if (o->merge_pdf &&
             ((o->given & OPTION_FOR_SIGNING) || o->only == ONLY_DOCX || o->dump != DUMP_NONE))
        wrong = "--merge-pdf";
    if (!wrong)
        return true;
    struct diag *diag = diag_new(o->lang);
    diag_add(diag, OPTIONS_DISAGREE, (struct where){0}, wrong, NULL);
    diag_write(diag, stderr);
    diag_free(diag);
    return false;
}

static enum status run_render(const struct arguments *arguments) {
    struct pool *pool = pool_new();
    struct options options;
    enum status status;
    int caught = 0;
    if (options_read(pool, &options, &command_render, arguments, &status)) {
        struct run run = {.options = &options, .pool = pool};
        status = agree(&options) ? render_all(&run, &caught) : STATUS_USAGE;
    }
    pool_free(pool);
    if (caught) {
        fflush(NULL);
        raise(caught); /* who started the program sees what ended it */
    }
    return status;
}

const struct command command_render = {
    .name = "render",
    .synopsis = "PATH... [-o DIR] [-r] [--only docx|pdf] [--template T.docx] [-j N] [-q] [--all] "
                "[--report FILE.csv|.json|.html [--times]] [--rows FILE.csv [--name PATTERN]] "
                "[--merge-pdf ALL.pdf] [--watch] [--shard K/N] [--final] "
                "[--draft-anyway] [--attach-source] [--for-signing] [--no-shrink] [--font-dir DIR] "
                "[--dump=dispatch|ops|document|pages]",
    .summary = {"Tạo tệp DOCX và PDF từ mỗi tệp .ini (hoặc từ mọi tệp .ini trong thư mục).",
                "Makes a DOCX and a PDF of each .ini (or of every .ini of a folder)."},
    .options =
        {"  -o DIR            thư mục chứa kết quả (mặc định: cạnh tệp .ini)\n"
         "  --only docx|pdf   chỉ tạo một trong hai loại tệp\n"
         "  -j N              xử lý N văn bản cùng lúc (mặc định: theo số lõi của máy)\n"
         "  --template T.docx dùng mẫu này thay mẫu có sẵn\n"
         "  --final           văn bản đã ban hành: số, ngày không được để trống\n"
         "  --draft-anyway    vẫn tạo văn bản dù thiếu thành phần bắt buộc\n"
         "  --attach-source   đính kèm vào PDF các tệp nguồn: .ini, .md, .docx (PDF/A-3)\n"
         "  --for-signing     bản trình ký: PDF có sẵn ô trống để ký, cấp số, đóng dấu; vị trí\n"
         "                    các ô ghi trong TÊN.slots.json\n"
         "  --no-shrink       không thu hẹp dấu cách khi căn đều hai lề\n"
         "  --font-dir DIR    tìm phông chữ ở đây trước\n"
         "  --dump=GIAI-ĐOẠN  in ra kết quả của một giai đoạn, không ghi tệp nào\n",
         "  -o DIR            folder for the results (default: beside the .ini)\n"
         "  --only docx|pdf   only one of the two\n"
         "  -j N              N documents at a time (default: as suits the machine)\n"
         "  --template T.docx this template instead of the built-in one\n"
         "  --final           an issued document: number and day must be filled in\n"
         "  --draft-anyway    render although a required section is missing\n"
         "  --attach-source   put the sources into the PDF: .ini, .md, .docx (PDF/A-3)\n"
         "  --for-signing     a draft to sign: empty fields for signature, number, date, seal in\n"
         "                    the PDF, their places in NAME.slots.json\n"
         "  --no-shrink       justified lines never squeeze their spaces\n"
         "  --font-dir DIR    look for fonts here first\n"
         "  --dump=STAGE      print what a stage made, write nothing\n"},
    .takes = OPTION_OUT | OPTION_ONLY | OPTION_TEMPLATE | OPTION_NO_SHRINK | OPTION_DUMP |
             OPTION_FINAL | OPTION_DRAFT_ANYWAY | OPTION_FONT_DIR | OPTION_JOBS |
             OPTION_ATTACH_SOURCE | OPTION_FOR_SIGNING | OPTION_RECURSIVE | OPTION_QUIET |
             OPTION_ALL | OPTION_REPORT | OPTION_TIMES | OPTION_ROWS | OPTION_NAME |
             OPTION_MERGE_PDF | OPTION_WATCH | OPTION_SHARD,
    .least = 1,
    .run = run_render,
};
