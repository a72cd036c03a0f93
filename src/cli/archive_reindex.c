#include "cli/archive.h"
#include "cli/archive_hits.h"

#include <stdio.h>

static enum status reindex(struct archive_session *s) {
    const char *where = hits_index(s->options);
    size_t n = 0;
    if (!archive_session_open(s, false))
        return STATUS_OK;
    if (follow_rebuild(s->archive, where ? where : follow_default(s->pool, s->archive), &n,
                       s->diag))
        printf("%zu\n", n);
    return STATUS_OK;
}

static enum status run_reindex(const struct arguments *arguments) {
    return archive_run(&command_archive_reindex, reindex, arguments);
}

static const struct own_option own[] = {{"dir", true}, {"index", true}, {NULL, false}};

const struct command command_archive_reindex = {
    .name = "archive reindex",
    .synopsis = "[--dir ARCHIVE] [--index URL]",
    .summary =
        {"Lập lại chỉ mục từ kho; in số phiên bản văn bản đã đưa vào.",
         "Makes the index anew from the store; prints how many versions of documents went in."},
    .options = {"  --dir THƯ MỤC     kho lưu trữ (mặc định: biến CONGVAN_ARCHIVE, hoặc luu-tru)\n"
                "  --index URL       chỉ mục dùng chung, postgresql://... (mặc định: biến "
                "CONGVAN_INDEX)\n",
                "  --dir FOLDER      the archive (default: CONGVAN_ARCHIVE, or luu-tru)\n"
                "  --index URL       a shared index, postgresql://... (default: CONGVAN_INDEX)\n"},
    .run = run_reindex,
    .own = own,
};
