#include "cli/options.h"

#include "base/file.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

enum { LONG_LANG = 1 << 29, LONG_HELP, LONG_VERSION, LONG_OWN = 1 << 30, MAX_JOBS = 1024 };

static const struct option longs[] = {{"only", required_argument, NULL, OPTION_ONLY},
                                      {"template", required_argument, NULL, OPTION_TEMPLATE},
                                      {"no-shrink", no_argument, NULL, OPTION_NO_SHRINK},
                                      {"dump", required_argument, NULL, OPTION_DUMP},
                                      {"final", no_argument, NULL, OPTION_FINAL},
                                      {"json", no_argument, NULL, OPTION_JSON},
                                      {"rules", no_argument, NULL, OPTION_RULES},
                                      {"fix", no_argument, NULL, OPTION_FIX},
                                      {"verbose", no_argument, NULL, OPTION_VERBOSE},
                                      {"strict", no_argument, NULL, OPTION_STRICT},
                                      {"draft-anyway", no_argument, NULL, OPTION_DRAFT_ANYWAY},
                                      {"font-dir", required_argument, NULL, OPTION_FONT_DIR},
                                      {"attach-source", no_argument, NULL, OPTION_ATTACH_SOURCE},
                                      {"for-signing", no_argument, NULL, OPTION_FOR_SIGNING},
                                      {"check", no_argument, NULL, OPTION_CHECK},
                                      {"type", required_argument, NULL, OPTION_TYPE},
                                      {"recursive", no_argument, NULL, OPTION_RECURSIVE},
                                      {"quiet", no_argument, NULL, OPTION_QUIET},
                                      {"all", no_argument, NULL, OPTION_ALL},
                                      {"report", required_argument, NULL, OPTION_REPORT},
                                      {"times", no_argument, NULL, OPTION_TIMES},
                                      {"rows", required_argument, NULL, OPTION_ROWS},
                                      {"name", required_argument, NULL, OPTION_NAME},
                                      {"merge-pdf", required_argument, NULL, OPTION_MERGE_PDF},
                                      {"watch", no_argument, NULL, OPTION_WATCH},
                                      {"shard", required_argument, NULL, OPTION_SHARD},
                                      {"list", no_argument, NULL, OPTION_LIST},
                                      {"lang", required_argument, NULL, LONG_LANG},
                                      {"help", no_argument, NULL, LONG_HELP},
                                      {"version", no_argument, NULL, LONG_VERSION},
                                      {NULL, 0, NULL, 0}};

void print_command_help(const struct command *command, enum lang lang, FILE *out) {
    fprintf(out, "congvan %s %s\n%s\n", command->name, command->synopsis, command->summary[lang]);
    if (command->options[lang][0])
        fprintf(out, "\n%s", command->options[lang]);
}

void print_version(void) {
    puts("congvan 0.1");
}

static bool wrong(const struct command *command, enum lang lang, enum status *status,
                  enum diag_code code, const char *what) {
    struct diag *diag = diag_new(lang);
    diag_add(diag, code, (struct where){0}, what, command->name, NULL);
    diag_write(diag, stderr);
    diag_free(diag);
    *status = STATUS_USAGE;
    return false;
}

/* The index of `word` in a NULL-ended list; -1 if it is not there. */
static int choice(const char *word, const char *const *words) {
    for (int i = 0; words[i]; i++)
        if (strcmp(word, words[i]) == 0)
            return i;
    return -1;
}

static bool set_choice(int *to, const char *word, const char *const *words, int first) {
    int i = choice(word, words);
    *to = first + i;
    return i >= 0;
}

bool options_lang(const char *word, enum lang *lang) {
    static const char *const langs[] = {"vi", "en", NULL};
    int i = choice(word, langs);
    if (i >= 0)
        *lang = (enum lang)i;
    return i >= 0;
}

int options_number(const char *word, int most) {
    size_t digits = strspn(word, "0123456789");
    int number = digits < 10 && !word[digits] ? atoi(word) : 0;
    return number <= most ? number : 0;
}

/* "K/N", 1 <= K <= N. */
static bool read_shard(const char *word, int *shard, int *shards) {
    int used = 0;
    return sscanf(word, "%5d/%5d%n", shard, shards, &used) == 2 && !word[used] && *shard >= 1 &&
           *shard <= *shards;
}

static bool is_report_name(const char *word) {
    return path_has_suffix(word, ".csv") || path_has_suffix(word, ".json") ||
           path_has_suffix(word, ".html");
}

static bool take(struct pool *pool, struct options *o, int option, const char *value) {
    static const char *const only[] = {"docx", "pdf", NULL};
    static const char *const stages[] = {"dispatch", "ops", "document", "pages", NULL};
    int chosen = 0;
    bool ok = true;
    switch (option) {
    case OPTION_OUT:
        o->out = value;
        break;
    case OPTION_TEMPLATE:
        o->template_path = value;
        break;
    case OPTION_TYPE:
        o->type = value;
        break;
    case OPTION_FONT_DIR:
        *VEC_PUSH(pool, &o->font_folders) = value;
        break;
    case OPTION_JOBS:
        ok = (o->jobs = options_number(value, MAX_JOBS)) > 0;
        break;
    case OPTION_REPORT:
        o->report = value;
        ok = is_report_name(value);
        break;
    case OPTION_ROWS:
        o->rows = value;
        break;
    case OPTION_NAME:
        o->name = value;
        break;
    case OPTION_MERGE_PDF:
        o->merge_pdf = value;
        break;
    case OPTION_SHARD:
        ok = read_shard(value, &o->shard, &o->shards);
        break;
    case OPTION_ONLY:
        ok = set_choice(&chosen, value, only, ONLY_DOCX);
        o->only = (enum only)chosen;
        break;
    case OPTION_DUMP:
        ok = set_choice(&chosen, value, stages, DUMP_DISPATCH);
        o->dump = (enum dump)chosen;
        break;
    case LONG_LANG:
        return options_lang(value, &o->lang);
    }
    o->given |= (unsigned)option;
    return ok;
}

/* The options every command may have, then the command's own, numbered from LONG_OWN. */
static const struct option *all_longs(struct pool *pool, const struct command *command) {
    enum { COMMON = sizeof longs / sizeof longs[0] - 1 };
    size_t n = 0;
    while (command->own && command->own[n].name)
        n++;
    struct option *all = POOL_ARRAY(pool, struct option, COMMON + n + 1);
    memcpy(all, longs, COMMON * sizeof *all);
    for (size_t i = 0; i < n; i++)
        all[COMMON + i] = (struct option){
            command->own[i].name, command->own[i].takes_value ? required_argument : no_argument,
            NULL, LONG_OWN + (int)i};
    return all;
}

const char *options_own(const struct options *o, const char *name) {
    const char *value = NULL;
    const struct own_value *own;
    VEC_EACH (own, &o->own)
        if (strcmp(own->name, name) == 0)
            value = own->value ? own->value : "";
    return value;
}

/* What a letter stands for; other answers of getopt_long are what they are. */
static int flag_of(int answer) {
    switch (answer) {
    case 'o':
        return OPTION_OUT;
    case 'j':
        return OPTION_JOBS;
    case 'r':
        return OPTION_RECURSIVE;
    case 'q':
        return OPTION_QUIET;
    case 'h':
        return LONG_HELP;
    default:
        return answer;
    }
}

static void take_paths(struct pool *pool, struct options *o, const struct arguments *arguments) {
    o->path_count = (size_t)(arguments->argc - optind);
    o->paths = POOL_ARRAY(pool, const char *, o->path_count + 1);
    for (size_t i = 0; i < o->path_count; i++)
        o->paths[i] = arguments->argv[optind + (int)i];
}

bool options_read(struct pool *pool, struct options *o, const struct command *command,
                  const struct arguments *arguments, enum status *status) {
    *o = (struct options){.lang = arguments->lang};
    opterr = 0;
    optind = 1;
    int answer;
    const struct option *all = all_longs(pool, command);
    while ((answer = getopt_long(arguments->argc, arguments->argv, ":o:j:hrq", all, NULL)) != -1) {
        int option = flag_of(answer);
        if (option >= LONG_OWN) {
            *VEC_PUSH(pool, &o->own) =
                (struct own_value){command->own[option - LONG_OWN].name, optarg};
            continue;
        }
        if (option == LONG_HELP || option == LONG_VERSION) {
            if (option == LONG_HELP)
                print_command_help(command, o->lang, stdout);
            else
                print_version();
            *status = STATUS_OK;
            return false;
        }
        const char *word = optind > 0 ? arguments->argv[optind - 1] : "";
        if (option == ':')
            return wrong(command, o->lang, status, OPTION_NEEDS_VALUE, word);
        if (option == '?' || (option < LONG_LANG && !(command->takes & (unsigned)option)))
            return wrong(command, o->lang, status, OPTION_UNKNOWN, word);
        if (!take(pool, o, option, optarg))
            return wrong(command, o->lang, status, OPTION_BAD_VALUE, word);
    }
    take_paths(pool, o, arguments);
    return o->path_count >= command->least ||
           wrong(command, o->lang, status, PATH_MISSING, command->synopsis);
}
