#include "batch/rows.h"
#include "base/utf8.h"
#include "dispatch/names.h"
#include "dispatch/schema.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* Where the cells of a column go. */
struct column {
    const char *name;          /* as typed */
    const char *folded;        /* the same, folded */
    const char *section, *key; /* folded; key NULL: each item of the cell is one of the list */
};

struct rows {
    struct csv *csv;
    struct column *columns;
    size_t column_count;
};

/* ---- columns ---- */

/* "kinh gui", "kinh gui 2" */
static bool is_list_column(const char *folded, const char *list) {
    size_t n = strlen(list);
    if (strncmp(folded, list, n) != 0)
        return false;
    return !folded[n] || (folded[n] == ' ' && folded[n + 1] &&
                          !folded[n + 1 + strspn(folded + n + 1, "0123456789")]);
}

static void place(struct pool *pool, struct column *c) {
    static const struct {
        const char *name, *section, *key;
    } special[] = {
        {"co quan", "co quan", "ten"}, {"luu", "noi nhan", "luu"}, {"noi dung", "noi dung", "tep"}};
    static const char *const lists[] = {"kinh gui", "noi nhan"};
    const char *dot = strchr(c->folded, '.');
    c->section = "cong van";
    c->key = c->folded;
    if (dot) {
        c->section = pool_strndup(pool, c->folded, (size_t)(dot - c->folded));
        c->key = dot + 1;
        return;
    }
    for (size_t i = 0; i < sizeof special / sizeof special[0]; i++)
        if (strcmp(c->folded, special[i].name) == 0) {
            c->section = special[i].section;
            c->key = special[i].key;
            return;
        }
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        if (is_list_column(c->folded, lists[i])) {
            c->section = lists[i];
            c->key = NULL;
            return;
        }
    const char *known = schema_home(c->folded);
    if (known)
        c->section = known;
}

/* Items of a list add up; of a key there is one value. */
static bool have_one_key_each(struct pool *pool, const struct rows *rows, struct where where,
                              struct diag *diag) {
    struct names known = {.pool = pool};
    bool ok = true;
    for (size_t i = 0; i < rows->column_count; i++) {
        const struct column *c = &rows->columns[i];
        if (!*c->folded || !c->key)
            continue;
        const char *name = pool_printf(pool, "%s.%s", c->section, c->key);
        size_t first = names_add(&known, name, strlen(name), i);
        if (first != i)
            diag_add(diag, ROWS_SAME_COLUMN, where, rows->columns[first].name, c->name, NULL);
        ok = ok && first == i;
    }
    return ok;
}

struct rows *rows_read(struct pool *pool, const char *path, struct diag *diag) {
    struct csv *csv = csv_read(pool, path, (struct where){.file = path}, diag);
    if (!csv)
        return NULL;
    const struct csv_row *head = &csv->rows.at[0];
    struct rows *rows = POOL_NEW(pool, struct rows);
    rows->csv = csv;
    rows->column_count = head->cells.n;
    rows->columns = POOL_ARRAY(pool, struct column, head->cells.n + 1);
    struct where where = {.file = csv->name, .line = head->line};
    if (csv->rows.n < 2) {
        diag_add(diag, ROWS_NONE, where, NULL);
        return NULL;
    }
    for (size_t i = 0; i < head->cells.n; i++) {
        struct column *c = &rows->columns[i];
        c->name = head->cells.at[i];
        c->folded = utf8_fold(pool, c->name);
        place(pool, c);
    }
    return have_one_key_each(pool, rows, where, diag) ? rows : NULL;
}

size_t rows_count(const struct rows *rows) {
    return rows->csv->rows.n - 1;
}

static const struct csv_row *row_at(const struct rows *rows, size_t i) {
    return &rows->csv->rows.at[i + 1];
}

int rows_line(const struct rows *rows, size_t i) {
    return row_at(rows, i)->line;
}

struct hash rows_hash(const struct rows *rows, size_t i) {
    struct hash hash = hash_start();
    for (size_t k = 0; k < rows->column_count; k++) {
        hash_add_text(&hash, rows->columns[k].folded);
        hash_add_text(&hash, csv_cell(row_at(rows, i), k));
    }
    return hash;
}

/* ---- a row as INI keys ---- */

static struct ini_section *section_of(struct pool *pool, struct ini *ini, const char *folded,
                                      struct where where) {
    struct ini_section *section;
    VEC_EACH (section, &ini->sections)
        if (strcmp(section->folded, folded) == 0)
            return section;
    section = VEC_PUSH(pool, &ini->sections);
    section->name = section->folded = folded;
    section->where = where;
    return section;
}

static void add_key(struct pool *pool, struct ini_section *section, const char *name,
                    const char *folded, const char *value, struct where where) {
    *VEC_PUSH(pool, &section->keys) =
        (struct ini_key){.name = name, .folded = folded, .value = value, .where = where};
}

/* Each item of the cell under a name no other has. */
static void add_items(struct pool *pool, struct ini_section *section, const char *cell,
                      struct where where) {
    while (*cell) {
        size_t n = strcspn(cell, ";\n"), len = n;
        const char *item = cell;
        while (len && *item == ' ')
            item++, len--;
        while (len && item[len - 1] == ' ')
            len--;
        const char *name = pool_printf(pool, "%zu", section->keys.n + 1);
        if (len)
            add_key(pool, section, name, name, pool_strndup(pool, item, len), where);
        cell += n + (cell[n] != '\0');
    }
}

/* A line end in a cell is the INI's forced line break. */
static const char *one_line(struct pool *pool, const char *cell) {
    struct buf out = {0};
    for (; *cell; cell++)
        if (*cell == '\n')
            buf_puts(&out, " | ");
        else
            buf_putc(&out, *cell);
    const char *text = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return text;
}

/* Most likely the cells before it are shifted as well. */
static void check_width(const struct rows *rows, const struct csv_row *row, struct where where,
                        struct diag *diag) {
    struct buf counts[2] = {0};
    buf_put_int(&counts[0], (int64_t)row->cells.n);
    buf_put_int(&counts[1], (int64_t)rows->column_count);
    for (size_t k = rows->column_count; k < row->cells.n; k++)
        if (*row->cells.at[k]) {
            diag_add(diag, ROWS_EXTRA_CELL, where, buf_text(&counts[0]), buf_text(&counts[1]),
                     row->cells.at[k], NULL);
            break;
        }
    buf_free(&counts[0]);
    buf_free(&counts[1]);
}

struct ini *rows_overlay(struct pool *pool, const struct rows *rows, size_t i, struct diag *diag) {
    struct ini *ini = POOL_NEW(pool, struct ini);
    struct where where = {.file = rows->csv->name, .line = rows_line(rows, i)};
    check_width(rows, row_at(rows, i), where, diag);
    for (size_t k = 0; k < rows->column_count; k++) {
        const struct column *c = &rows->columns[k];
        const char *cell = csv_cell(row_at(rows, i), k);
        if (!*cell || !*c->folded)
            continue;
        struct ini_section *section = section_of(pool, ini, c->section, where);
        if (c->key)
            add_key(pool, section, c->name, c->key, one_line(pool, cell), where);
        else
            add_items(pool, section, cell, where);
    }
    return ini;
}

/* ---- names ---- */

/* What Windows takes for a device, whatever follows the first '.'. */
static bool is_device(const char *name) {
    static const char *const devices[] = {"con", "prn", "aux", "nul", "com", "lpt"};
    size_t n = strcspn(name, ".");
    while (n && name[n - 1] == ' ')
        n--;
    for (size_t i = 0; i < sizeof devices / sizeof devices[0]; i++)
        if ((n == 3 || (n == 4 && i > 3 && isdigit((unsigned char)name[3]))) &&
            (n == 3) == (i < 4) && strncasecmp(name, devices[i], 3) == 0)
            return true;
    return false;
}

/* A name any file system takes, of at most LONGEST bytes; "" if nothing is left. In place. */
static void make_safe(char *name) {
    enum { LONGEST = 150 };
    char *to = name;
    for (const char *p = name; *p; p++) {
        bool bad = (unsigned char)*p < 0x20 || *p == 0x7F || strchr("/\\:*?\"<>|", *p);
        char c = bad ? '-' : *p;
        if ((c == ' ' || c == '-') && to > name && to[-1] == c)
            continue;
        *to++ = c;
    }
    *to = '\0';
    size_t n = (size_t)(to - name);
    if (n > LONGEST)
        for (n = LONGEST; n && ((unsigned char)name[n] & 0xC0) == 0x80;)
            n--;
    while (n && strchr(" .", name[n - 1]))
        n--;
    name[n] = '\0';
    size_t lead = strspn(name, " .~");
    memmove(name, name + lead, n - lead + 1);
}

static const char *value_of(struct pool *pool, const struct rows *rows, size_t i,
                            const struct ini *ini, const char *folded) {
    if (strcmp(folded, "dong") == 0)
        return pool_printf(pool, "%04zu", i + 1);
    for (size_t k = 0; k < rows->column_count; k++)
        if (strcmp(rows->columns[k].folded, folded) == 0)
            return csv_cell(row_at(rows, i), k);
    struct column c = {.name = folded, .folded = folded};
    place(pool, &c);
    const struct ini_section *section = ini_section(ini, c.section);
    const struct ini_key *key =
        c.key ? ini_key(section, c.key) : (section && section->keys.n ? section->keys.at : NULL);
    return key ? key->value : NULL;
}

/* NULL: the pattern names what is not there (*wrong). */
static char *fill(struct pool *pool, const struct rows *rows, size_t i, const struct ini *ini,
                  const char *pattern, const char **wrong) {
    struct buf out = {0};
    for (const char *p = pattern; *p; p++) {
        const char *close = *p == '{' ? strchr(p, '}') : NULL;
        if (!close) {
            buf_putc(&out, *p);
            continue;
        }
        const char *name = pool_strndup(pool, p + 1, (size_t)(close - p - 1));
        const char *value = value_of(pool, rows, i, ini, utf8_fold(pool, name));
        if (!value) {
            *wrong = name;
            buf_free(&out);
            return NULL;
        }
        buf_puts(&out, value);
        p = close;
    }
    char *text = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return text;
}

/* Whose name it is: `i`, or an earlier row's. */
static size_t take_name(struct pool *pool, struct names *taken, const char *name, size_t i) {
    const char *key = utf8_upper(pool, name);
    return names_add(taken, key, strlen(key), i);
}

const char **rows_names(struct pool *pool, const struct rows *rows, const struct ini *ini,
                        const char *stem, const char *pattern, struct diag *diag) {
    size_t n = rows_count(rows);
    const char **names = POOL_ARRAY(pool, const char *, n + 1), *wrong = "";
    size_t *same = POOL_ARRAY(pool, size_t, n + 1); /* how many more have the name of row i */
    struct names taken = {.pool = pool};
    if (!pattern)
        pattern = pool_printf(pool, "%s-{dòng}", stem);
    for (size_t i = 0; i < n; i++) {
        char *name = fill(pool, rows, i, ini, pattern, &wrong);
        if (!name) {
            diag_add(diag, ROWS_NAME_UNKNOWN, (struct where){.file = rows->csv->name}, wrong, NULL);
            return NULL;
        }
        make_safe(name);
        if (!*name)
            name = pool_printf(pool, "%s-%04zu", stem, i + 1);
        else if (is_device(name))
            name = pool_printf(pool, "-%s", name);
        names[i] = name;
        for (size_t first; (first = take_name(pool, &taken, names[i], i)) != i;)
            names[i] = pool_printf(pool, "%s-%zu", name, ++same[first] + 1);
    }
    return names;
}
