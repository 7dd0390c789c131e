/**
 * The {@code axon64} command line. Each command is a package; what several of them share lies in
 * {@code options}, {@code guest} and {@code report}. Nothing but other commands may use these
 * packages.
 */
package dev.axon64.app;
