/** Tests of virtio devices. */
package dev.axon64.system.virtio;
