/* stamp: what a signature looks like on the page, drawn by the same layout as everything else: a
 * document of one page as large as the stamp. */
#ifndef CONGVAN_CLI_STAMP_H
#define CONGVAN_CLI_STAMP_H

#include "cli/session.h"

/* Lengths in points. */
struct stamp {
    double width, height; /* of the field */
    const char *picture;  /* path of a PNG, centred, as large as fits; NULL: none */
    double fit_width, fit_height;
    const char *const *lines; /* or lines of text, NULL at the end */
    int half_points;          /* their size */
    bool centred;             /* one line over a blank; otherwise they start at the top left */
};

/* The PDF of the stamp, appended to `out`: in the top left corner of its page, which a small stamp
 * does not fill. False, reported, on failure. */
bool stamp_draw(struct session *session, const struct stamp *stamp, struct buf *out,
                struct diag *diag);

#endif
