/**
 * Networks as tensor programs: loops over float32 buffers in which the order of every sum and every
 * transcendental function is written down, so that whatever executes them agrees bit for bit. Also
 * how graphs are lowered to them, and their reference interpreter.
 */
package dev.axon64.codegen.network.program;
