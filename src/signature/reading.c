#include "signature/reading.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Parts of the larger font size. Words of one line may stand a little higher or lower (notes, a
 * number stamped into a blank); a gap parts words, a wide one parts columns. */
#define SAME_LINE 0.35
#define WORD_GAP 0.15
#define COLUMN_GAP 2.0

bool reading_is_text(const struct ink_box *box) {
    return (box->ink == INK_TEXT || box->ink == INK_UNSEEN) && box->text && isfinite(box->base) &&
           isfinite(box->x0) && isfinite(box->x1);
}

static int downwards(const void *a, const void *b) {
    const struct ink_box *x = a, *y = b;
    if (x->base != y->base)
        return x->base > y->base ? -1 : 1;
    return (x->x0 > y->x0) - (x->x0 < y->x0);
}

static int rightwards(const void *a, const void *b) {
    const struct ink_box *x = a, *y = b;
    if (x->x0 != y->x0)
        return x->x0 < y->x0 ? -1 : 1;
    return (x->x1 > y->x1) - (x->x1 < y->x1);
}

/* The first word that stands below the line that begins at `first`. */
static struct ink_box *line_end(struct ink_box *first, struct ink_box *end) {
    double size = first->size;
    struct ink_box *at = first + 1;
    while (at < end && first->base - at->base <= SAME_LINE * fmax(size, at->size)) {
        size = fmax(size, at->size);
        at++;
    }
    return at;
}

/* A number centred in its blank leaves a gap before "/UBND-VP", and none is meant. */
static bool fills_a_blank(const struct ink_box *last, const struct ink_box *at) {
    return last->from != at->from && at->text[0] == '/';
}

static void put_line(const struct ink_box *at, const struct ink_box *end, struct buf *out) {
    const struct ink_box *last = NULL;
    for (; at < end; at++) {
        double gap = last ? (at->x0 - last->x1) / fmax(fmax(last->size, at->size), 1) : 0;
        if (gap > COLUMN_GAP)
            buf_putc(out, '\t');
        else if (last && !fills_a_blank(last, at) && (gap > WORD_GAP || (at->spaced && gap > 0)))
            buf_putc(out, ' ');
        buf_puts(out, at->text);
        last = at;
    }
    buf_putc(out, '\n');
}

const char *reading_text(struct pool *pool, ink_boxes *words) {
    struct buf out = {0};
    struct ink_box *at = words->at, *end = words->at + words->n;
    if (words->n)
        qsort(at, words->n, sizeof *at, downwards);
    while (at < end) {
        struct ink_box *next = line_end(at, end);
        qsort(at, (size_t)(next - at), sizeof *at, rightwards);
        put_line(at, next, &out);
        at = next;
    }
    size_t len;
    const char *text = utf8_nfc(pool, buf_text(&out), out.len, &len);
    buf_free(&out);
    return text;
}
