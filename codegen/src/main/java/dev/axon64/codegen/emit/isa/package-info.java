/**
 * Generates kernels from the instruction spec: one class per kernel in Java, functions in Metal.
 */
package dev.axon64.codegen.emit.isa;
