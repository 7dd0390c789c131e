/**
 * Backends that print tensor programs: Vector-API Java and Metal, peers that read the program
 * alone; and the Java one's output compiled in memory.
 */
package dev.axon64.codegen.emit.program;
