/** Holds the companion networks beside ONNX Runtime. */
package dev.axon64.bench.companion;
