/* A hash that leaves out upper-case letters: fifty instructions for three bytes, in small blocks, and
   stores on the stack. `axon64 bench fuzz` calls it. */

typedef unsigned char byte;

unsigned long hash(const byte *bytes, unsigned long size) {
  volatile unsigned long hash = 0xcbf29ce4;
  unsigned long sum = hash;
  for (unsigned long i = 0; i < size; i++) {
    if (bytes[i] < 'A' || bytes[i] > 'Z') {
      sum = (sum ^ bytes[i]) * 0x1b3;
    }
  }
  hash = sum;
  return sum;
}
