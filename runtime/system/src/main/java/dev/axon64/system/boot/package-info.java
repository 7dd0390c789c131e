/** What is put into memory before a machine starts: kernels, initial file systems, device trees. */
package dev.axon64.system.boot;
