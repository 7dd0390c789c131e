/** Writes instructions as text, by the {@code asm} lines of the instruction spec. */
package dev.axon64.codegen.isa.text;
