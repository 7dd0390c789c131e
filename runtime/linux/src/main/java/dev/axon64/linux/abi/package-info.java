/** The numbers of Linux's user interface on AArch64: calls, errors, flags, signals, addresses. */
package dev.axon64.linux.abi;
