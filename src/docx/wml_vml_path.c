/* Outlines of VML shapes (ECMA-376 part 4, 19.1.2.16 and the path attribute): formulas in a
 * v:shapetype compute values that the path's commands take as coordinates. */
#include "docx/wml_read.h"

#include "base/angle.h"
#include "docx/geometry.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MAX_FORMULAS = 128, MAX_ADJUSTS = 16, MAX_PARAMS = 64, FRACTION = 65536 };

struct vml_path {
    int64_t adjusts[MAX_ADJUSTS], values[MAX_FORMULAS];
    int value_count;
    int64_t width, height; /* of the coordinates */
    struct tracer tracer;
    bool filled, stroked;
};

static int64_t bounded(int64_t v) {
    return v > MAX_COORDINATE ? MAX_COORDINATE : v < -MAX_COORDINATE ? -MAX_COORDINATE : v;
}

/* ---- formulas ---- */

static int64_t named(const struct vml_path *v, const char *word, size_t n) {
    const struct {
        const char *name;
        int64_t value;
    } names[] = {{"width", v->width},        {"height", v->height},      {"xcenter", v->width / 2},
                 {"ycenter", v->height / 2}, {"lineDrawn", 1},           {"pixelLineWidth", 1},
                 {"pixelWidth", v->width},   {"pixelHeight", v->height}, {"emuWidth", v->width},
                 {"emuHeight", v->height}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strlen(names[i].name) == n && strncasecmp(word, names[i].name, n) == 0)
            return names[i].value;
    return 0;
}

static int64_t value_at(const struct vml_path *v, const char *word, size_t n) {
    long index = n > 1 ? strtol(word + 1, NULL, 10) : -1;
    if (n && word[0] == '@')
        return index >= 0 && index < v->value_count ? v->values[index] : 0;
    if (n && word[0] == '#')
        return index >= 0 && index < MAX_ADJUSTS ? v->adjusts[index] : 0;
    if (n && (word[0] == '-' || (word[0] >= '0' && word[0] <= '9')))
        return bounded(strtoll(word, NULL, 10));
    return named(v, word, n);
}

static int64_t fraction_angle(int64_t angle) { /* of VML, 1/65536 degree */
    return angle % (360 * (int64_t)FRACTION) * ANGLE_DEGREE / FRACTION;
}

static int64_t vml_angle(int64_t x, int64_t y) {
    return angle_of(x, y) * FRACTION / ANGLE_DEGREE;
}

static int64_t over(int64_t a, int64_t b) {
    return b ? a / b : 0;
}

static int64_t root_of(int64_t a, int64_t b, int64_t c) {
    return square_root((uint64_t)(a * a) + (uint64_t)(b * b) + (uint64_t)(c * c));
}

static int64_t compute(const char *op, int64_t a, int64_t b, int64_t c) {
    static const char *const names[] = {
        "val",   "sum", "prod", "mid",  "abs",      "min",      "max", "if",      "mod",
        "atan2", "sin", "cos",  "sqrt", "cosatan2", "sinatan2", "tan", "ellipse", "sumangle"};
    size_t i = 0;
    while (i < sizeof names / sizeof names[0] && strcmp(op, names[i]) != 0)
        i++;
    switch (i) {
    case 1:
        return a + b - c;
    case 2:
        return over(a * b, c);
    case 3:
        return (a + b) / 2;
    case 4:
        return a < 0 ? -a : a;
    case 5:
        return a < b ? a : b;
    case 6:
        return a > b ? a : b;
    case 7:
        return a > 0 ? b : c;
    case 8:
        return root_of(a, b, c);
    case 9:
        return vml_angle(a, b);
    case 10:
        return a * angle_sin(fraction_angle(b)) / SINE_ONE;
    case 11:
        return a * angle_cos(fraction_angle(b)) / SINE_ONE;
    case 12:
        return square_root(a > 0 ? (uint64_t)a : 0);
    case 13:
        return a * angle_cos(angle_of(b, c)) / SINE_ONE;
    case 14:
        return a * angle_sin(angle_of(b, c)) / SINE_ONE;
    case 15:
        return over(a * angle_sin(fraction_angle(b)), angle_cos(fraction_angle(b)));
    case 16: /* c * sqrt(1 - (a/b)^2) */
        return over(c * (int64_t)square_root((uint64_t)(b * b > a * a ? b * b - a * a : 0)), b);
    case 17:
        return a + b * FRACTION - c * FRACTION;
    default:
        return a;
    }
}

static void evaluate(struct vml_path *v, const char *p) {
    char op[16] = "";
    int64_t operands[3] = {0};
    size_t n = strcspn(p, " ");
    memcpy(op, p, n < sizeof op ? n : sizeof op - 1);
    for (int i = 0; i < 3 && p[n]; i++) {
        p += n + strspn(p + n, " ");
        n = strcspn(p, " ");
        operands[i] = value_at(v, p, n);
    }
    v->values[v->value_count++] = bounded(compute(op, operands[0], operands[1], operands[2]));
}

static void read_formulas(struct vml_path *v, const struct xml_node *list) {
    const struct xml_node *f;
    XML_EACH_CHILD (f, list) {
        const char *eqn = f->name == XML_TEXT ? NULL : xml_get_local(f, "eqn");
        if (eqn && v->value_count < MAX_FORMULAS)
            evaluate(v, eqn);
    }
}

/* "5400,,10800": what is left out keeps the value of the type. */
static void read_adjusts(struct vml_path *v, const char *p) {
    for (int i = 0; p && *p && i < MAX_ADJUSTS; i++) {
        p += strspn(p, " ");
        if (*p && *p != ',')
            v->adjusts[i] = bounded(strtoll(p, NULL, 10));
        p += strcspn(p, ",");
        p += *p == ',';
    }
}

/* ---- commands ---- */

/* Parameters up to the next command; between two commas stands a 0. */
static int read_params(const struct vml_path *v, const char **at, int64_t *params) {
    const char *p = *at;
    int n = 0;
    bool had = false, comma = false;
    for (;; p += strspn(p, " \t\r\n")) {
        bool value = strchr("0123456789-@#", *p) && *p;
        if (!value && *p != ',')
            break;
        if (*p == ',') {
            if (!had && n < MAX_PARAMS)
                params[n++] = 0;
            had = false;
            comma = true;
            p++;
            continue;
        }
        size_t length = 1 + strspn(p + 1, "0123456789");
        if (n < MAX_PARAMS)
            params[n++] = value_at(v, p, length);
        had = true;
        p += length;
        if (*p == '.')
            p += 1 + strspn(p + 1, "0123456789");
    }
    if (!had && comma && n < MAX_PARAMS)
        params[n++] = 0;
    *at = p;
    return n;
}

/* A quarter of an ellipse that begins along an axis. */
static void quarter(struct tracer *t, int64_t x, int64_t y, bool along_x) {
    int64_t dx = (x - t->x) * 5523 / 10000, dy = (y - t->y) * 5523 / 10000;
    int64_t cx[3] = {along_x ? t->x + dx : t->x, along_x ? x : x - dx, x};
    int64_t cy[3] = {along_x ? t->y : t->y + dy, along_x ? y - dy : y, y};
    trace_curve(t, cx, cy);
}

static void quarters(struct tracer *t, const int64_t *p, int n, bool along_x) {
    for (int i = 0; i + 1 < n; i += 2, along_x = !along_x)
        quarter(t, p[i], p[i + 1], along_x);
}

/* A box around the ellipse, and two points its arc begins and ends towards. */
static void box_arc(struct tracer *t, const int64_t *p, bool clockwise, bool join) {
    int64_t center[2] = {(p[0] + p[2]) / 2, (p[1] + p[3]) / 2};
    int64_t radius[2] = {llabs(p[2] - p[0]) / 2, llabs(p[3] - p[1]) / 2};
    int64_t from = angle_of(p[4] - center[0], p[5] - center[1]);
    int64_t to = angle_of(p[6] - center[0], p[7] - center[1]);
    int64_t sweep = clockwise ? angle_normal(to - from) : -angle_normal(from - to);
    if (!sweep)
        sweep = clockwise ? ANGLE_TURN : -ANGLE_TURN;
    trace_ellipse(t, center, radius, from, sweep, join && t->open);
}

static void angle_arc(struct tracer *t, const int64_t *p, bool join) {
    int64_t sweep = p[5] * ANGLE_DEGREE / FRACTION;
    sweep = sweep > ANGLE_TURN ? ANGLE_TURN : sweep < -ANGLE_TURN ? -ANGLE_TURN : sweep;
    trace_ellipse(t, p, p + 2, -fraction_angle(p[4]), -sweep, join && t->open);
}

static void arcs(struct tracer *t, const char *command, const int64_t *p, int n) {
    bool join = command[1] == 't' || command[1] == 'a' || command[1] == 'e';
    if (command[1] == 'e' || command[1] == 'l') { /* ae joins, al begins anew */
        for (int i = 0; i + 5 < n; i += 6)
            angle_arc(t, p + i, join);
        return;
    }
    for (int i = 0; i + 7 < n; i += 8) /* at and wa join, ar and wr begin anew */
        box_arc(t, p + i, command[0] == 'w', join || i > 0);
}

static void lines(struct tracer *t, const int64_t *p, int n, bool relative) {
    for (int i = 0; i + 1 < n; i += 2)
        trace_line(t, p[i] + (relative ? t->x : 0), p[i + 1] + (relative ? t->y : 0));
}

static void curves(struct tracer *t, const int64_t *p, int n, bool relative) {
    for (int i = 0; i + 5 < n; i += 6) {
        int64_t bx = relative ? t->x : 0, by = relative ? t->y : 0;
        trace_curve(t, (int64_t[]){p[i] + bx, p[i + 2] + bx, p[i + 4] + bx},
                    (int64_t[]){p[i + 1] + by, p[i + 3] + by, p[i + 5] + by});
    }
}

static void end_path(struct vml_path *v) {
    trace_end(&v->tracer, v->filled, v->stroked, 0);
    v->filled = v->stroked = true;
}

static void run_command(struct vml_path *v, const char *command, const int64_t *p, int n) {
    struct tracer *t = &v->tracer;
    switch (command[0]) {
    case 'm':
    case 't':
        if (n >= 2)
            trace_move(t, p[0] + (command[0] == 't' ? t->x : 0),
                       p[1] + (command[0] == 't' ? t->y : 0));
        break;
    case 'l':
    case 'r':
        lines(t, p, n, command[0] == 'r');
        break;
    case 'c':
    case 'v':
        curves(t, p, n, command[0] == 'v');
        break;
    case 'x':
        trace_close(t);
        break;
    case 'e':
        end_path(v);
        break;
    case 'n':
        v->filled &= command[1] != 'f';
        v->stroked &= command[1] != 's';
        break;
    case 'q':
        quarters(t, p, n, command[1] == 'x');
        break;
    case 'a':
    case 'w':
        arcs(t, command, p, n);
        break;
    }
}

/* The command at *p, one letter or two. */
static void read_command(const char **p, char command[3]) {
    static const char *const pairs[] = {"nf", "ns", "ae", "al", "at", "ar", "wa", "wr", "qx", "qy",
                                        "qb", "ha", "hb", "hc", "hd", "he", "hf", "hg", "hh", "hi"};
    size_t n = 1;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (strncasecmp(*p, pairs[i], 2) == 0)
            n = 2;
    command[0] = (char)((*p)[0] | 0x20);
    command[1] = n == 2 ? (char)((*p)[1] | 0x20) : '\0';
    command[2] = '\0';
    *p += n;
}

static void run(struct vml_path *v, const char *p) {
    int64_t params[MAX_PARAMS];
    char command[3];
    while (*p) {
        if (((*p | 0x20) < 'a') || ((*p | 0x20) > 'z')) {
            p++;
            continue;
        }
        read_command(&p, command);
        int n = read_params(v, &p, params);
        run_command(v, command, params, n);
    }
    end_path(v);
}

/* ---- the shape ---- */

static const char *said(const struct xml_node *node, const struct xml_node *type,
                        const char *name) {
    const char *value = xml_get_local(node, name);
    return value ? value : xml_get_local(type, name);
}

static void read_pair(const char *text, int64_t *a, int64_t *b) {
    const char *comma = text ? strchr(text, ',') : NULL;
    if (!text)
        return;
    *a = bounded(strtoll(text, NULL, 10));
    *b = comma ? bounded(strtoll(comma + 1, NULL, 10)) : *a;
}

bool vml_outline(struct story *story, const struct xml_node *node, const struct xml_node *type,
                 struct shape *shape) {
    const char *path = said(node, type, "path");
    const struct xml_node *formulas = xml_child_local(node, "formulas");
    int64_t x = 0, y = 0;
    struct vml_path v = {.width = 1000, .height = 1000, .filled = true, .stroked = true};
    if (!path)
        return false;
    read_pair(said(node, type, "coordsize"), &v.width, &v.height);
    read_pair(said(node, type, "coordorigin"), &x, &y);
    if (v.width <= 0 || v.height <= 0)
        return false;
    read_adjusts(&v, xml_get_local(type, "adj"));
    read_adjusts(&v, xml_get_local(node, "adj"));
    read_formulas(&v, formulas ? formulas : xml_child_local(type, "formulas"));
    v.tracer = (struct tracer){.pool = story->reader->pool,
                               .x_axis = {x, shape->width, v.width},
                               .y_axis = {y, shape->height, v.height}};
    run(&v, path);
    shape->paths = v.tracer.paths.at;
    shape->path_count = v.tracer.paths.n;
    return v.tracer.paths.n > 0;
}

const char *vml_preset(int number) {
    static const struct {
        int number;
        const char *name;
    } presets[] = {{1, "rect"},
                   {2, "roundRect"},
                   {3, "ellipse"},
                   {4, "diamond"},
                   {5, "triangle"},
                   {6, "rtTriangle"},
                   {7, "parallelogram"},
                   {8, "trapezoid"},
                   {9, "hexagon"},
                   {10, "octagon"},
                   {11, "plus"},
                   {12, "star5"},
                   {13, "rightArrow"},
                   {15, "homePlate"},
                   {16, "cube"},
                   {19, "arc"},
                   {20, "line"},
                   {21, "plaque"},
                   {22, "can"},
                   {23, "donut"},
                   {32, "line"},
                   {33, "bentConnector2"},
                   {34, "bentConnector3"},
                   {35, "bentConnector4"},
                   {36, "bentConnector5"},
                   {37, "curvedConnector2"},
                   {38, "curvedConnector3"},
                   {39, "curvedConnector4"},
                   {40, "curvedConnector5"},
                   {55, "chevron"},
                   {56, "pentagon"},
                   {57, "noSmoking"},
                   {58, "star8"},
                   {59, "star16"},
                   {60, "star32"},
                   {61, "wedgeRectCallout"},
                   {62, "wedgeRoundRectCallout"},
                   {63, "wedgeEllipseCallout"},
                   {64, "wave"},
                   {65, "foldedCorner"},
                   {66, "leftArrow"},
                   {67, "downArrow"},
                   {68, "upArrow"},
                   {69, "leftRightArrow"},
                   {70, "upDownArrow"},
                   {74, "heart"},
                   {76, "quadArrow"},
                   {84, "bevel"},
                   {85, "leftBracket"},
                   {86, "rightBracket"},
                   {87, "leftBrace"},
                   {88, "rightBrace"},
                   {92, "star24"},
                   {94, "notchedRightArrow"},
                   {96, "smileyFace"},
                   {109, "flowChartProcess"},
                   {110, "flowChartDecision"},
                   {114, "flowChartDocument"},
                   {116, "flowChartTerminator"},
                   {120, "flowChartConnector"},
                   {183, "sun"},
                   {184, "moon"},
                   {185, "bracketPair"},
                   {186, "bracePair"},
                   {187, "star4"},
                   {202, "rect"}};
    for (size_t i = 0; i < sizeof presets / sizeof presets[0]; i++)
        if (presets[i].number == number)
            return presets[i].name;
    return NULL;
}

/* arcsize="10923f", parts of 65536, or a number: how far corners are rounded, of the shorter side;
 * in 1/100000. Word writes it so, whatever 19.1.2.19 says of half a side. */
static int64_t corner_of(const char *arc) {
    enum { WHOLE = 100000, OTHERWISE = 20000 };
    if (!arc)
        return OTHERWISE;
    int64_t part = strchr(arc, 'f')
                       ? strtoll(arc, NULL, 10) % (1 << 20) * WHOLE / FRACTION
                       : (int64_t)length_parse(arc, UNIT_POINT, NULL) * WHOLE / UNIT_POINT;
    if (strchr(arc, '%'))
        part /= 100;
    return part < 0 ? 0 : part > WHOLE / 2 ? WHOLE / 2 : part;
}

bool vml_preset_outline(struct story *story, const struct xml_node *node, const char *preset,
                        struct shape *shape) {
    if (node->name != v_roundrect)
        return outline_preset(story, preset, NULL, shape);
    long long corner = corner_of(xml_get_local(node, "arcsize"));
    return outline_rounded(story, pool_printf(story->reader->pool, "val %lld", corner), shape);
}
