#include "cli/archive.h"
#include "cli/archive_hits.h"

#include <stdio.h>

static enum status run_reindex(int argc, char **argv, enum lang lang) {
    struct pool *pool = pool_new();
    struct options options;
    enum status status;
    if (options_read(pool, &options, &command_archive_reindex, 0, 0, argc, argv, lang, &status)) {
        struct diag *diag = diag_new(options.lang);
        struct archive *archive = archive_of_options(pool, &options, false, diag);
        const char *where = hits_index(&options);
        size_t n = 0;
        if (archive &&
            follow_rebuild(archive, where ? where : follow_default(pool, archive), &n, diag))
            printf("%zu\n", n);
        diag_write(diag, stderr);
        status = status_of(diag);
        diag_free(diag);
    }
    pool_free(pool);
    return status;
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
