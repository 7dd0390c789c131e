/**
 * The Linux personality: runs programs as the Linux kernel does, on engines that execute their
 * instructions. {@code LinuxMachine} is where to begin; the system calls are in {@code call}, what
 * they work on in {@code process}, {@code fs}, {@code signal} and {@code proc}.
 */
package dev.axon64.linux;
