/** Instructions as text: the {@code asm} lines of the instruction spec, and what prints them. */
package dev.axon64.codegen.isa.text;
