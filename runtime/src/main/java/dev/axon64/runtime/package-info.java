/**
 * The runtime: generated dispatchers and the engines that run them, ELF files, the command line.
 */
package dev.axon64.runtime;
