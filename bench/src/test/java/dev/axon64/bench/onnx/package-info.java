/** Holds ONNX Runtime against the reference. */
package dev.axon64.bench.onnx;
