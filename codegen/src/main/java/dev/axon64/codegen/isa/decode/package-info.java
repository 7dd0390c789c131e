/** The words that an instruction owns, and the trees that find the instruction of a word. */
package dev.axon64.codegen.isa.decode;
