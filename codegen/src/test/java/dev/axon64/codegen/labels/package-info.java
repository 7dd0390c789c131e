/**
 * The labels of the dispatch specs held against what nobody here wrote: two disassemblers, and the
 * published table of encoding groups written out a second time.
 */
package dev.axon64.codegen.labels;
