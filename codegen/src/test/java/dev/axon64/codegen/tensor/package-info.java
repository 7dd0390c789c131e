/** Tests of the tensor readers and writers: every refusal has a failing file. */
package dev.axon64.codegen.tensor;
