/* The index at the size of an office's decades: how long it takes to make, how large it is, how
 * much memory it wants and how fast it answers.
 *
 *     bench_archive N INDEX [QUESTIONS]
 *
 * Dispatches are made up from a fixed seed: common formulas, words by Zipf's law, one in ten a scan
 * with a damaged text. Each question opens the index anew, as the command does. */
#include "archive/index.h"
#include "archive/record.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

enum { SYLLABLES = 1400, WORDS = 260, KINDS = 8 };

static unsigned long long next(unsigned long long *seed) {
    *seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return *seed >> 33;
}

static double now(void) {
    struct timespec t;
    clock_gettime(getenv("BENCH_CPU") ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Made of onset, rhyme and tone; frequent ones first. */
static const char **make_syllables(struct pool *pool) {
    static const char *const onsets[] = {"th", "ch", "c", "h", "tr", "v", "b",  "đ",  "l", "n",
                                         "ph", "t",  "m", "s", "nh", "x", "kh", "ng", "d", "r"};
    static const char *const rhymes[] = {
        "anh", "ông", "iệc", "ủ",    "ực",  "áp", "iện", "ường", "ội",  "ân",   "ính", "ất",
        "ải",  "ọc",  "ớ",   "uyện", "ành", "ưu", "ắc",  "ểm",   "ộng", "ài",   "ức",  "ảo",
        "ăm",  "ôn",  "ựng", "iết",  "ói",  "ề",  "ừa",  "ị",    "áo",  "oạch", "ẩm"};
    const char **all = POOL_ARRAY(pool, const char *, SYLLABLES);
    unsigned long long seed = 7;
    for (size_t i = 0; i < SYLLABLES; i++)
        all[i] = pool_printf(pool, "%s%s", onsets[next(&seed) % 20], rhymes[next(&seed) % 35]);
    return all;
}

static const char *pick(const char **syllables, unsigned long long *seed) {
    /* Zipf: the k-th word 1/k as often. */
    double u = (double)(next(seed) % 1000000 + 1) / 1e6;
    size_t k = 1;
    for (double sum = 7.8 * u; (sum -= 1.0 / (double)k) > 0 && k < SYLLABLES;)
        k++;
    return syllables[k - 1];
}

/* What scanning makes of it: marks lost, letters taken for others. */
static const char *damage(struct pool *pool, const char *text, unsigned long long *seed) {
    struct buf out = {0};
    for (const char *p = text, *end = p + strlen(p); p < end;) {
        char bytes[4];
        uint32_t cp = utf8_next(&p, end), plain = utf8_letter(cp).plain;
        unsigned dice = (unsigned)(next(seed) % 100);
        cp = dice < 60                   ? plain
             : dice < 63 && plain == 'o' ? 'd'
             : dice < 66 && plain == 'n' ? 'm'
                                         : cp;
        buf_append(&out, bytes, utf8_put(bytes, cp));
    }
    const char *copy = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return copy;
}

static const char *sentence(struct pool *pool, const char **syllables, unsigned long long *seed,
                            size_t words) {
    struct buf out = {0};
    for (size_t i = 0; i < words; i++)
        buf_printf(&out, "%s%s", i ? " " : "", pick(syllables, seed));
    const char *copy = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return copy;
}

static struct record *make(struct pool *pool, const char **syllables, size_t i) {
    unsigned long long seed = i * 2654435761ULL + 1;
    struct record *record = record_new(pool);
    int year = 2000 + (int)(i * 26 / 100000), month = 1 + (int)(next(&seed) % 12);
    const char *date =
        pool_printf(pool, "%04d-%02d-%02d", year, month, 1 + (int)(next(&seed) % 28));
    record_set(record, RECORD_TYPE, i % 3 ? "công văn" : "quyết định", RECORD_FROM_INI);
    record_set(record, RECORD_NUMBER, pool_printf(pool, "%02zu", i % 4000 + 1), RECORD_FROM_INI);
    record_set(record, RECORD_SYMBOL, i % 3 ? "UBND-VP" : "QĐ-UBND", RECORD_FROM_INI);
    record_set(record, RECORD_DATE, date, RECORD_FROM_INI);
    record_set(record, RECORD_AGENCY, "ỦY BAN NHÂN DÂN XÃ AN KHÊ ĐÔNG", RECORD_FROM_INI);
    record_set(record, RECORD_POSITION, "CHỦ TỊCH", RECORD_FROM_INI);
    record_set(record, RECORD_SIGNATORY, sentence(pool, syllables, &seed, 3), RECORD_FROM_INI);
    record_set(record, RECORD_SUBJECT, sentence(pool, syllables, &seed, 12), RECORD_FROM_INI);
    const char *text = pool_printf(
        pool,
        "Thực hiện Kế hoạch số %zu/KH-UBND ngày 05/%d/%d của Ủy ban nhân dân tỉnh về %s.\n"
        "Ủy ban nhân dân xã yêu cầu các cơ quan, đơn vị %s.\n"
        "Báo cáo gửi về Văn phòng trước ngày 15/12/%d để tổng hợp./.\n",
        i % 900 + 1, month, year, record->fields[RECORD_SUBJECT].text,
        sentence(pool, syllables, &seed, WORDS), year);
    record_add_text(record, i % 10 ? text : damage(pool, text, &seed), RECORD_FROM_PAGES);
    return record;
}

static bool fill(const char *where, size_t n, const char **syllables, struct diag *diag) {
    enum { BATCH = 2000 };
    struct pool *pool = pool_new();
    struct index *index = index_open(where, diag);
    struct log_mark mark = {.head = {.hash = "0"}};
    bool ok = index != NULL;
    for (size_t i = 0; ok && i < n; i++) {
        if (i % BATCH == 0)
            ok = index_begin(index, diag);
        struct index_entry entry = {pool_printf(pool, "urn:congvan:%zu", i), 1, "00",
                                    make(pool, syllables, i)};
        ok = ok && index_put(index, &entry, diag);
        pool_reset(pool);
        mark.head.seq = (int64_t)i + 1;
        if (ok && (i % BATCH == BATCH - 1 || i + 1 == n))
            ok = index_commit(index, &mark, diag);
    }
    ok = ok && index_settle(index, diag);
    index_close(index);
    pool_free(pool);
    return ok;
}

static int by_time(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* What clerks ask: rare and common words, phrases, numbers, people, days, scans. */
static void ask(struct pool *pool, const char **syllables, size_t i, size_t n,
                struct index_query *query) {
    unsigned long long seed = i * 40503 + 11;
    const struct record *record = make(pool, syllables, next(&seed) % n);
    const char *subject = record->fields[RECORD_SUBJECT].text;
    *query = (struct index_query){.words = subject};
    switch (i % KINDS) {
    case 0:
        query->words = "ủy ban nhân dân yêu cầu báo cáo";
        break;
    case 1:
        query->words = pool_strndup(pool, subject, strcspn(subject, " ") + 1);
        break;
    case 2:
        query->words = pool_printf(pool, "\"%s\"", subject);
        break;
    case 3:
        query->words = record_number_symbol(record);
        break;
    case 4:
        query->signatory = record->fields[RECORD_SIGNATORY].text;
        break;
    case 5:
        query->from = "2010-01-01", query->to = "2012-12-31";
        query->words = "ke hoach bao cao";
        break;
    case 6:
        query->words = sentence(pool, syllables, &seed, 4);
        break;
    default:
        break;
    }
}

static void measure(const char *where, size_t n, size_t questions, const char **syllables,
                    struct diag *diag) {
    double *times = mem_alloc(sizeof *times * (questions + 1));
    const char *kind = getenv("BENCH_KIND"); /* 0 to 7: questions of this kind only */
    size_t found = 0;
    for (size_t i = 0; i < questions; i++) {
        struct pool *pool = pool_new();
        struct index_query query;
        index_hits hits = {0};
        ask(pool, syllables, kind ? i * KINDS + (size_t)atoi(kind) : i, n, &query);
        double start = now();
        struct index *index = index_open(where, diag);
        if (index && index_find(index, pool, &query, &hits, diag))
            found += hits.n > 0;
        index_close(index);
        times[i] = now() - start;
        if (getenv("BENCH_EACH"))
            printf("%8.2f ms %4zu hits  %s\n", times[i], hits.n, query.words);
        pool_free(pool);
    }
    qsort(times, questions, sizeof *times, by_time);
    printf("find p50 %.1f ms, p95 %.1f ms, worst %.1f ms; %zu of %zu questions found something\n",
           times[questions / 2], times[questions * 95 / 100], times[questions - 1], found,
           questions);
    free(times);
}

int main(int argc, char **argv) {
    if (argc < 3)
        return 2;
    size_t n = (size_t)atoll(argv[1]), questions = argc > 3 ? (size_t)atoll(argv[3]) : 400;
    struct pool *pool = pool_new();
    struct diag *diag = diag_new(LANG_EN);
    const char **syllables = make_syllables(pool);
    struct rusage usage;
    struct stat st;
    double start = now();
    if (!getenv("BENCH_KEEP") && fill(argv[2], n, syllables, diag)) {
        double seconds = (now() - start) / 1e3;
        printf("index of %zu dispatches made in %.1f s (%.0f a second)\n", n, seconds,
               (double)n / seconds);
    }
    getrusage(RUSAGE_SELF, &usage);
    printf("memory %.0f MB\n", (double)usage.ru_maxrss / 1024);
    if (stat(argv[2], &st) == 0)
        printf("size %.0f MB, %.1f KB a dispatch\n", (double)st.st_size / 1e6,
               (double)st.st_size / 1e3 / (double)n);
    measure(argv[2], n, questions, syllables, diag);
    diag_write(diag, stderr);
    int status = diag_count(diag, DIAG_ERROR) > 0;
    diag_free(diag);
    pool_free(pool);
    return status;
}
