/** The text of the instruction language ({@code LANGUAGE.md}) and its syntax tree. */
package dev.axon64.codegen.isa.syntax;
