/**
 * What every module shares: one-line user errors, files told apart and moved into place,
 * command-line seam.
 */
package dev.axon64.codegen.support;
