// Prints a line on the serial port, and switches the machine off.
#include "machine.h"

void handle(u64 vector, u64 *x) {
  (void)vector;
  (void)x;
}

int main(void) {
  value("hello from EL", READ(CurrentEL) >> 2);
  return 0;
}
