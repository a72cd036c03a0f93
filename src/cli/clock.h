/* clock: what time it is where dispatches are issued. */
#ifndef CONGVAN_CLI_CLOCK_H
#define CONGVAN_CLI_CLOCK_H

#include "base/pool.h"

#include <time.h>

/* A moment as strftime's `format` says, in the zone of Vietnam, which has one (+07:00), whatever
 * the machine's is. In `pool`. */
const char *clock_text(struct pool *pool, time_t at, const char *format);

#endif
