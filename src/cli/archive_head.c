#include "cli/archive.h"
#include "cli/options.h"

#include "archive/archive.h"
#include "archive/log.h"
#include "base/file.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int is_log(const struct dirent *entry) {
    return entry->d_name[0] != '.' && path_has_suffix(entry->d_name, ".jsonl");
}

/* The heads of all its chains, by name: "store 12 HASH". */
static void print_heads(struct pool *pool, const struct archive *archive, struct diag *diag) {
    struct dirent **logs = NULL;
    int n = scandir(archive->log_folder, &logs, is_log, alphasort);
    for (int i = 0; i < n; i++) {
        const char *path = path_join(pool, archive->log_folder, logs[i]->d_name);
        struct log_reading reading;
        if (!log_read(path, NULL, NULL, &reading, diag))
            continue;
        if (reading.fault != LOG_WHOLE)
            diag_add(diag, ARCHIVE_LOG_BROKEN,
                     (struct where){.file = path, .line = (int)reading.line}, NULL);
        printf("%s %lld %s\n", path_stem(pool, logs[i]->d_name), (long long)reading.head.seq,
               reading.head.hash);
    }
    for (int i = 0; i < n; i++)
        free(logs[i]);
    free(logs);
}

static enum status head(struct archive_session *s) {
    if (archive_session_open(s, false))
        print_heads(s->pool, s->archive, s->diag);
    return STATUS_OK;
}

static enum status run_head(const struct arguments *arguments) {
    return archive_run(&command_archive_head, head, arguments);
}

static const struct own_option own[] = {{"dir", true}, {NULL, false}};

const struct command command_archive_head = {
    .name = "archive head",
    .synopsis = "[--dir ARCHIVE]",
    .summary = {"In số dòng và mã băm cuối của mỗi nhật ký, để chép vào biên bản của cơ quan.",
                "Prints how long each log is and its last hash, for the minutes of the office."},
    .options = {"  --dir THƯ MỤC     kho lưu trữ (mặc định: biến CONGVAN_ARCHIVE, hoặc luu-tru)\n",
                "  --dir FOLDER      the archive (default: CONGVAN_ARCHIVE, or luu-tru)\n"},
    .run = run_head,
    .own = own,
};
