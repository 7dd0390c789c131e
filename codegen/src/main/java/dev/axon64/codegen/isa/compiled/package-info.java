/**
 * The checked instruction spec as a resource: written when the project is built, read piece by
 * piece when it is used.
 *
 * <p>All numbers in it are unsigned varints of 7 bits per byte, the lowest first, unless it says
 * otherwise. It consists of
 *
 * <pre>
 * 8 bytes     "AXON64IS"
 * 7 ints      where each section begins, big-endian
 * STRINGS     all texts, once; elsewhere they are numbers of this section
 * TREE        the decode tree
 * FORMS       encodings and assembly texts
 * COPIES      copies of instructions and their meanings
 * SHARED      functions that meanings call
 * MACHINE     registers, traps, host functions and the hash of the texts: one entry each
 * NAMES       declarations that assembly texts may name, in the order of their names
 * </pre>
 *
 * All sections but the tree begin with a directory: how many entries they have, and where in the
 * section each begins, as ints. An instruction's meaning comes last in its entry, so that it can be
 * left alone until it is asked for.
 */
package dev.axon64.codegen.isa.compiled;
