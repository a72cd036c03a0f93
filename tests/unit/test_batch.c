/* Outcomes, state, rows and names of a run over many dispatches, and joining what comes out. */
#include "base/file.h"
#include "batch/commit.h"
#include "batch/join.h"
#include "batch/progress.h"
#include "batch/rows.h"
#include "batch/state.h"
#include "batch/watch.h"
#include "check.h"
#include "pdf_by_hand.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/syscall.h>
#include <unistd.h>

static struct pool *pool;
static struct diag *diag;
static char folder[] = "/tmp/congvan-batch-XXXXXX";

/* Stands before the C library's: tells what happens where the system has no more watches to give.
 */
static bool no_watches;
int inotify_add_watch(int fd, const char *path, uint32_t mask) {
    if (no_watches) {
        errno = ENOSPC;
        return -1;
    }
    return (int)syscall(SYS_inotify_add_watch, fd, path, mask);
}

static struct outcome sample(const char *key) {
    struct outcome r = {.key = key,
                        .conditions = hash_of("x", 1),
                        .input = "a\tb.ini",
                        .number = "05/UBND\\VP",
                        .subject = "một\nhai",
                        .pages = 3,
                        .warnings = 1,
                        .messages = "a.ini:3: warning: x\n"};
    *VEC_PUSH(pool, &r.sources) = (struct outcome_file){"a.md", true, hash_of("md", 2)};
    *VEC_PUSH(pool, &r.sources) = (struct outcome_file){.path = "chung.ini"};
    *VEC_PUSH(pool, &r.outputs) = (struct outcome_file){".pdf", true, hash_of("pdf", 3)};
    return r;
}

static void hashes_tell_contents_apart(void) {
    CHECK(hash_same(hash_of("abcdefghij", 10), hash_of("abcdefghij", 10)));
    CHECK(!hash_same(hash_of("abcdefghij", 10), hash_of("abcdefghik", 10)));
    CHECK(!hash_same(hash_of("", 0), hash_of("\0", 1)));
    struct hash a = hash_start(), b = hash_start(), c;
    hash_add_text(&a, "ab"), hash_add_text(&a, "c");
    hash_add_text(&b, "a"), hash_add_text(&b, "bc");
    CHECK(!hash_same(a, b));
    char text[HASH_TEXT];
    hash_print(a, text);
    CHECK(hash_parse(text, &c) && hash_same(a, c));
    CHECK(!hash_parse("0123", &c));
}

static void an_outcome_comes_back_as_it_went(void) {
    struct outcome in = sample("k"), out;
    struct buf line = {0};
    outcome_put(&in, &line);
    CHECK(line.data[line.len - 1] == '\n' && strchr(line.data, '\n') == line.data + line.len - 1);
    CHECK(outcome_parse(pool, line.data, line.len - 1, &out));
    CHECK_STR(out.input, in.input);
    CHECK_STR(out.number, in.number);
    CHECK_STR(out.subject, in.subject);
    CHECK_STR(out.messages, in.messages);
    CHECK_INT(out.pages, 3);
    CHECK_INT(out.sources.n, 2);
    CHECK(out.sources.at[0].there && !out.sources.at[1].there);
    CHECK(hash_same(out.outputs.at[0].hash, in.outputs.at[0].hash));
    buf_free(&line);
}

/* Any byte of it changed, any tail of it missing. */
static void a_damaged_outcome_is_none(void) {
    struct outcome in = sample("k"), out;
    struct buf line = {0};
    outcome_put(&in, &line);
    for (size_t i = 0; i + 1 < line.len; i++) {
        CHECK(!outcome_parse(pool, line.data, i, &out));
        line.data[i] ^= 1;
        CHECK(!outcome_parse(pool, line.data, line.len - 1, &out));
        line.data[i] ^= 1;
    }
    buf_free(&line);
}

static const char *journal(void) {
    return path_join(pool, folder, "out/.congvan/state");
}

static void append(const char *text) {
    FILE *f = fopen(journal(), "a");
    fputs(text, f);
    fclose(f);
}

static bool state_add(struct state *state, const struct outcome *outcome) {
    struct buf line = {0};
    outcome_put(outcome, &line);
    bool ok = state_append(state, line.data, line.len);
    buf_free(&line);
    return ok;
}

static void the_state_survives_torn_lines(void) {
    const char *out = path_join(pool, folder, "out");
    struct state *state = state_open(out, NULL, diag);
    CHECK(state != NULL && !state_find(state, pool, "b"));
    struct outcome b = sample("b"), a = sample("a");
    CHECK(state_add(state, &b) && state_add(state, &a));
    b.pages = 9;
    CHECK(state_add(state, &b));
    state_close(state, diag);
    append("rubbish\nand half a li");
    state = state_open(out, NULL, diag);
    CHECK(state_find(state, pool, "a") != NULL);
    CHECK_INT(state_find(state, pool, "b")->pages, 9);
    struct outcome c = sample("c");
    CHECK(state_add(state, &c));
    state_close(state, diag);
    state = state_open(out, "1of2", diag);
    CHECK(state_find(state, pool, "c") != NULL); /* parts know the whole */
    state_close(state, diag);
    size_t n;
    char *text = file_read(pool, journal(), &n, (struct where){0}, diag);
    CHECK(text && !strstr(text, "rubbish") && strstr(text, "\ta\t") < strstr(text, "\tb\t"));
    CHECK_INT(diag_count(diag, DIAG_ERROR), 0);
}

static size_t files_in(const char *path) {
    size_t n = 0;
    DIR *dir = opendir(path);
    for (struct dirent *entry; dir && (entry = readdir(dir)) != NULL;)
        n += entry->d_name[0] != '.';
    closedir(dir);
    return n;
}

static void put_pair(struct commit *commit, const char *at, const char *name, size_t number) {
    const struct buf none = {0};
    CHECK(commit_put(commit, pool_printf(pool, "%s/%s.docx", at, name), "docx", 4, diag));
    CHECK(commit_put(commit, pool_printf(pool, "%s/%s.pdf", at, name), "pdf", 3, diag));
    commit_seal(commit, number, &none);
}

/* One that was dropped, or could not have its name, takes no other along. */
static void outputs_take_their_names_together_or_not_at_all(void) {
    const char *at = path_join(pool, folder, "group"), *blamed = NULL;
    CHECK(file_make_folder(at, diag));
    struct commit *commit = commit_new(NULL);
    put_pair(commit, at, "a", 7);
    CHECK(commit_put(commit, pool_printf(pool, "%s/b.docx", at), "docx", 4, diag));
    CHECK(!file_exists(pool_printf(pool, "%s/a.pdf", at)));
    CHECK_INT(files_in(at), 3);
    commit_drop(commit);
    CHECK_INT(files_in(at), 2);
    put_pair(commit, at, "c", 9);
    CHECK(file_make_folder(pool_printf(pool, "%s/c.pdf", at), diag));
    put_pair(commit, at, "d", 2);
    commit_end(commit);
    CHECK(file_exists(pool_printf(pool, "%s/a.pdf", at)));
    CHECK(file_exists(pool_printf(pool, "%s/d.docx", at)));
    CHECK_INT(commit_error(commit, 7, &blamed), 0);
    CHECK_INT(commit_error(commit, 9, &blamed), EISDIR);
    CHECK_STR(path_name(blamed), "c.pdf");
    CHECK_INT(files_in(at), 6); /* two pairs, c.docx and the folder: nothing temporary */
    put_pair(commit, at, "e", 3);
    commit_free(commit);
    CHECK_INT(files_in(at), 6);
}

/* What is made while a lot is under way is not of it, and has no name before its own turn. */
static void a_lot_takes_its_names_while_the_next_is_made(void) {
    enum { MANY = 9 };
    const char *at = path_join(pool, folder, "lots"), *blamed = NULL;
    CHECK(file_make_folder(at, diag));
    struct commit *commit = commit_new(NULL);
    for (size_t i = 0; i < MANY; i++)
        put_pair(commit, at, pool_printf(pool, "a%zu", i), i);
    CHECK(file_make_folder(pool_printf(pool, "%s/a3.pdf", at), diag));
    commit_begin(commit);
    for (size_t i = 0; i < MANY; i++)
        put_pair(commit, at, pool_printf(pool, "b%zu", i), MANY + i);
    CHECK(!file_exists(pool_printf(pool, "%s/a0.pdf", at)));
    commit_end(commit);
    CHECK(file_exists(pool_printf(pool, "%s/a8.pdf", at)));
    CHECK(!file_exists(pool_printf(pool, "%s/b0.pdf", at)));
    CHECK_INT(commit_error(commit, 2, &blamed), 0);
    CHECK_INT(commit_error(commit, 3, &blamed), EISDIR);
    commit_forget(commit);
    CHECK_INT(commit_error(commit, 3, &blamed), 0);
    commit_begin(commit);
    commit_end(commit);
    commit_forget(commit);
    CHECK(file_exists(pool_printf(pool, "%s/b8.docx", at)));
    put_pair(commit, at, "c", 1);
    commit_begin(commit);
    commit_free(commit); /* one that is broken off takes its files back */
    CHECK_INT(files_in(at), 4 * MANY);
}

static const char *names_of(const char *table, const char *pattern) {
    const char *path = path_join(pool, folder, "a.csv");
    CHECK(file_write(path, table, strlen(table), diag));
    struct rows *rows = rows_read(pool, path, diag);
    static const char text[] = "[công văn]\nký hiệu = UBND-VP\n";
    struct ini *ini = ini_parse(pool, "a.ini", text, sizeof text - 1, diag);
    const char **names = rows ? rows_names(pool, rows, ini, "mau", pattern, diag) : NULL;
    struct buf all = {0};
    for (size_t i = 0; names && i < rows_count(rows); i++)
        buf_printf(&all, "%s|", names[i]);
    const char *result = names ? pool_strdup(pool, buf_text(&all)) : NULL;
    buf_free(&all);
    return result;
}

static void names_of_rows_are_safe_and_differ(void) {
    CHECK_STR(names_of("số;gửi\n1;A\n1;A\n1;A\n", "{số}-{gửi}"), "1-A|1-A-2|1-A-3|");
    CHECK_STR(names_of("số;gửi\n1;A\n;..\n", "{số}{gửi}"), "1A|mau-0002|");
    CHECK_STR(names_of("số\n1\n2\n", NULL), "mau-0001|mau-0002|");
    CHECK_STR(names_of("số\n1\n", "{ký hiệu}/{SO}"), "UBND-VP-1|");
    CHECK_STR(names_of("a\n../../etc/x\n", "{a}"), "-..-etc-x|");
    CHECK_STR(names_of("a\nSở\nSỞ\nsơ\n", "{a}"), "Sở|SỞ-2|sơ|");
    CHECK_STR(names_of("a\ncon\nAUX.txt\ncom7\ncom\nconga\nnul1\nlpt1 .x\n", "{a}"),
              "-con|-AUX.txt|-com7|com|conga|nul1|-lpt1 .x|");
    const char *name = names_of(pool_printf(pool, "a\n%0300d\n", 0), "ệ{a}ệ");
    CHECK(name && strlen(name) <= 151);
    CHECK(names_of("a\n1\n", "{b}") == NULL);
    CHECK(diag_has(diag, ROWS_NAME_UNKNOWN));
    CHECK(names_of("a\n", NULL) == NULL);
    CHECK(diag_has(diag, ROWS_NONE));
}

static const char *section_text(const struct ini *ini, const char *section) {
    const struct ini_section *s = ini_section(ini, section);
    struct buf all = {0};
    for (size_t i = 0; s && i < s->keys.n; i++)
        buf_printf(&all, "%s=%s|", s->keys.at[i].folded, s->keys.at[i].value);
    const char *text = pool_strdup(pool, buf_text(&all));
    buf_free(&all);
    return text;
}

static void columns_go_where_their_names_say(void) {
    names_of("Số;KÍNH GỬI;kinh_gui 2;họ tên;cơ quan;lưu;theo dõi.hạn;lạ;trống\n"
             "7;\"A; B\";C;Lê;X;VT;mai;y;\n",
             NULL);
    struct rows *rows = rows_read(pool, path_join(pool, folder, "a.csv"), diag);
    struct ini *over = rows_overlay(pool, rows, 0, diag);
    CHECK_STR(section_text(over, "cong van"), "so=7|la=y|");
    CHECK_STR(section_text(over, "kinh gui"), "1=A|2=B|3=C|");
    CHECK_STR(section_text(over, "nguoi ky"), "ho ten=Lê|");
    CHECK_STR(section_text(over, "co quan"), "ten=X|");
    CHECK_STR(section_text(over, "noi nhan"), "luu=VT|");
    CHECK_STR(section_text(over, "theo doi"), "han=mai|");
}

static void a_table_says_each_thing_once_and_under_a_heading(void) {
    CHECK(names_of("Số;họ tên;SO\n7;A;8\n", NULL) == NULL);
    CHECK(diag_has(diag, ROWS_SAME_COLUMN));
    CHECK(names_of("kính gửi;kinh gui;;\nA;B;;\n", NULL) != NULL);
    names_of("số;kính gửi\n7;A;;\n8;B;C\n", NULL);
    struct rows *rows = rows_read(pool, path_join(pool, folder, "a.csv"), diag);
    rows_overlay(pool, rows, 0, diag);
    CHECK(!diag_has(diag, ROWS_EXTRA_CELL));
    CHECK_STR(section_text(rows_overlay(pool, rows, 1, diag), "cong van"), "so=8|");
    CHECK(diag_has(diag, ROWS_EXTRA_CELL));
}

static void an_overlay_replaces_keys_and_lists(void) {
    static const char base[] = "[kính gửi]\na = X\nb = Y\n[nơi nhận]\n1 = N\nlưu = VT\n"
                               "[công văn]\nsố = 1\nđịa danh = H\n";
    static const char row[] = "[kính gửi]\n1 = Z\n[nơi nhận]\nlưu = NV\n[công văn]\nsố = 2\n";
    struct ini *ini = ini_parse(pool, "a.ini", base, sizeof base - 1, diag);
    ini_overlay(pool, ini, ini_parse(pool, "b.ini", row, sizeof row - 1, diag));
    CHECK_STR(section_text(ini, "kinh gui"), "1=Z|");
    CHECK_STR(section_text(ini, "noi nhan"), "1=N|luu=NV|");
    CHECK_STR(section_text(ini, "cong van"), "so=2|dia danh=H|");
}

static void what_cannot_be_joined_is_said(void) {
    const char *bad = path_join(pool, folder, "bad.pdf"), *to = path_join(pool, folder, "all.pdf");
    CHECK(file_write(bad, "no PDF", 6, diag));
    CHECK(!join_pdfs(&bad, 1, "x", to, diag));
    CHECK(diag_has(diag, JOIN_FAILED) && !file_exists(to));
    CHECK(join_pdfs(NULL, 0, "x", to, diag));
}

static void the_time_left_follows_the_last_seconds(void) {
    struct pace pace = {.n = 0};
    pace_note(&pace, 0, 0);
    CHECK_INT(pace_rate(&pace, 0, 0), 0);
    CHECK_INT(pace_rate(&pace, 250, 1), 4000);
    for (int second = 1; second <= 60;
         second++) /* a thousand that were as good as new, then 10/s */
        pace_note(&pace, second * 1000, 1000 + (size_t)second * 10);
    CHECK_INT(pace_rate(&pace, 60000, 1600), 10000);
    for (int ms = 60000; ms < 61000; ms++) /* however often it is told */
        pace_note(&pace, ms, 1600);
    CHECK(pace_rate(&pace, 61000, 1600) > 8000);
}

/* A file of these objects, of which the second is the information. */
static const char *pdf_file(const char *name, const char *const *objects) {
    struct buf out = {0};
    put_pdf(&out, objects, "/Info 2 0 R");
    const char *path = path_join(pool, folder, name);
    CHECK(file_write(path, buf_text(&out), out.len, diag));
    buf_free(&out);
    return path;
}

/* Two pages; the first has a link to the second and is what its link is on. */
static const char *two_pages(const char *name, const char *words) {
    const char *objects[] = {
        "<</Type/Catalog/Pages 3 0 R/OutputIntents[<</DestOutputProfile 9 0 R>>]>>",
        pool_printf(pool, "<</Title(%s)>>", words),
        "<</Type/Pages/Kids[4 0 R 5 0 R]/Count 2>>",
        "<</Type/Page/Parent 3 0 R/StructParents 0/Contents 6 0 R/Annots[7 0 R]"
        "/Resources<</Font<</F 8 0 R>>>>>>",
        "<</Type/Page/Parent 3 0 R/Contents 6 0 R>>",
        pool_printf(pool, "<</Length 10 0 R>>stream\n%s\nendstream", words),
        "<</Subtype/Link/P 4 0 R/StructParent 1/Dest[5 0 R/Fit]>>",
        "<</Type/Font/FontFile2 9 0 R>>",
        "<</Length 4>>stream\nsame\nendstream",
        pool_printf(pool, "%zu", strlen(words)),
        NULL};
    return pdf_file(name, objects);
}

static size_t times_in(const char *text, size_t n, const char *what) {
    size_t times = 0;
    for (const char *p = text; (p = memmem(p, (size_t)(text + n - p), what, strlen(what))); p++)
        times++;
    return times;
}

static void joined_documents_share_what_they_have_in_common(void) {
    const char *paths[] = {two_pages("one.pdf", "first"), two_pages("two.pdf", "second"),
                           two_pages("three.pdf", "first")};
    const char *to = path_join(pool, folder, "all.pdf");
    CHECK(join_pdfs(paths, 3, "all", to, diag));
    size_t n;
    const char *all = file_read(pool, to, &n, (struct where){.file = to}, diag);
    CHECK_INT(times_in(all, n, "same\nendstream"), 1);
    CHECK_INT(times_in(all, n, "first\nendstream"), 1);
    CHECK_INT(times_in(all, n, "second\nendstream"), 1);
    CHECK_INT(times_in(all, n, "/FontFile2"), 1);
    CHECK_INT(times_in(all, n, "/Subtype /Link"), 3);
    CHECK_INT(times_in(all, n, "StructParent"), 0);
    CHECK_INT(times_in(all, n, "/Count 6"), 2);
    CHECK_INT(times_in(all, n, "/Title(second)"), 1);
    CHECK_INT(times_in(all, n, "DestOutputProfile"), 1);
    /* the first link leads to the second page, by the number it has now */
    CHECK_INT(times_in(all, n, "/Kids[6 0 R 7 0 R "), 1);
    CHECK_INT(times_in(all, n, "/P 6 0 R/Dest [7 0 R/Fit]"), 1);
}

/* Many a byte of it another, many a tail of it missing: refused or joined, and nothing else. */
static void damaged_documents_are_refused_or_joined(void) {
    const char *path = two_pages("one.pdf", "first"), *bad = path_join(pool, folder, "cut.pdf");
    const char *to = path_join(pool, folder, "all.pdf");
    size_t n, refused = 0;
    char *bytes = file_read(pool, path, &n, (struct where){.file = path}, diag);
    for (size_t i = 0; i < n; i += 3) {
        struct diag *own = diag_new(LANG_EN);
        FILE *f = fopen(bad, "w");
        bytes[i] ^= 4;
        fwrite(bytes, 1, i % 2 ? n : i, f);
        bytes[i] ^= 4;
        fclose(f);
        bool ok = join_pdfs(&bad, 1, "x", to, own);
        CHECK(ok == (diag_count(own, DIAG_ERROR) == 0));
        refused += !ok;
        diag_free(own);
    }
    CHECK(refused > n / 6 && refused < n / 3);
}

/* The changes, "a|b|", after at most a second. */
static const char *changes_of(struct watch *watch, struct watch_changes *changes) {
    struct buf all = {0};
    *changes = (struct watch_changes){0};
    CHECK(watch_wait(watch, pool, changes));
    for (size_t i = 0; i < changes->paths.n; i++)
        buf_printf(&all, "%s|", path_name(changes->paths.at[i]));
    const char *text = pool_strdup(pool, buf_text(&all));
    buf_free(&all);
    return text;
}

static void saves_are_told_once_and_moved_files_only_if_they_stay_away(void) {
    const char *at = path_join(pool, folder, "watched");
    const char *a = path_join(pool, at, "a.md"), *b = path_join(pool, at, "a.md~");
    struct watch_changes changes;
    CHECK(file_make_folder(at, diag));
    struct watch *watch = watch_new(diag);
    CHECK(watch_folder(watch, at, diag) && !watch_folder(watch, at, diag));
    CHECK(file_write(a, "1", 1, diag) && file_write(a, "2", 1, diag));
    CHECK_STR(changes_of(watch, &changes), "a.md|");
    CHECK(rename(a, b) == 0 && file_write(a, "3", 1, diag));
    CHECK_STR(changes_of(watch, &changes), "a.md~|a.md|");
    CHECK(unlink(a) == 0);
    CHECK_STR(changes_of(watch, &changes), "a.md|");
    CHECK(!changes.folders && !changes.lost);
    CHECK(rename(at, path_join(pool, folder, "elsewhere")) == 0 && file_make_folder(at, diag));
    changes_of(watch, &changes);
    CHECK(changes.folders);
    CHECK(watch_folder(watch, at, diag) && file_write(a, "4", 1, diag));
    CHECK_STR(changes_of(watch, &changes), "a.md|");
    watch_free(watch);
}

static void a_folder_that_is_not_there_is_waited_for(void) {
    struct watch_changes changes;
    const char *in = path_join(pool, folder, "yet/to/come");
    struct watch *watch = watch_new(diag);
    CHECK(!watch_folder(watch, in, diag));
    CHECK(file_make_folder(in, diag));
    changes_of(watch, &changes);
    CHECK(changes.folders && watch_folder(watch, in, diag));
    watch_free(watch);
}

static void a_folder_that_cannot_be_watched_is_said_once(void) {
    struct watch *watch = watch_new(diag);
    size_t before = diag_count(diag, DIAG_WARNING);
    no_watches = true;
    CHECK(!watch_folder(watch, folder, diag) && !watch_folder(watch, "/", diag));
    no_watches = false;
    CHECK(diag_has(diag, WATCH_NOT_ALL));
    CHECK_INT(diag_count(diag, DIAG_WARNING), before + 1);
    watch_free(watch);
}

int main(void) {
    pool = pool_new();
    diag = diag_new(LANG_EN);
    if (!mkdtemp(folder))
        return 1;
    RUN(hashes_tell_contents_apart);
    RUN(an_outcome_comes_back_as_it_went);
    RUN(a_damaged_outcome_is_none);
    RUN(the_state_survives_torn_lines);
    RUN(outputs_take_their_names_together_or_not_at_all);
    RUN(a_lot_takes_its_names_while_the_next_is_made);
    RUN(names_of_rows_are_safe_and_differ);
    RUN(columns_go_where_their_names_say);
    RUN(a_table_says_each_thing_once_and_under_a_heading);
    RUN(an_overlay_replaces_keys_and_lists);
    RUN(what_cannot_be_joined_is_said);
    RUN(joined_documents_share_what_they_have_in_common);
    RUN(damaged_documents_are_refused_or_joined);
    RUN(the_time_left_follows_the_last_seconds);
    RUN(saves_are_told_once_and_moved_files_only_if_they_stay_away);
    RUN(a_folder_that_is_not_there_is_waited_for);
    RUN(a_folder_that_cannot_be_watched_is_said_once);
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    int removed = system(command);
    diag_free(diag);
    pool_free(pool);
    return CHECK_RESULT() || removed;
}
