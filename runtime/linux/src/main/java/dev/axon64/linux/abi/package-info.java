/** Numbers and layouts of Linux's user interface on AArch64: errno, flags, signals. */
package dev.axon64.linux.abi;
