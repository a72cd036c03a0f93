#include "layout/shade.h"

#include "base/angle.h"

static bool is_plain(const struct shade *s) {
    return s->m[0] == SINE_ONE && s->m[1] == 0 && s->m[2] == 0 && s->m[3] == SINE_ONE;
}

/* The path as the shade's matrix has it. */
static const struct path *carried(struct layout *l, const struct shade *s, const struct box *box,
                                  const struct path *path) {
    int64_t ox = box->x + box->width * s->origin[0] / 1000;
    int64_t oy = box->y + box->height * s->origin[1] / 1000;
    if (is_plain(s))
        return path;
    struct path *copy = POOL_NEW(l->pool, struct path);
    struct path_step *steps = POOL_ARRAY(l->pool, struct path_step, path->n);
    for (size_t i = 0; i < path->n; i++) {
        steps[i] = path->steps[i];
        for (int k = 0; k < 3; k++) {
            int64_t dx = steps[i].x[k] - ox, dy = steps[i].y[k] - oy;
            steps[i].x[k] = coordinate(ox + (s->m[0] * dx + s->m[2] * dy) / SINE_ONE);
            steps[i].y[k] = coordinate(oy + (s->m[1] * dx + s->m[3] * dy) / SINE_ONE);
        }
    }
    *copy = *path;
    copy->steps = steps;
    return copy;
}

/* Where it goes: on the page, or with what throws it, which a mirror does not turn around. */
static void direction(const struct shade *s, const struct thrower *t, int64_t *x, int64_t *y) {
    int64_t sine = angle_sin(-t->angle), cosine = angle_cos(-t->angle), dx = s->x, dy = s->y;
    if (s->upright) {
        int64_t turned = (dx * cosine - dy * sine) / SINE_ONE;
        dy = (dx * sine + dy * cosine) / SINE_ONE;
        dx = turned;
    }
    *x = t->flip[0] ? -dx : dx;
    *y = t->flip[1] ? -dy : dy;
}

void shade_emit(struct layout *l, const struct shade *s, const struct thrower *t,
                const struct silhouette *silhouette) {
    static const int64_t whole[2] = {SINE_ONE, SINE_ONE};
    mpt stroke = length(larger(silhouette->stroke, 0));
    int64_t x, y;
    if (!s || (!silhouette->filled && !stroke) || s->clear >= OPAQUE)
        return;
    direction(s, t, &x, &y);
    const struct box own = {0, 0, t->box->width, t->box->height};
    struct turn begun = turn_begin(l, t->box, whole, 0, s->clear);
    struct draw_path d = {.x = coordinate(t->box->x + x),
                          .y = coordinate(t->box->y + y),
                          .path = carried(l, s, &own, silhouette->path),
                          .fill = silhouette->filled ? (int32_t)s->color : -1,
                          .stroke = length((int64_t)stroke + 2 * (int64_t)s->spread),
                          .color = s->color,
                          .line = *silhouette->line,
                          .blur = s->blur};
    page_push(l, DRAW_PATH)->as.path = d;
    turn_end(l, begun);
}

struct draw_path shade_path(struct layout *l, const struct shade *s, const struct box *box,
                            const struct path *path) {
    return (struct draw_path){.x = s->x,
                              .y = s->y,
                              .path = carried(l, s, box, path),
                              .fill = (int32_t)s->color,
                              .stroke = 2 * s->spread,
                              .color = s->color,
                              .blur = s->blur};
}
