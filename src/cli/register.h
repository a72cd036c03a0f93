/* register: what the commands `congvan archive register ...` share. */
#ifndef CONGVAN_CLI_REGISTER_H
#define CONGVAN_CLI_REGISTER_H

#include "archive/register.h"
#include "archive/series.h"
#include "cli/options.h"

/* One run of such a command: the archive, its rules, and the register that is open. */
struct registering {
    struct pool *pool;
    const struct options *options;
    struct diag *diag;
    struct session *session;
    struct archive *archive;
    const struct series_rules *rules;
    const char *name;  /* of the register; NULL: the office's only one */
    struct book *book; /* of the year last asked for; NULL: none yet */
    bool writes;
};

/* Reads the options and runs `work`; errors in the diag count besides what it answers. `writes`:
 * the archive may be new. */
enum status register_run(const struct command *command, bool writes,
                         enum status (*work)(struct registering *r),
                         const struct arguments *arguments);

/* The register of `year`, closing that of another. NULL: reported. */
struct book *register_book(struct registering *r, int year);

struct register_day {
    int year, month, day;
};

/* Today, by the clock and time zone of the office. */
struct register_day day_today(void);
/* A whole date as clerks write it, 25/9/2023 or 2023-09-25; false: it is none. */
bool day_read(struct pool *pool, const char *text, struct register_day *day);
const char *day_iso(struct pool *pool, struct register_day day);     /* 2023-09-25 */
const char *day_written(struct pool *pool, struct register_day day); /* 25/9/2023 */
/* --date, or today. False: reported. */
bool register_date(struct registering *r, struct register_day *day);
/* --year, or that of today. False: reported. */
bool register_year(struct registering *r, int *year);

/* "12/SXD-VP" as it is printed, "05/SXD-VP" below ten. */
const char *register_number_text(struct pool *pool, int number, const char *symbol);
/* The two parts of "12/SXD-VP"; false: it is not like that. */
bool register_number_read(struct pool *pool, const char *text, int *number, const char **symbol);

/* The type a symbol stands for by its abbreviation ("QĐ-SXD"), or `--type`; công văn if none. The
 * name and abbreviation of its profile. False: reported. */
bool register_type(struct registering *r, const char *symbol, const char **type,
                   const char **abbreviation);

/* The options all of them have, for own_option tables and help texts. */
#define REGISTER_OWN                                                                               \
    {"dir", true}, {                                                                               \
        "book", true                                                                               \
    }
#define REGISTER_HELP_VI                                                                              \
    "  --dir THƯ MỤC     kho lưu trữ (mặc định: biến CONGVAN_ARCHIVE, hoặc luu-tru)\n" \
    "  --book TÊN        sổ khác của cùng kho, ví dụ của một cơ quan khác\n"
#define REGISTER_HELP_EN                                                                           \
    "  --dir FOLDER      the archive (default: CONGVAN_ARCHIVE, or luu-tru)\n"                     \
    "  --book NAME       another register of the archive, such as of another office\n"

#endif
