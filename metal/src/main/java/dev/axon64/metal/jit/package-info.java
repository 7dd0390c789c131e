/**
 * Turns a checked shader into JVM bytecode, and holds what that bytecode calls while it runs.
 *
 * <p>A pointer is a pair of a byte array and a 64-bit offset, kept in two JVM locals. Scalars,
 * vectors and pointers whose address is never taken live in JVM locals. All else lives in one byte
 * array per thread, at places that are fixed when compiling; there is no recursion that would need
 * more.
 */
package dev.axon64.metal.jit;
