package dev.axon64.codegen.emit.shading;

import dev.axon64.codegen.emit.SourceWriter;
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
   *
   * @param buffers declarations of pointers, by index; the count follows in a buffer of its own
   */
  void openKernel(SourceWriter out, String name, List<String> buffers);

  /** Writes lines in which {@code GLOBAL} stands for {@link #global}. */
  default void lines(SourceWriter out, String text) {
    text.replace("GLOBAL", global()).lines().forEach(line -> out.line("%s", line));
  }
}
