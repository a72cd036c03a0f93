/* emf: what the files about enhanced metafiles share ([MS-EMF] 2.3). */
#ifndef CONGVAN_DOCX_EMF_H
#define CONGVAN_DOCX_EMF_H

#include "docx/metafile.h"

enum emf_kind {
    EMR_HEADER = 1,
    EMR_POLYBEZIER = 2,
    EMR_POLYGON = 3,
    EMR_POLYLINE = 4,
    EMR_POLYBEZIERTO = 5,
    EMR_POLYLINETO = 6,
    EMR_POLYPOLYLINE = 7,
    EMR_POLYPOLYGON = 8,
    EMR_SETWINDOWEXT = 9,
    EMR_SETWINDOWORG = 10,
    EMR_SETVIEWPORTEXT = 11,
    EMR_SETVIEWPORTORG = 12,
    EMR_END = 14,
    EMR_SETPIXEL = 15,
    EMR_SETMAPMODE = 17,
    EMR_SETBKMODE = 18,
    EMR_SETPOLYFILLMODE = 19,
    EMR_SETROP2 = 20,
    EMR_SETTEXTALIGN = 22,
    EMR_SETTEXTCOLOR = 24,
    EMR_SETBKCOLOR = 25,
    EMR_OFFSETCLIPRGN = 26,
    EMR_MOVETO = 27,
    EMR_SETMETARGN = 28,
    EMR_EXCLUDECLIPRECT = 29,
    EMR_INTERSECTCLIPRECT = 30,
    EMR_SCALEVIEWPORT = 31,
    EMR_SCALEWINDOW = 32,
    EMR_SAVEDC = 33,
    EMR_RESTOREDC = 34,
    EMR_SETWORLD = 35,
    EMR_MODIFYWORLD = 36,
    EMR_SELECTOBJECT = 37,
    EMR_CREATEPEN = 38,
    EMR_CREATEBRUSH = 39,
    EMR_DELETEOBJECT = 40,
    EMR_ANGLEARC = 41,
    EMR_ELLIPSE = 42,
    EMR_RECTANGLE = 43,
    EMR_ROUNDRECT = 44,
    EMR_ARC = 45,
    EMR_CHORD = 46,
    EMR_PIE = 47,
    EMR_LINETO = 54,
    EMR_ARCTO = 55,
    EMR_POLYDRAW = 56,
    EMR_SETARCDIRECTION = 57,
    EMR_BEGINPATH = 59,
    EMR_ENDPATH = 60,
    EMR_CLOSEFIGURE = 61,
    EMR_FILLPATH = 62,
    EMR_STROKEANDFILLPATH = 63,
    EMR_STROKEPATH = 64,
    EMR_FLATTENPATH = 65,
    EMR_SELECTCLIPPATH = 67,
    EMR_ABORTPATH = 68,
    EMR_COMMENT = 70,
    EMR_FILLRGN = 71,
    EMR_PAINTRGN = 74,
    EMR_EXTSELECTCLIPRGN = 75,
    EMR_BITBLT = 76,
    EMR_STRETCHBLT = 77,
    EMR_SETDIBITS = 80,
    EMR_STRETCHDIBITS = 81,
    EMR_CREATEFONT = 82,
    EMR_TEXTOUT_A = 83,
    EMR_TEXTOUT_W = 84,
    EMR_POLYBEZIER16 = 85,
    EMR_POLYGON16 = 86,
    EMR_POLYLINE16 = 87,
    EMR_POLYBEZIERTO16 = 88,
    EMR_POLYLINETO16 = 89,
    EMR_POLYPOLYLINE16 = 90,
    EMR_POLYPOLYGON16 = 91,
    EMR_POLYDRAW16 = 92,
    EMR_CREATEMONOBRUSH = 93,
    EMR_CREATEDIBBRUSH = 94,
    EMR_EXTCREATEPEN = 95,
    EMR_POLYTEXTOUT_A = 96,
    EMR_POLYTEXTOUT_W = 97,
    EMR_SMALLTEXTOUT = 108,
    EMR_ALPHABLEND = 114,
    EMR_TRANSPARENTBLT = 116,
    EMR_GRADIENTFILL = 118
};

struct emf_record {
    const unsigned char *bytes; /* from its kind on */
    size_t n;
    uint32_t kind;
};

/* Fields; 0 beyond its end. */
static inline uint32_t emf_u32(const struct emf_record *r, size_t at) {
    if (at > r->n || r->n - at < 4)
        return 0;
    const unsigned char *p = r->bytes + at;
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static inline int32_t emf_i32(const struct emf_record *r, size_t at) {
    return (int32_t)emf_u32(r, at);
}

static inline int16_t emf_i16(const struct emf_record *r, size_t at) {
    return at > r->n || r->n - at < 2 ? 0 : (int16_t)(r->bytes[at] | r->bytes[at + 1] << 8);
}

/* COLORREF has red in its lowest byte. */
static inline uint32_t emf_color(const struct emf_record *r, size_t at) {
    uint32_t c = emf_u32(r, at);
    return (c & 255) << 16 | (c & 0xFF00) | (c >> 16 & 255);
}

/* A number in IEEE 754, in 1/65536. */
int64_t emf_fixed(const struct emf_record *r, size_t at);

/* Each plays the records it knows; false: this is none of them. */
bool emf_play_clip(struct canvas *c, const struct emf_record *r);   /* emf_clip.c */
bool emf_play_bitmap(struct canvas *c, const struct emf_record *r); /* emf_bitmap.c */
bool emf_play_text(struct canvas *c, const struct emf_record *r);   /* emf_text.c */

#endif
