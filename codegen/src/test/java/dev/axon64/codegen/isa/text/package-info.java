/** The instruction spec's texts and its map of allocated words, held against GNU objdump's. */
package dev.axon64.codegen.isa.text;
