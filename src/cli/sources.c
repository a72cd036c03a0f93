#include "cli/session.h"

#include "base/file.h"
#include "dispatch/appendix.h"

#include <string.h>

/* The files a dispatch was made from. There are two to a dozen. */
struct sources {
    struct job *job;
    VEC(const char *) paths;
    VEC(struct pdf_attachment) files;
};

/* What the file is, by its suffix; text when it is none of these. */
static const struct kind {
    const char *suffix, *mime, *description;
    enum pdf_relation relation;
} kinds[] = {
    {".ini", "text/plain", "Dữ liệu của văn bản", PDF_DATA},
    {".md", "text/markdown", "Nội dung văn bản", PDF_SOURCE},
    {".csv", "text/csv", "Bảng số liệu", PDF_DATA},
    {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
     "Văn bản dạng DOCX, từ đó lập ra PDF này", PDF_SOURCE},
    {"", "text/plain", "Nội dung văn bản", PDF_SOURCE},
};

static const struct kind *kind_of(const char *path) {
    const struct kind *kind = kinds;
    while (!path_has_suffix(path, kind->suffix))
        kind++;
    return kind;
}

static void add_bytes(struct sources *s, const char *path, const void *bytes, size_t n) {
    const struct kind *kind = kind_of(path);
    *VEC_PUSH(s->job->pool, &s->files) = (struct pdf_attachment){.name = path_name(path),
                                                                 .mime = kind->mime,
                                                                 .description = kind->description,
                                                                 .relation = kind->relation,
                                                                 .bytes = bytes,
                                                                 .len = n};
}

/* Each file once; the pointers differ from value to value, the paths do not. */
static bool add_path(struct sources *s, const char *path) {
    const char **known;
    if (!path)
        return true;
    VEC_EACH (known, &s->paths)
        if (strcmp(*known, path) == 0)
            return true;
    *VEC_PUSH(s->job->pool, &s->paths) = path;
    size_t n;
    const char *bytes =
        file_read(s->job->pool, path, &n, (struct where){.file = path}, s->job->diag);
    if (bytes)
        add_bytes(s, path, bytes, n);
    return bytes != NULL;
}

static const char *file_of(const struct body_block *block) {
    return block->kind == BLOCK_TABLE && block->table.rows.n ? block->table.rows.at[0].where.file
                                                             : block->paragraph.where.file;
}

static bool add_body(struct sources *s, const struct body *body) {
    const struct body_block *block;
    if (body)
        VEC_EACH (block, &body->blocks)
            if (!add_path(s, file_of(block)))
                return false;
    return true;
}

static bool add_field(struct sources *s, const struct field *field) {
    const struct text *item;
    VEC_EACH (item, &field->items)
        if (!add_path(s, item->where.file))
            return false;
    return add_path(s, field->text.where.file) && add_path(s, field->where.file) &&
           (!appendix_holds(s->job->dispatch, field) || add_body(s, field->body));
}

bool job_sources(struct job *job, const char *docx_name, struct pdf_options *options) {
    struct sources s = {.job = job};
    if (!add_path(&s, job->dispatch->path) || !add_body(&s, job->dispatch->body))
        return false;
    const struct field *field;
    VEC_EACH (field, &job->dispatch->fields)
        if (!add_field(&s, field))
            return false;
    add_bytes(&s, docx_name, job->docx.data, job->docx.len);
    options->attachments = s.files.at;
    options->attachment_count = s.files.n;
    return true;
}
