/* options: the command line, read the same way by every command. */
#ifndef CONGVAN_CLI_OPTIONS_H
#define CONGVAN_CLI_OPTIONS_H

#include "cli/commands.h"

enum option_flag {
    OPTION_OUT = 1 << 0,            /* -o PATH */
    OPTION_ONLY = 1 << 1,           /* --only docx|pdf */
    OPTION_TEMPLATE = 1 << 2,       /* --template T.docx */
    OPTION_NO_SHRINK = 1 << 3,      /* --no-shrink */
    OPTION_DUMP = 1 << 4,           /* --dump=STAGE */
    OPTION_FINAL = 1 << 5,          /* --final */
    OPTION_JSON = 1 << 6,           /* --json */
    OPTION_STRICT = 1 << 7,         /* --strict */
    OPTION_DRAFT_ANYWAY = 1 << 8,   /* --draft-anyway */
    OPTION_FONT_DIR = 1 << 9,       /* --font-dir DIR, repeatable */
    OPTION_ATTACH_SOURCE = 1 << 10, /* --attach-source */
    OPTION_JOBS = 1 << 11,          /* -j N */
    OPTION_FOR_SIGNING = 1 << 12,   /* --for-signing */
    OPTION_CHECK = 1 << 23,         /* --check */
    OPTION_TYPE = 1 << 24,          /* --type NAME */
    OPTION_RECURSIVE = 1 << 13,     /* -r */
    OPTION_QUIET = 1 << 14,         /* -q */
    OPTION_ALL = 1 << 15,           /* --all */
    OPTION_REPORT = 1 << 16,        /* --report FILE */
    OPTION_TIMES = 1 << 17,         /* --times */
    OPTION_ROWS = 1 << 18,          /* --rows FILE.csv */
    OPTION_NAME = 1 << 19,          /* --name PATTERN */
    OPTION_MERGE_PDF = 1 << 20,     /* --merge-pdf FILE.pdf */
    OPTION_WATCH = 1 << 21,         /* --watch */
    OPTION_SHARD = 1 << 22,         /* --shard K/N */
    OPTION_RULES = 1 << 25,         /* --rules */
    OPTION_FIX = 1 << 26,           /* --fix */
    OPTION_VERBOSE = 1 << 27,       /* --verbose */
    OPTION_LIST = 1 << 28,          /* --list */
};

enum only { ONLY_BOTH, ONLY_DOCX, ONLY_PDF };
enum dump { DUMP_NONE, DUMP_DISPATCH, DUMP_OPS, DUMP_DOCUMENT, DUMP_PAGES };

/* One of the command's own options as it was given. */
struct own_value {
    const char *name;  /* as in its table */
    const char *value; /* NULL: it takes none */
};

struct options {
    enum lang lang;
    unsigned given; /* enum option_flag */
    const char *out, *template_path;
    const char *type; /* of --type; NULL: not given */
    const char *report, *rows, *name, *merge_pdf;
    int shard, shards; /* from 1; shards 0: undivided */
    enum only only;
    enum dump dump;
    int jobs; /* 0: as many as suit the machine */
    VEC(const char *) font_folders;
    VEC(struct own_value) own; /* the command's own options, in the order given */
    const char **paths;
    size_t path_count;
};

/* Reads the arguments of `command`. False: the caller returns *status (help was printed, or a
 * mistake explained). */
bool options_read(struct pool *pool, struct options *options, const struct command *command,
                  const struct arguments *arguments, enum status *status);

/* The last value given to the own option `name`; NULL if it was not given. "" for one that takes no
 * value. */
const char *options_own(const struct options *options, const char *name);

/* The whole number from 1 to `most` that the word is, and nothing besides; 0: it is none. */
int options_number(const char *word, int most);

/* A session as the options ask for. */
struct session *options_session(const struct options *options);

/* "vi" or "en"; false, and *lang as it was, for any other word. */
bool options_lang(const char *word, enum lang *lang);

void print_version(void);
void print_command_help(const struct command *command, enum lang lang, FILE *out);

#endif
