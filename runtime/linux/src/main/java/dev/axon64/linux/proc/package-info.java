/** The guest's /proc: small, and made from what the kernel knows at the moment of asking. */
package dev.axon64.linux.proc;
