/** Debian's arm64 programs must do here what they do under qemu-aarch64. */
package dev.axon64.linux.programs;
