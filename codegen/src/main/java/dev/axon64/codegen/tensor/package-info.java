/**
 * Weight files in and out: NumPy {@code .npy}, PyTorch {@code .pt} and {@code .safetensors}. Every
 * length a file states is checked against the bytes that are there before anything is allocated, a
 * checkpoint cannot run code, and a value that is not finite or not exactly a float32 is refused.
 */
package dev.axon64.codegen.tensor;
