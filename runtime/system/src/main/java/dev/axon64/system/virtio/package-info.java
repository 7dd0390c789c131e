/** Virtio devices over memory-mapped registers (Virtual I/O Device 1.2, sections 2 and 4.2). */
package dev.axon64.system.virtio;
