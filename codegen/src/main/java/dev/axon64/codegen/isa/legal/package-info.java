/**
 * Makes the meaning of instructions legal for machines: values of any width become truths, 32 bits
 * and 64 bits, and every operator does what one instruction of a usual machine does. Shift ranges,
 * masks, the rules of signs and narrow types are decided here, once for all backends.
 */
package dev.axon64.codegen.isa.legal;
