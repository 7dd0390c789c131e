/**
 * The meaning of instructions as typed trees over the word's fields, registers and memory, which is
 * all that the emitters see. Values are bit strings of 1 to 64 bits.
 */
package dev.axon64.codegen.isa.ir;
