#include "docx/geometry.h"

#include "base/angle.h"
#include "docx/intern.h"
#include "docx/units.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_GUIDES = 20000, MAX_STEPS = 200000 };

struct guide {
    int64_t value;
    bool fixed; /* an adjust value of the document: not replaced by the preset's */
};

struct geometry {
    struct pool *pool;
    struct intern *guides; /* name -> struct guide */
    size_t count;
    int64_t width, height;
};

static int64_t bounded(int64_t value) {
    return value > MAX_COORDINATE    ? MAX_COORDINATE
           : value < -MAX_COORDINATE ? -MAX_COORDINATE
                                     : value;
}

/* ---- values ---- */

static struct guide *find(const struct geometry *g, const char *name, size_t n) {
    return intern_find(g->guides, name, n);
}

static int64_t value_of(const struct geometry *g, const char *word, size_t n) {
    char digits[24];
    bool number = n && ((word[0] >= '0' && word[0] <= '9') || word[0] == '-');
    const struct guide *guide = find(g, word, n);
    if (guide)
        return guide->value;
    if (!number || n >= sizeof digits)
        return 0;
    memcpy(digits, word, n);
    digits[n] = '\0';
    char *end;
    long long value = strtoll(digits, &end, 10);
    return *end ? 0 : bounded(value);
}

int64_t geometry_value(const struct geometry *g, const char *word) {
    return word ? value_of(g, word, strlen(word)) : 0;
}

static void set(struct geometry *g, const char *name, size_t n, int64_t value, bool fixed) {
    struct guide *guide = find(g, name, n);
    if (guide && guide->fixed && !fixed)
        return;
    if (!guide) {
        if (g->count++ >= MAX_GUIDES)
            return;
        guide = POOL_NEW(g->pool, struct guide);
        *intern_slot(g->guides, name, n) = guide;
    }
    guide->value = bounded(value);
    guide->fixed = fixed;
}

static void set_predefined(struct geometry *g) {
    const int64_t w = g->width, h = g->height, ss = w < h ? w : h, ls = w < h ? h : w;
    const struct {
        const char *name;
        int64_t value;
    } values[] = {{"l", 0},
                  {"t", 0},
                  {"r", w},
                  {"b", h},
                  {"w", w},
                  {"h", h},
                  {"hc", w / 2},
                  {"vc", h / 2},
                  {"ss", ss},
                  {"ls", ls},
                  {"cd2", 2 * ANGLE_QUARTER},
                  {"cd4", ANGLE_QUARTER},
                  {"cd8", ANGLE_QUARTER / 2},
                  {"3cd4", 3 * ANGLE_QUARTER},
                  {"3cd8", 3 * ANGLE_QUARTER / 2},
                  {"5cd8", 5 * ANGLE_QUARTER / 2},
                  {"7cd8", 7 * ANGLE_QUARTER / 2}};
    static const int parts[] = {2, 3, 4, 5, 6, 8, 10, 12, 16, 32};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        set(g, values[i].name, strlen(values[i].name), values[i].value, false);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const char *x = pool_printf(g->pool, "wd%d", parts[i]);
        const char *y = pool_printf(g->pool, "hd%d", parts[i]);
        const char *s = pool_printf(g->pool, "ssd%d", parts[i]);
        set(g, x, strlen(x), w / parts[i], false);
        set(g, y, strlen(y), h / parts[i], false);
        set(g, s, strlen(s), ss / parts[i], false);
    }
}

struct geometry *geometry_new(struct pool *pool, int64_t width, int64_t height) {
    struct geometry *g = POOL_NEW(pool, struct geometry);
    *g = (struct geometry){.pool = pool,
                           .guides = intern_new(pool),
                           .width = bounded(width < 0 ? 0 : width),
                           .height = bounded(height < 0 ? 0 : height)};
    set_predefined(g);
    return g;
}

/* ---- formulas (20.1.9.11) ---- */

/* Operands are bounded by 2^31, so products fit. */
static int64_t quotient(int64_t a, int64_t b) {
    return b ? a / b : 0;
}

static int64_t times_sine(int64_t x, int64_t angle) {
    return x * angle_sin(angle) / SINE_ONE;
}

static int64_t times_cosine(int64_t x, int64_t angle) {
    return x * angle_cos(angle) / SINE_ONE;
}

static int64_t length_of(int64_t x, int64_t y, int64_t z) {
    return square_root((uint64_t)(x * x) + (uint64_t)(y * y) + (uint64_t)(z * z));
}

static bool is(const char *op, size_t n, const char *name) {
    return strlen(name) == n && memcmp(op, name, n) == 0;
}

static int64_t compute(const char *op, size_t n, int64_t x, int64_t y, int64_t z) {
    if (is(op, n, "*/"))
        return quotient(x * y, z);
    if (is(op, n, "+-"))
        return x + y - z;
    if (is(op, n, "+/"))
        return quotient(x + y, z);
    if (is(op, n, "?:"))
        return x > 0 ? y : z;
    if (is(op, n, "abs"))
        return x < 0 ? -x : x;
    if (is(op, n, "at2"))
        return angle_of(x, y);
    if (is(op, n, "cat2"))
        return times_cosine(x, angle_of(y, z));
    if (is(op, n, "sat2"))
        return times_sine(x, angle_of(y, z));
    if (is(op, n, "cos"))
        return times_cosine(x, y);
    if (is(op, n, "sin"))
        return times_sine(x, y);
    if (is(op, n, "tan"))
        return quotient(x * angle_sin(y), angle_cos(y));
    if (is(op, n, "max"))
        return x > y ? x : y;
    if (is(op, n, "min"))
        return x < y ? x : y;
    if (is(op, n, "mod"))
        return length_of(x, y, z);
    if (is(op, n, "pin"))
        return y < x ? x : y > z ? z : y;
    if (is(op, n, "sqrt"))
        return square_root(x > 0 ? (uint64_t)x : 0);
    return x; /* val */
}

/* The next word of a list at *p. */
static const char *next_word(const char **p, size_t *n) {
    const char *s = *p + strspn(*p, " \t\r\n");
    *n = strcspn(s, " \t\r\n;|");
    *p = s + *n;
    return s;
}

/* *p moves past the formula. */
static int64_t evaluate(const struct geometry *g, const char **p) {
    size_t n, m;
    const char *op = next_word(p, &n);
    int64_t operands[3] = {0};
    for (int i = 0; i < 3; i++) {
        const char *word = next_word(p, &m);
        operands[i] = value_of(g, word, m);
    }
    return compute(op, n, operands[0], operands[1], operands[2]);
}

void geometry_guide(struct geometry *g, const char *name, const char *formula) {
    if (name && formula)
        set(g, name, strlen(name), evaluate(g, &formula), false);
}

void geometry_adjust(struct geometry *g, const char *name, const char *formula) {
    if (name && formula)
        set(g, name, strlen(name), evaluate(g, &formula), true);
}

/* ---- tracing ---- */

static mpt on_axis(const struct axis *axis, int64_t value) {
    int64_t v = bounded(value - axis->from), down = axis->down ? axis->down : 1;
    return mpt_clamp(v * axis->up / down);
}

static struct path_step *push(struct tracer *t, enum path_verb verb) {
    if (t->steps.n >= MAX_STEPS)
        t->steps.n--;
    struct path_step *step = VEC_PUSH(t->pool, &t->steps);
    *step = (struct path_step){.verb = verb};
    return step;
}

static void go_to(struct tracer *t, struct path_step *step, int i, int64_t x, int64_t y) {
    step->x[i] = on_axis(&t->x_axis, x);
    step->y[i] = on_axis(&t->y_axis, y);
    t->x = bounded(x);
    t->y = bounded(y);
}

void trace_move(struct tracer *t, int64_t x, int64_t y) {
    go_to(t, push(t, PATH_MOVE), 0, x, y);
    t->start_x = t->x;
    t->start_y = t->y;
    t->open = true;
}

static void need_start(struct tracer *t) {
    if (!t->open)
        trace_move(t, t->x, t->y);
}

void trace_line(struct tracer *t, int64_t x, int64_t y) {
    need_start(t);
    go_to(t, push(t, PATH_LINE), 0, x, y);
}

void trace_curve(struct tracer *t, const int64_t x[3], const int64_t y[3]) {
    need_start(t);
    struct path_step *step = push(t, PATH_CURVE);
    for (int i = 0; i < 3; i++)
        go_to(t, step, i, x[i], y[i]);
}

void trace_quad(struct tracer *t, const int64_t x[2], const int64_t y[2]) {
    int64_t cx[3] = {t->x + (x[0] - t->x) * 2 / 3, x[1] + (x[0] - x[1]) * 2 / 3, x[1]};
    int64_t cy[3] = {t->y + (y[0] - t->y) * 2 / 3, y[1] + (y[0] - y[1]) * 2 / 3, y[1]};
    trace_curve(t, cx, cy);
}

/* The parameter at which an ellipse has this angle as seen from its centre. */
static int64_t parameter(int64_t x_radius, int64_t y_radius, int64_t angle) {
    if (x_radius == y_radius || angle % ANGLE_QUARTER == 0)
        return angle_normal(angle);
    return angle_of(angle_cos(angle) * y_radius / 1000, angle_sin(angle) * x_radius / 1000);
}

static int64_t swept(int64_t x_radius, int64_t y_radius, int64_t from, int64_t sweep) {
    int64_t turn =
        parameter(x_radius, y_radius, from + sweep) - parameter(x_radius, y_radius, from);
    if (sweep >= ANGLE_TURN || sweep <= -ANGLE_TURN)
        return sweep > 0 ? ANGLE_TURN : -ANGLE_TURN;
    turn = angle_normal(turn);
    return sweep < 0 && turn ? turn - ANGLE_TURN : turn;
}

void arc_curve(const int64_t center[2], const int64_t radius[2], int64_t at, int64_t step,
               int64_t x[3], int64_t y[3]) {
    int64_t pull = 4 * (int64_t)angle_sin(step / 4) * SINE_ONE / 3 / angle_cos(step / 4);
    int64_t s0 = angle_sin(at), c0 = angle_cos(at), s1 = angle_sin(at + step),
            c1 = angle_cos(at + step);
    const int64_t one = SINE_ONE;
    x[0] = center[0] + radius[0] * (c0 - s0 * pull / one) / one;
    x[1] = center[0] + radius[0] * (c1 + s1 * pull / one) / one;
    x[2] = center[0] + radius[0] * c1 / one;
    y[0] = center[1] + radius[1] * (s0 + c0 * pull / one) / one;
    y[1] = center[1] + radius[1] * (s1 - c1 * pull / one) / one;
    y[2] = center[1] + radius[1] * s1 / one;
}

void trace_arc(struct tracer *t, int64_t x_radius, int64_t y_radius, int64_t from, int64_t sweep) {
    x_radius = bounded(x_radius < 0 ? -x_radius : x_radius);
    y_radius = bounded(y_radius < 0 ? -y_radius : y_radius);
    int64_t at = parameter(x_radius, y_radius, from), turn = swept(x_radius, y_radius, from, sweep);
    const int64_t radius[2] = {x_radius, y_radius};
    const int64_t center[2] = {t->x - x_radius * angle_cos(at) / SINE_ONE,
                               t->y - y_radius * angle_sin(at) / SINE_ONE};
    int64_t size = turn < 0 ? -turn : turn, pieces = (size + ANGLE_QUARTER - 1) / ANGLE_QUARTER;
    for (int64_t i = 0; i < pieces; i++) {
        int64_t step = turn * (i + 1) / pieces - turn * i / pieces;
        int64_t x[3], y[3];
        arc_curve(center, radius, at + turn * i / pieces, step, x, y);
        trace_curve(t, x, y);
    }
}

void trace_ellipse(struct tracer *t, const int64_t center[2], const int64_t radius[2], int64_t from,
                   int64_t sweep, bool join) {
    int64_t rx = bounded(radius[0]), ry = bounded(radius[1]), at = parameter(rx, ry, from);
    int64_t x = bounded(center[0]) + rx * angle_cos(at) / SINE_ONE;
    int64_t y = bounded(center[1]) + ry * angle_sin(at) / SINE_ONE;
    if (join)
        trace_line(t, x, y);
    else
        trace_move(t, x, y);
    trace_arc(t, rx, ry, from, sweep);
}

void trace_close(struct tracer *t) {
    if (!t->open)
        return;
    push(t, PATH_CLOSE);
    t->x = t->start_x;
    t->y = t->start_y;
    t->open = false;
}

void trace_end(struct tracer *t, bool filled, bool stroked, int shade) {
    if (t->steps.n) {
        struct path *path = VEC_PUSH(t->pool, &t->paths);
        struct path_step *steps = POOL_ARRAY(t->pool, struct path_step, t->steps.n);
        memcpy(steps, t->steps.at, t->steps.n * sizeof *steps);
        *path = (struct path){
            .steps = steps, .n = t->steps.n, .filled = filled, .stroked = stroked, .shade = shade};
    }
    t->steps.n = 0;
    t->x = t->y = t->start_x = t->start_y = 0;
    t->open = false;
}

/* ---- presets ---- */

struct preset {
    const char *name;
    const char *adjusts; /* "adj 16667;adj2 5": name and value */
    const char *guides;  /* "x1 +- r 0 x;...": name and formula */
    const char *text;    /* four guides, left top right bottom; NULL: the whole box */
    const char *paths;   /* commands, paths parted by "|" */
};

static const struct preset presets[] = {
#define PRESET(name, adjusts, guides, text, paths) {name, adjusts, guides, text, paths},
#include "docx/presets.def"
#include "docx/warps.def"
#undef PRESET
};

/* "name rest; name rest; ..." */
static void define_all(struct geometry *g, const char *list, bool plain) {
    for (const char *p = list; p && *p;) {
        size_t n, m;
        const char *name = next_word(&p, &n);
        if (plain) {
            const char *word = next_word(&p, &m);
            set(g, name, n, value_of(g, word, m), false);
        } else {
            set(g, name, n, evaluate(g, &p), false);
        }
        p += strcspn(p, ";");
        p += *p == ';';
    }
}

struct preset_path { /* being traced */
    const struct geometry *g;
    struct tracer *tracer;
    const char *p;
    bool filled, stroked;
    int shade;
};

static int64_t operand(struct preset_path *path) {
    size_t n;
    const char *word = next_word(&path->p, &n);
    return value_of(path->g, word, n);
}

/* v: points, angle of the first, radii of the points and (0: none) of the corners between them,
 * height of the centre. */
static void trace_star(struct preset_path *path, const int64_t v[7]) {
    int64_t corners = v[4] || v[5] ? 2 * v[0] : v[0], middle = geometry_value(path->g, "hc");
    for (int64_t i = 0; i < corners; i++) {
        int64_t angle = v[1] + ANGLE_TURN * i / corners;
        bool inner = corners > v[0] && i % 2;
        int64_t x = middle + times_cosine(v[inner ? 4 : 2], angle);
        int64_t y = v[6] + times_sine(v[inner ? 5 : 3], angle);
        if (i == 0)
            trace_move(path->tracer, x, y);
        else
            trace_line(path->tracer, x, y);
    }
    trace_close(path->tracer);
}

static int operand_count(char command) {
    static const char commands[] = "SCQAMLZ";
    static const int counts[] = {7, 6, 4, 4, 2, 2, 0};
    const char *at = strchr(commands, command);
    return at && *at ? counts[at - commands] : 0;
}

static void trace_command(struct preset_path *path, char command) {
    int64_t v[7];
    int count = operand_count(command);
    for (int i = 0; i < count; i++)
        v[i] = operand(path);
    switch (command) {
    case 'S':
        trace_star(path, v);
        break;
    case 'M':
        trace_move(path->tracer, v[0], v[1]);
        break;
    case 'L':
        trace_line(path->tracer, v[0], v[1]);
        break;
    case 'C':
        trace_curve(path->tracer, (int64_t[]){v[0], v[2], v[4]}, (int64_t[]){v[1], v[3], v[5]});
        break;
    case 'Q':
        trace_quad(path->tracer, (int64_t[]){v[0], v[2]}, (int64_t[]){v[1], v[3]});
        break;
    case 'A':
        trace_arc(path->tracer, v[0], v[1], v[2], v[3]);
        break;
    case 'Z':
        trace_close(path->tracer);
        break;
    }
}

static void take_word(struct preset_path *path, const char *word, size_t n) {
    if (is(word, n, "nofill"))
        path->filled = false;
    else if (is(word, n, "nostroke"))
        path->stroked = false;
    else if (is(word, n, "darken"))
        path->shade = -40;
    else if (is(word, n, "darkenLess"))
        path->shade = -20;
    else if (is(word, n, "lighten"))
        path->shade = 40;
    else if (is(word, n, "lightenLess"))
        path->shade = 20;
    else
        trace_command(path, word[0]);
}

static void trace_paths(struct preset_path *path) {
    while (*path->p) {
        size_t n;
        const char *word = next_word(&path->p, &n);
        if (n)
            take_word(path, word, n);
        path->p += strspn(path->p, " ");
        if (*path->p && *path->p != '|')
            continue;
        trace_end(path->tracer, path->filled, path->stroked, path->shade);
        path->filled = path->stroked = true;
        path->shade = 0;
        path->p += *path->p == '|';
    }
}

static mpt from_emu(int64_t emu) {
    return mpt_clamp(emu * 10 / 127);
}

static struct text_rect rect_of(const struct geometry *g, const char *text) {
    struct preset_path words = {.g = g, .p = text ? text : "l t r b"};
    struct text_rect rect = {.left = from_emu(operand(&words))};
    rect.top = from_emu(operand(&words));
    rect.right = from_emu(operand(&words));
    rect.bottom = from_emu(operand(&words));
    return rect;
}

bool geometry_preset(struct geometry *g, const char *name, struct outline *out) {
    const struct axis emu = {0, 10, 127};
    for (size_t i = 0; i < sizeof presets / sizeof presets[0]; i++) {
        if (strcmp(presets[i].name, name) != 0)
            continue;
        struct tracer tracer = {.pool = g->pool, .x_axis = emu, .y_axis = emu};
        define_all(g, presets[i].adjusts, true);
        define_all(g, presets[i].guides, false);
        struct preset_path path = {
            .g = g, .tracer = &tracer, .p = presets[i].paths, .filled = true, .stroked = true};
        trace_paths(&path);
        *out = (struct outline){tracer.paths.at, tracer.paths.n, rect_of(g, presets[i].text)};
        return true;
    }
    return false;
}
