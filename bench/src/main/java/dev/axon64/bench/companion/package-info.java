/** One proposal of a companion network: our generated code beside ONNX Runtime. */
package dev.axon64.bench.companion;
