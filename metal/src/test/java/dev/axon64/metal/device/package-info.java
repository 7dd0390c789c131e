/** Devices: dispatch and whole guests on those that are here, and what goes wrong. */
package dev.axon64.metal.device;
