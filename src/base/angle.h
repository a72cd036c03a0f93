/* angle: sines, arc tangents and roots in whole numbers, the same on every machine.
 *
 * Angles are in 1/60000 degree, as DrawingML writes them (ECMA-376 part 1, 20.1.10.3). */
#ifndef CONGVAN_BASE_ANGLE_H
#define CONGVAN_BASE_ANGLE_H

#include <stdint.h>

enum {
    ANGLE_DEGREE = 60000,
    ANGLE_QUARTER = 90 * ANGLE_DEGREE,
    ANGLE_TURN = 360 * ANGLE_DEGREE,
    SINE_ONE = 1000000 /* sines are in millionths */
};

int32_t angle_sin(int64_t angle);
int32_t angle_cos(int64_t angle);
/* Of the point (x, y), from the x axis towards the y axis, 0 to just below ANGLE_TURN; 0 for the
 * origin. |x| and |y| up to 2^40. */
int64_t angle_of(int64_t x, int64_t y);
/* The same angle in 0 to just below ANGLE_TURN. */
int64_t angle_normal(int64_t angle);
/* The greatest whole number whose square is not above `n`. */
uint32_t square_root(uint64_t n);

#endif
