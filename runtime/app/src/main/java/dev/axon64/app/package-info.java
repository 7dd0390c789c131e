/** The {@code axon64} command line: the root command, and the commands of this module. */
package dev.axon64.app;
