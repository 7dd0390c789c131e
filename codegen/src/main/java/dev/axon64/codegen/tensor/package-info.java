/**
 * Reads and writes weight files: NumPy {@code .npy}, PyTorch {@code .pt} and {@code .safetensors};
 * and tables of numbers under named columns, as {@code .npy} too. Every length a file states is
 * checked against the bytes that are there before anything is allocated, a checkpoint cannot run
 * code, and a weight that is not finite or not exactly a float32 is refused.
 */
package dev.axon64.codegen.tensor;
