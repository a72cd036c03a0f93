/* wml_chart: what the files that read a c:chart part share; nothing of it is seen outside. */
#ifndef CONGVAN_DOCX_WML_CHART_H
#define CONGVAN_DOCX_WML_CHART_H

#include "docx/chart.h"
#include "docx/wml_read.h"

struct chart_reader {
    struct story *story;
    const char *part; /* the chart's own: what its pictures are relative to */
    struct chart *chart;
    int style; /* c:style, 1 to 48 (21.2.2.227) */
    const struct run_props *base;
    size_t points; /* read so far */
    /* Of an axis of dates that are not evenly apart: where each category stands, in days, months or
     * years from the first; NULL: as they come. */
    const size_t *slots;
    size_t slot_count, slotted;
};

/* The elements the schema has twice, c:x and c:x of another prefix, are one here. */
bool chart_is(const struct xml_node *node, const char *local);
const char *chart_val(const struct xml_node *node, const char *child); /* NULL: absent */
int chart_int(const struct xml_node *node, const char *child, int otherwise);
bool chart_on(const struct xml_node *node, const char *child, bool otherwise);
void chart_named(struct chart_reader *r, const struct xml_node *parent, const char *child);

/* wml_chart_look.c */
struct chart_look chart_area_look(const struct chart_reader *r);
struct chart_look chart_plot_look(const struct chart_reader *r);
struct chart_look chart_axis_look(const struct chart_reader *r);
struct chart_look chart_grid_look(const struct chart_reader *r, bool major);
/* The colour of the i-th of n series or points. */
uint32_t chart_series_color(const struct chart_reader *r, size_t i, size_t n);
/* What c:spPr says, over what `look` is. */
void chart_read_look(struct chart_reader *r, const struct xml_node *sppr, struct chart_look *look);
const struct run_props *chart_base_font(struct chart_reader *r, const struct run_props *plain);
/* c:txPr over `props`; *angle (may be NULL) is set where the text says one. */
const struct run_props *chart_read_font(struct chart_reader *r, const struct xml_node *txpr,
                                        const struct run_props *props, int32_t *angle);
/* c:title and c:tx of labels: c:rich or a cached string. */
void chart_read_text(struct chart_reader *r, const struct xml_node *title,
                     const struct run_props *props, struct chart_text *text);
struct chart_place chart_read_place(const struct xml_node *parent);
/* A font of this size, in mpt, bold or not. */
const struct run_props *chart_sized(struct chart_reader *r, const struct run_props *props, mpt size,
                                    bool bold);

/* a:p elements below `body`; the font is that of the first run. */
void chart_read_rich(struct chart_reader *r, const struct xml_node *body, struct chart_text *text);

/* wml_chart_shapes.c: the root of the part that c:userShapes names. */
void chart_read_shapes(struct chart_reader *r, const struct xml_node *shapes);

/* wml_chart_series.c */
/* Reads c:ser elements of one c:barChart and kin into the group. */
void chart_read_series(struct chart_reader *r, const struct xml_node *node,
                       struct chart_group *group);
/* Finds where the dates of a group's categories stand (c:dateAx), and makes of them the chart's
 * categories, one for every day, month or year. False: as they are, evenly, or in no way that can
 * be drawn, which is named. */
bool chart_find_slots(struct chart_reader *r, const struct xml_node *axis,
                      const struct xml_node *group);
/* Moves the points of a group to where their dates stand. */
void chart_spread(struct chart_reader *r, struct chart_group *group);

#endif
