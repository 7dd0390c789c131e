/**
 * Dispatchers one can call: the scalar reference, and generated Java compiled and loaded in memory
 * for weights that come at run time.
 */
package dev.axon64.codegen.dispatch;
