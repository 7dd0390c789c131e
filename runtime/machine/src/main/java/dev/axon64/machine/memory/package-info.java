/**
 * The guest's memory: sparse, paged, with permissions, precise faults and copy-on-write. One host
 * thread uses an address space and all that share pages with it.
 */
package dev.axon64.machine.memory;
