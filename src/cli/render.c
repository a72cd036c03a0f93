#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/options.h"
#include "cli/signing.h"
#include "cli/workers.h"

#include "base/file.h"

#include <stdlib.h>
#include <string.h>

/* One dispatch to render and where to. */
struct output {
    const char *input, *base; /* base: folder and name, without ".docx" */
};

struct render {
    const struct options *options;
    struct pool *pool;       /* of the plan */
    struct session *session; /* a worker's own */
    struct output *outputs;
    size_t count;
};

static bool dump(struct render *r, struct job *job, FILE *to) {
    struct buf out = {0};
    switch (r->options->dump) {
    case DUMP_DISPATCH:
        dispatch_dump(job->dispatch, &out);
        break;
    case DUMP_OPS:
        template_dump(job->template, &out);
        break;
    case DUMP_DOCUMENT:
        wml_dump(job->document, &out);
        break;
    case DUMP_PAGES:
        pages_dump(job->pages, &out);
        break;
    case DUMP_NONE:
        break;
    }
    fwrite(buf_text(&out), 1, out.len, to);
    buf_free(&out);
    return true;
}

static bool draw(struct render *r, struct job *job, const char *base) {
    struct pdf_options drawing = {.path = job->path};
    struct signing signing;
    if (job->for_signing) {
        signing_find(job, &signing);
        signing_json(&signing, job->pages, pool_printf(job->pool, "%s.pdf", path_name(base)),
                     &job->slots);
        drawing.fields = signing.fields;
        drawing.field_count = signing.count;
    }
    const char *docx = pool_printf(job->pool, "%s.docx", path_name(base));
    if ((r->options->given & OPTION_ATTACH_SOURCE) && !job_sources(job, docx, &drawing))
        return false;
    return job_draw(r->session, job, &drawing);
}

/* The stages in pipeline order, as far as they are asked for. */
static bool run_stages(struct render *r, struct job *job, const char *base, FILE *to) {
    const struct options *o = r->options;
    bool final = o->given & OPTION_FINAL, anyway = o->given & OPTION_DRAFT_ANYWAY;
    if (!job_read(r->session, job, final) && !(anyway && job->dispatch))
        return false;
    if (o->dump == DUMP_DISPATCH)
        return dump(r, job, to);
    if (!job_merge(r->session, job, final) && !(anyway && job->document))
        return false;
    if (o->dump == DUMP_OPS || o->dump == DUMP_DOCUMENT)
        return dump(r, job, to);
    if (o->only == ONLY_DOCX && o->dump != DUMP_PAGES)
        return true;
    if (!job_layout(r->session, job, !(o->given & OPTION_NO_SHRINK)))
        return false;
    if (o->dump == DUMP_PAGES)
        return dump(r, job, to);
    job_judge(job);
    return draw(r, job, base);
}

/* The template, or a body written in Word, that a result at `path` would overwrite; NULL: none. */
static const char *source_at(const struct job *job, const char *path) {
    const char *template = package_path(template_package(job->template));
    if (file_same(path, template))
        return template;
    const struct field *field;
    VEC_EACH (field, &job->dispatch->fields)
        if (field->kind == FIELD_BODY && field->body && field->body->docx &&
            file_same(path, field->body->docx))
            return field->body->docx;
    return NULL;
}

static bool write_one(struct job *job, const char *base, const char *suffix,
                      const struct buf *bytes, FILE *to) {
    const char *path = pool_printf(job->pool, "%s%s", base, suffix);
    const char *source = source_at(job, path);
    if (source) {
        diag_add(job->diag, OUTPUT_IS_SOURCE, (struct where){.file = path}, source, NULL);
        return false;
    }
    if (!file_write(path, bytes->data, bytes->len, job->diag))
        return false;
    fprintf(to, "%s\n", path);
    return true;
}

static bool write_outputs(struct render *r, struct job *job, const char *base, FILE *to) {
    return (r->options->only == ONLY_PDF || write_one(job, base, ".docx", &job->docx, to)) &&
           (r->options->only == ONLY_DOCX || write_one(job, base, ".pdf", &job->pdf, to)) &&
           (!job->slots.len || write_one(job, base, ".slots.json", &job->slots, to));
}

/* ---- workers ---- */

static void *start_render(void *context) {
    struct render *r = context;
    r->session = options_session(r->options);
    return r;
}

static void stop_render(void *worker) {
    struct render *r = worker;
    session_free(r->session);
}

/* Files that are surely no description of a dispatch; whatever else is named is read as one. */
static bool is_other_kind(const char *path) {
    static const char *const suffixes[] = {".docx", ".md", ".pdf", ".doc", ".png"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (path_has_suffix(path, suffixes[i]))
            return true;
    return false;
}

static enum status render_one(void *worker, size_t i, FILE *out, FILE *err) {
    struct render *r = worker;
    const struct output *output = &r->outputs[i];
    struct job job;
    if (!output->input)
        return STATUS_OK;
    job_open(&job, output->input, r->options->lang, DIAG_WARNING);
    job.for_signing = r->options->given & OPTION_FOR_SIGNING;
    if (is_other_kind(output->input))
        diag_add(job.diag, RENDER_KIND_UNKNOWN, (struct where){.file = output->input}, NULL);
    else if (run_stages(r, &job, output->base, out) && r->options->dump == DUMP_NONE)
        write_outputs(r, &job, output->base, out);
    enum status status = job_report(&job, STATUS_OK, err);
    job_close(&job);
    return status;
}

static void report_lost(void *context, size_t i) {
    struct render *r = context;
    struct diag *diag = diag_new(r->options->lang);
    diag_add(diag, WORKER_DIED, (struct where){.file = r->outputs[i].input}, NULL);
    diag_write(diag, stderr);
    diag_free(diag);
}

/* Few documents are done before other processes would be ready. */
static int jobs_for(const struct options *options, size_t documents) {
    enum { WORTH_A_PROCESS = 16 };
    if (options->jobs)
        return options->jobs;
    size_t useful = documents / WORTH_A_PROCESS;
    int cores = workers_default();
    return useful < 1 ? 1 : useful < (size_t)cores ? (int)useful : cores;
}

/* ---- the plan ---- */

static int by_base(const void *a, const void *b) {
    return strcmp((*(const struct output *const *)a)->base,
                  (*(const struct output *const *)b)->base);
}

/* Two dispatches of one name in different folders would write one output: the second is
 * refused. */
static void refuse_same_outputs(struct render *r, struct output *outputs, size_t n,
                                struct diag *diag) {
    struct output **sorted = POOL_ARRAY(r->pool, struct output *, n + 1);
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

static struct output *plan(struct render *r, const struct inputs *inputs) {
    struct output *outputs = POOL_ARRAY(r->pool, struct output, inputs->at.n + 1);
    for (size_t i = 0; i < inputs->at.n; i++) {
        const char *input = inputs->at.at[i];
        const char *folder = r->options->out ? r->options->out : path_folder(r->pool, input);
        outputs[i].input = input;
        outputs[i].base = path_join(r->pool, folder, path_stem(r->pool, input));
    }
    return outputs;
}

static enum status finish(struct diag *diag, enum status status) {
    diag_write(diag, stderr);
    status = worse(status, status_of(diag));
    diag_free(diag);
    return status;
}

static enum status render_all(struct render *r) {
    static const char *const suffixes[] = {".ini", NULL};
    struct diag *diag = diag_new(r->options->lang);
    struct inputs inputs = {0};
    enum status status = STATUS_OK;
    inputs_collect(r->pool, r->options->paths, r->options->path_count, suffixes, &inputs, diag);
    bool writes = r->options->dump == DUMP_NONE;
    if (writes && r->options->out && !file_make_folder(r->options->out, diag))
        return finish(diag, STATUS_SYSTEM);
    r->outputs = plan(r, &inputs);
    r->count = inputs.at.n;
    if (writes)
        refuse_same_outputs(r, r->outputs, r->count, diag);
    struct workers workers = {start_render, stop_render, render_one, r};
    if (r->count)
        status = workers_run(&workers, r->count, jobs_for(r->options, r->count), report_lost);
    return finish(diag, status);
}

static enum status run_render(int argc, char **argv, enum lang lang) {
    struct pool *pool = pool_new();
    struct options options;
    enum status status;
    if (options_read(pool, &options, &command_render,
                     OPTION_OUT | OPTION_ONLY | OPTION_TEMPLATE | OPTION_NO_SHRINK | OPTION_DUMP |
                         OPTION_FINAL | OPTION_DRAFT_ANYWAY | OPTION_FONT_DIR | OPTION_JOBS |
                         OPTION_ATTACH_SOURCE | OPTION_FOR_SIGNING,
                     1, argc, argv, lang, &status)) {
        struct render render = {.options = &options, .pool = pool};
        status = render_all(&render);
    }
    pool_free(pool);
    return status;
}

const struct command command_render = {
    .name = "render",
    .synopsis = "PATH... [-o DIR] [--only docx|pdf] [--template T.docx] [-j N] [--final] "
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
    .run = run_render,
};
