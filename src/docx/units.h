/* units: lengths and colours as documents write them. */
#ifndef CONGVAN_DOCX_UNITS_H
#define CONGVAN_DOCX_UNITS_H

#include "docx/wml.h"
#include "docx/xml.h"

enum { UNIT_TWIP = 50, UNIT_HALF_POINT = 500, UNIT_POINT = 1000, UNIT_EIGHTH = 125, UNIT_PX = 750 };
enum { MPT_LIMIT = 20000000 }; /* 7 m: sums of a hundred of these still fit an mpt */

mpt mpt_clamp(int64_t value);

/* "12" (in units of `unit` mpt), "12.5pt", "-1.27cm", "2in", "10mm", "3pc", "4px", "914400emu".
 * Clamped to MPT_LIMIT. `*ok` (may be NULL) tells whether there was a number. */
mpt length_parse(const char *s, int unit, bool *ok);
/* The same of an attribute; `otherwise` when absent or no number. */
mpt length_get(const struct xml_node *node, enum xml_name attr, int unit, mpt otherwise);
mpt emu_parse(const char *s, mpt otherwise);
mpt emu_get(const struct xml_node *node, enum xml_name attr, mpt otherwise);

/* "1F4E79" -> 0x1F4E79; -1 when it is no colour ("auto"). */
int32_t color_hex(const char *s);
/* "red", "#f00", "#ff0000 [3204]", "black" as VML and w:highlight write them; -1: none of these. */
int32_t color_named(const char *s);
/* The same of a:prstClr, which has more names, "dkBlue" and "lightBlue" among them. */
int32_t color_preset(const char *s);

/* Attribute of an on/off type (22.9.2.7); false when absent. */
bool xml_attr_on(const struct xml_node *node, enum xml_name attr);
bool xml_attr_on_local(const struct xml_node *node, const char *attr);

/* Attribute or child by its local name, for names that have no token. */
const char *xml_get_local(const struct xml_node *node, const char *local);
struct xml_node *xml_child_local(const struct xml_node *node, const char *local);
bool xml_is_local(const struct xml_node *node, const char *local);
/* An on/off element and one that is a child; false when absent. */
bool xml_flag(const struct xml_node *node);
bool xml_flag_local(const struct xml_node *parent, const char *local);

#endif
