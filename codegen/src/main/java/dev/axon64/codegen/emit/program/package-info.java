/** Backends that print loop programs: Vector-API Java and Metal, peers fed the program alone. */
package dev.axon64.codegen.emit.program;
