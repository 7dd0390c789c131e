/**
 * The network: a spec with weights, its evaluation in the published order (the reference), the
 * proof that its float32 arithmetic is exact, and the lowered plan that every emitter is fed.
 */
package dev.axon64.codegen.network;
