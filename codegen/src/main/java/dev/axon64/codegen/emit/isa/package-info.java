/** Kernels from the instruction spec: one class a kernel in Java, functions in Metal. */
package dev.axon64.codegen.emit.isa;
