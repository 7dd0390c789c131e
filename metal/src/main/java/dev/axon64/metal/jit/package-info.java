/**
 * Turns a checked shader into JVM bytecode, and holds what that bytecode calls while it runs.
 *
 * <p>A pointer is a pair of a byte array and a 64-bit offset, kept in two JVM locals. Scalars,
 * vectors and pointers whose address is never taken live in JVM locals; all else lives in one byte
 * array a thread, at places fixed when compiling, which the ban on recursion allows.
 */
package dev.axon64.metal.jit;
