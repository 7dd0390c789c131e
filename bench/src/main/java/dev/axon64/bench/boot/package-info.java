/** Boots of a whole machine, beside QEMU's. */
package dev.axon64.bench.boot;
