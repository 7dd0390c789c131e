package dev.axon64.weights.certify;

import dev.axon64.codegen.network.spec.SpecFile;
import java.util.List;
import java.util.Objects;

/**
 * What a certificate is about.
 *
 * @param model the spec's name
 * @param spec the files the spec was read from, with their SHA-256
 * @param weightsFile the weights' file name without folders, and the SHA-256 of its bytes
 * @param weightsSha256 of the flat vector as little-endian float32
 * @param parameters float32 values in that vector
 * @param javaSha256 of the generated Java that was swept
 * @param arithmetic {@code exact}, or {@code strict} for the published order without contraction
 * @param kernels names by index
 * @param groups encoding groups in order, with the index of the kernel that serves each
 * @param layers what lowering left of each layer
 */
public record Subject(
    String model,
    List<SpecFile> spec,
    SpecFile weightsFile,
    String weightsSha256,
    int parameters,
    String javaSha256,
    String arithmetic,
    List<String> kernels,
    List<Group> groups,
    List<Live> layers) {
  public Subject {
    Objects.requireNonNull(model);
    spec = List.copyOf(spec);
    Objects.requireNonNull(weightsFile);
    Objects.requireNonNull(weightsSha256);
    Objects.requireNonNull(javaSha256);
    Objects.requireNonNull(arithmetic);
    kernels = List.copyOf(kernels);
    groups = List.copyOf(groups);
    layers = List.copyOf(layers);
  }

  /** An encoding group and the kernel that serves it. */
  public record Group(String name, int kernel) {}

  /** Units and multiply-adds that the generated code computes. */
  public record Live(String layer, int units, int terms) {}
}
