/**
 * A whole machine: a processor with its privileged side, memory and devices at the addresses of
 * QEMU's {@code virt} machine, so that an operating system runs on it.
 */
package dev.axon64.system;
