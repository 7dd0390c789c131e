/**
 * The Java backend: an unrolled Vector-API forward pass through JavaPoet, one method a sum small
 * enough for C2 to keep its vectors in registers.
 */
package dev.axon64.codegen.emit.dispatch.java;
