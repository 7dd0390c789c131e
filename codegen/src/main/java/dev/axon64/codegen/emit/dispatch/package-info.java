/**
 * Generates source from dispatch networks: backends are peers behind one interface, each fed the
 * same plan.
 */
package dev.axon64.codegen.emit.dispatch;
