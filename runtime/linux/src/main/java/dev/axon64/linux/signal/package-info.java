/** What the kernel puts on the guest's stack for a signal, and how it comes back. */
package dev.axon64.linux.signal;
