/**
 * The same network for ONNX Runtime: its model file written from ours, inputs extracted ahead, and
 * a session on one thread.
 */
package dev.axon64.bench.onnx;
