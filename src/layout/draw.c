/* What is drawn, moved on its page. */
#include "layout/flow.h"

void draw_move(struct draw *d, mpt x, mpt y) {
    switch (d->kind) {
    case DRAW_TEXT:
        d->as.text.x += x;
        d->as.text.y += y;
        break;
    case DRAW_LINE:
        d->as.line.x0 += x;
        d->as.line.x1 += x;
        d->as.line.y0 += y;
        d->as.line.y1 += y;
        break;
    case DRAW_RECT:
        d->as.rect.x += x;
        d->as.rect.y += y;
        break;
    case DRAW_PICTURE:
        d->as.picture.x += x;
        d->as.picture.y += y;
        break;
    case DRAW_PATH:
        d->as.path.x += x;
        d->as.path.y += y;
        break;
    case DRAW_TURN:
        d->as.turn.x += x;
        d->as.turn.y += y;
        break;
    case DRAW_CLIP:
        d->as.clip.x += x;
        d->as.clip.y += y;
        break;
    case DRAW_BACK:
        break;
    }
}
