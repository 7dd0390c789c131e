package dev.axon64.metal.exec;

/**
 * A buffer that a kernel takes.
 *
 * @param index as in {@code [[buffer(index)]]}
 * @param space {@code device} or {@code constant}
 * @param elementType the type that it points at, as the shader spells it
 * @param elementBytes the size of that type
 * @param reference true if it is one value, not a row of them
 * @param writable true if the kernel may write it
 */
public record KernelBuffer(
    int index,
    String name,
    String space,
    String elementType,
    long elementBytes,
    boolean reference,
    boolean writable) {
  /** For messages: {@code buffer 3 'kernels' (device int*)}. */
  @Override
  public String toString() {
    return "buffer %d '%s' (%s %s%s%s)"
        .formatted(
            index,
            name,
            space,
            writable || space.equals("constant") ? "" : "const ",
            elementType,
            reference ? "&" : "*");
  }
}
