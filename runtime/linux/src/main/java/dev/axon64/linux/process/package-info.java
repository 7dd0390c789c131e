/**
 * The state of the kernel: processes, threads, descriptors, memory, time and limits; how signals
 * get from one process to another, and how processes end. The fields of these classes are public to
 * the system calls, as those of a kernel are to each other.
 */
package dev.axon64.linux.process;
