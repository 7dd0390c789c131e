/**
 * One printer for languages with C's expressions and statements. What they spell apart is a {@link
 * dev.axon64.codegen.emit.isa.clike.Dialect}.
 */
package dev.axon64.codegen.emit.isa.clike;
