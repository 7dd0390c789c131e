/** Tests of memory management. */
package dev.axon64.system.mmu;
