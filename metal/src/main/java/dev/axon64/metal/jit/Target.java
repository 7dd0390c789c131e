package dev.axon64.metal.jit;

/**
 * A place in memory held in JVM locals.
 *
 * @param base the local of its byte array
 * @param offset the local of an offset, or -1 for none
 * @param from bytes to add to the offset
 */
record Target(int base, int offset, int from) {
  Target plus(long more) {
    return new Target(base, offset, (int) (from + more));
  }
}
