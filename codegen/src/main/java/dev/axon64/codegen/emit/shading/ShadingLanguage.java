package dev.axon64.codegen.emit.shading;

import dev.axon64.codegen.emit.SourceWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * How a language for GPUs spells what such languages spell differently. What is not here is spelled
 * as in C: types, casts, statements, {@code clz}, {@code popcount}, {@code rotate}, {@code min},
 * {@code fma}, {@code sqrt} and the word {@code constant} for tables.
 */
public interface ShadingLanguage {
  /** The name of its backends, and of generated folders. */
  String name();

  /** The name for readers. */
  String title();

  /** The ending of its files, with its dot. */
  String extension();

  /** Writes the beginning of every shader, which pins the meaning of its floats. */
  void begin(SourceWriter out);

  /** Writes the integer functions that the language lacks and that its other answers name. */
  void integers(SourceWriter out);

  /** The word before a pointer to what all threads see. */
  String global();

  /** The word before a pointer to what one thread sees. */
  String own();

  /**
   * The words before a function that is called from one place, as thousands are: compilers that
   * would make one function of them all take minutes for that.
   */
  String apart();

  /** The upper half of a product. */
  String highHalf(String a, String b);

  /**
   * The bits of a number in reverse order.
   *
   * @param width 32 or 64
   */
  String reverseBits(int width, String a);

  /** Opens a structure, which is then a type of that name. */
  void openStruct(SourceWriter out, String name);

  /** Closes the structure. */
  void closeStruct(SourceWriter out, String name);

  /**
   * Opens the kernel, in whose body {@code gid} is the thread's number and {@code count} the number
   * of threads with work, both 32 bits.
   */
  void openKernel(SourceWriter out, KernelSignature kernel);

  /** Writes what a host needs to know of the kernel, as a comment. */
  default void describe(SourceWriter out, KernelSignature kernel) {
    List<KernelSignature.Buffer> all = new ArrayList<>(kernel.buffers());
    all.add(new KernelSignature.Buffer("uint count", "one number: the threads with work"));
    int width = all.stream().mapToInt(buffer -> buffer.declaration().length()).max().orElse(0);
    out.line("// Kernel %s: %s", kernel.name(), kernel.thread());
    for (int i = 0; i < all.size(); i++) {
      String declaration = all.get(i).declaration();
      String padding = " ".repeat(width - declaration.length());
      out.line("//   buffer %d  %s%s  %s", i, declaration, padding, all.get(i).holds());
    }
    out.line("//   launch    count threads or more in one dimension, in groups of any size;");
    out.line("//             threads from count on do nothing");
  }

  /** Writes lines in which {@code GLOBAL} stands for {@link #global}. */
  default void lines(SourceWriter out, String text) {
    text.replace("GLOBAL", global()).lines().forEach(line -> out.line("%s", line));
  }
}
