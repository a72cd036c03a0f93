/* archive: `congvan archive WORDS ...`, one file of this folder for each of the WORDS
 * (archive_add.c is `congvan archive add`). */
#ifndef CONGVAN_CLI_ARCHIVE_H
#define CONGVAN_CLI_ARCHIVE_H

#include "archive/archive.h"
#include "cli/options.h"

extern const struct command command_archive;

/* Named by all their words ("archive register next"); argv[0] of their run is the last of them. */
extern const struct command command_archive_add, command_archive_check, command_archive_find,
    command_archive_show, command_archive_due, command_archive_reindex, command_archive_head,
    command_archive_export;
extern const struct command command_register_next, command_register_reserve, command_register_void,
    command_register_list, command_register_import, command_register_print;

/* One run of such a command. */
struct archive_session {
    struct pool *pool;
    const struct options *options;
    struct diag *diag;
    struct archive *archive; /* NULL until archive_session_open */
    struct index *index;     /* NULL until hits_open */
};

/* Reads the options and runs `work`; errors in the diag count besides what it answers. */
enum status archive_run(const struct command *command,
                        enum status (*work)(struct archive_session *s),
                        const struct arguments *arguments);

/* The archive of --dir, which is an own option of all of them. `create`: it may be new. False:
 * reported. */
bool archive_session_open(struct archive_session *s, bool create);

/* The same without a session. NULL: reported. */
struct archive *archive_of_options(struct pool *pool, const struct options *options, bool create,
                                   struct diag *diag);

#endif
