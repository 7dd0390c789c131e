/**
 * Backends, which are peers behind one interface: each is given the immutable plan and nothing
 * else. Output is deterministic: it depends on the plan alone.
 */
package dev.axon64.codegen.emit;
