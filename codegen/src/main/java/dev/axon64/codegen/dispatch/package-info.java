/**
 * Dispatchers that can be called: the scalar reference, and generated Java that is compiled and
 * loaded in memory for weights that are given at run time.
 */
package dev.axon64.codegen.dispatch;
