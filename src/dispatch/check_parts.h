/* check_parts: what check.c and check_text.c share. Not for other stages. */
#ifndef CONGVAN_DISPATCH_CHECK_PARTS_H
#define CONGVAN_DISPATCH_CHECK_PARTS_H

#include "dispatch/check.h"

/* A section as profiles and messages name it: "số ký hiệu". */
const char *section_name(enum section section);

#endif
