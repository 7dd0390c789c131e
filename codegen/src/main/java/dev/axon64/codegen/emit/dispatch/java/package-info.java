/**
 * Generates Java: an unrolled forward pass for the Vector API, with one method per sum, small
 * enough for C2 to keep its vectors in registers.
 */
package dev.axon64.codegen.emit.dispatch.java;
