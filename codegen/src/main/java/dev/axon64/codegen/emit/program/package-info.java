/**
 * Prints tensor programs as Vector-API Java and as Metal, and compiles the Java in memory. The
 * backends are peers that read the program and nothing else.
 */
package dev.axon64.codegen.emit.program;
