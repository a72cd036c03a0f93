/* bound: what one hostile file may take before it is given up. */
#ifndef CONGVAN_CLI_BOUND_H
#define CONGVAN_CLI_BOUND_H

/* From here on this process ends itself when it has used 20 seconds of a processor, or asks for
 * more than 1 GiB; call it in a child. */
void bound_resources(void);

#endif
