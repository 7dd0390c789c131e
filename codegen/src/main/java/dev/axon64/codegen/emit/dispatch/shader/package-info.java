/**
 * Generates the dispatch shader, once with the weights in a buffer in the published layout and once
 * with the plan's weights baked in as constants.
 */
package dev.axon64.codegen.emit.dispatch.shader;
