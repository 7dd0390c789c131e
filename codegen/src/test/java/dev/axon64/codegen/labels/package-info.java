/**
 * Tests the labels of the dispatch specs against two independent disassemblers, and against the
 * published table of encoding groups written out a second time.
 */
package dev.axon64.codegen.labels;
