/* real: logarithm and exponential out of the four operations alone, whose results IEEE 754 fixes to
 * the last bit. So they are the same on every machine that keeps doubles as doubles (all of 64
 * bits; -std=c11 lets no compiler join a product and a sum), which those of libm are not. */
#ifndef CONGVAN_BASE_REAL_H
#define CONGVAN_BASE_REAL_H

/* Natural logarithm of x > 0; 0 of anything else. Off by less than 1e-14 of the result or of 1. */
double real_log(double x);
/* e to the power of x, clamped to +-690. */
double real_exp(double x);

#endif
