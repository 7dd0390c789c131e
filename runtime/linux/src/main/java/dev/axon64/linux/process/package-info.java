/**
 * What the kernel knows: processes, their threads, descriptors and signals, and how one comes from
 * another. The fields of these classes are open to the system calls, as a kernel's are.
 */
package dev.axon64.linux.process;
