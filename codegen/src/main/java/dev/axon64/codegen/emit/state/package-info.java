/** Generates Java for the registers and traps that the instruction spec declares. */
package dev.axon64.codegen.emit.state;
