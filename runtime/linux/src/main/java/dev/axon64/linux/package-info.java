/**
 * The Linux personality: runs programs as the Linux kernel would, on whatever executes their
 * instructions.
 */
package dev.axon64.linux;
