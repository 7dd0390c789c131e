/** Translation of virtual addresses, stage 1 of the EL1 and EL0 regime. */
package dev.axon64.system.mmu;
