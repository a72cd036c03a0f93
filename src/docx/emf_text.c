/* Text records of enhanced metafiles. */
#include "docx/emf.h"

/* Where its parts are, from the record's beginning ([MS-EMF] 2.2.5). */
struct text_fields {
    size_t point, count, at, options, box, steps;
};

static const struct text_fields usual = {36, 44, 48, 52, 56, 72};

/* From letter to letter, or both ways. */
static void read_steps(const struct emf_record *r, size_t at, size_t n, bool pairs,
                       int64_t (*out)[2]) {
    for (size_t i = 0; i < n; i++) {
        out[i][0] = emf_i32(r, at + 4 * (pairs ? 2 * i : i));
        out[i][1] = pairs ? -(int64_t)emf_i32(r, at + 4 * (2 * i + 1)) : 0;
    }
}

/* UTF-16; the two halves of a pair are one letter. */
static size_t read_wide(const struct emf_record *r, size_t at, size_t n, const int64_t (*steps)[2],
                        struct gdi_letter *out) {
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t cp = (uint16_t)emf_i16(r, at + 2 * i);
        if (!cp)
            break;
        struct gdi_letter *letter = &out[count++];
        *letter = (struct gdi_letter){.cp = cp};
        for (size_t k = 0; steps && k < 2; k++)
            letter->step[k] = steps[i][k];
        uint32_t low = i + 1 < n ? (uint16_t)emf_i16(r, at + 2 * i + 2) : 0;
        if (cp < 0xD800 || cp >= 0xDC00 || low < 0xDC00 || low >= 0xE000)
            continue;
        letter->cp = 0x10000 + ((cp - 0xD800) << 10) + (low & 0x3FF);
        i++;
        for (size_t k = 0; steps && k < 2; k++)
            letter->step[k] += steps[i][k];
    }
    return count;
}

/* Where the string of a record is. */
struct string_place {
    size_t at, n; /* letters, of two bytes each where they are `wide` */
    bool wide;
};

static void put(struct canvas *c, const struct emf_record *r, const struct string_place *string,
                const int64_t (*steps)[2], struct gdi_text *t) {
    size_t at = string->at, room = at < r->n ? (r->n - at) / (string->wide ? 2 : 1) : 0;
    size_t n = string->n < room ? string->n : room;
    t->letters = POOL_ARRAY(c->builder->story->reader->pool, struct gdi_letter, n + 1);
    t->n = string->wide ? read_wide(r, at, n, steps, t->letters)
                        : text_decode(c, r->bytes + at, n, steps, t->letters);
    t->stepped = steps != NULL;
    canvas_text(c, t);
}

static void play_one(struct canvas *c, const struct emf_record *r, const struct text_fields *f,
                     bool wide) {
    size_t n = emf_u32(r, f->count), at = emf_u32(r, f->at), dx = emf_u32(r, f->steps);
    struct gdi_text t = {.x = emf_i32(r, f->point),
                         .y = emf_i32(r, f->point + 4),
                         .options = emf_u32(r, f->options)};
    bool pairs = t.options & TEXT_PAIRS;
    int64_t(*steps)[2] = NULL;
    if (n > r->n)
        return;
    for (size_t i = 0; i < 4; i++)
        t.box[i] = emf_i32(r, f->box + 4 * i);
    if (dx >= f->steps && dx < r->n && (r->n - dx) / (pairs ? 8 : 4) >= n) {
        steps = pool_alloc(c->builder->story->reader->pool, (n + 1) * sizeof *steps);
        read_steps(r, dx, n, pairs, steps);
    }
    put(c, r, &(struct string_place){at, n, wide}, (const int64_t(*)[2])steps, &t);
}

/* Several texts, whose descriptions stand one after the other. */
static void play_many(struct canvas *c, const struct emf_record *r, bool wide) {
    enum { FIRST = 40, EACH = 40 };
    size_t n = emf_u32(r, 36);
    for (size_t i = 0; i < n && FIRST + EACH * (i + 1) <= r->n; i++) {
        size_t from = FIRST + EACH * i;
        const struct text_fields f = {from, from + 8, from + 12, from + 16, from + 20, from + 36};
        play_one(c, r, &f, wide);
    }
}

/* A text without steps, and mostly without a box ([MS-EMF] 2.3.5.37). */
static void play_small(struct canvas *c, const struct emf_record *r) {
    enum { NO_BOX = 0x100, SMALL = 0x200 };
    struct gdi_text t = {
        .x = emf_i32(r, 8), .y = emf_i32(r, 12), .options = emf_u32(r, 20) & ~(unsigned)TEXT_PAIRS};
    size_t at = 36, n = emf_u32(r, 16);
    if (!(t.options & NO_BOX)) {
        for (size_t i = 0; i < 4; i++)
            t.box[i] = emf_i32(r, at + 4 * i);
        at += 16;
    }
    if (n <= r->n)
        put(c, r, &(struct string_place){at, n, !(t.options & SMALL)}, NULL, &t);
}

bool emf_play_text(struct canvas *c, const struct emf_record *r) {
    switch (r->kind) {
    case EMR_TEXTOUT_A:
    case EMR_TEXTOUT_W:
        play_one(c, r, &usual, r->kind == EMR_TEXTOUT_W);
        return true;
    case EMR_POLYTEXTOUT_A:
    case EMR_POLYTEXTOUT_W:
        play_many(c, r, r->kind == EMR_POLYTEXTOUT_W);
        return true;
    case EMR_SMALLTEXTOUT:
        play_small(c, r);
        return true;
    default:
        return false;
    }
}
