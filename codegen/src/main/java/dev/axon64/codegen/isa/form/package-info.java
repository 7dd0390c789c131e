/**
 * How instructions are encoded and written in assembly: fields of the word, and texts with holes.
 */
package dev.axon64.codegen.isa.form;
