package dev.axon64.codegen.labels;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.ArrayList;
import java.util.List;

/**
 * Disassembles with Capstone, bound directly: the Java classes that come with it build a structure
 * for each word and stop at the first word they cannot decode, which made them fifty times slower.
 */
final class CapstoneDisassembler implements Disassembler {
  private static final int ARCH_ARM64 = 1;
  private static final int OPTION_SKIP_DATA = 5;
  private static final int ON = 3;

  // struct cs_insn of Capstone 4: id, address, size, bytes[16], mnemonic[32], op_str[160], detail.
  private static final long INSTRUCTION_BYTES = 240;
  private static final long ADDRESS = 8;
  private static final long MNEMONIC = 34;
  private static final long OPERANDS = 66;

  private final Binding binding;
  private final PointerByReference handle = new PointerByReference();

  /** The functions used here; the names are Capstone's. */
  interface Binding extends Library {
    int cs_version(IntByReference major, IntByReference minor);

    int cs_open(int arch, int mode, PointerByReference handle);

    int cs_option(Pointer handle, int option, NativeLong value);

    NativeLong cs_disasm(
        Pointer handle,
        int[] code,
        NativeLong size,
        long address,
        NativeLong count,
        PointerByReference instructions);

    void cs_free(Pointer instructions, NativeLong count);

    int cs_close(PointerByReference handle);
  }

  CapstoneDisassembler() throws AbsentException {
    try {
      binding = Native.load("capstone", Binding.class);
    } catch (LinkageError e) {
      throw new AbsentException("no native Capstone for this machine: " + e.getMessage());
    }
    int version = binding.cs_version(null, null) >>> 8;
    if (version != 4) {
      throw new AbsentException("this binding is for Capstone 4, the library is " + version);
    }
    check(binding.cs_open(ARCH_ARM64, 0, handle));
    check(binding.cs_option(handle.getValue(), OPTION_SKIP_DATA, new NativeLong(ON)));
  }

  @Override
  public String name() {
    return "capstone 4";
  }

  @Override
  public List<Instruction> disassemble(int[] words) {
    NativeLong bytes = new NativeLong(4L * words.length);
    NativeLong all = new NativeLong(0);
    PointerByReference out = new PointerByReference();
    NativeLong count = binding.cs_disasm(handle.getValue(), words, bytes, 0, all, out);
    if (count.longValue() != words.length) {
      throw new IllegalStateException(count + " instructions for " + words.length + " words");
    }
    List<Instruction> result = new ArrayList<>(words.length);
    for (int i = 0; i < words.length; i++) {
      result.add(read(out.getValue().share(i * INSTRUCTION_BYTES), i, words[i]));
    }
    binding.cs_free(out.getValue(), count);
    return result;
  }

  private static Instruction read(Pointer instruction, int index, int word) {
    if (instruction.getLong(ADDRESS) != 4L * index) {
      throw new IllegalStateException("Capstone's instructions are not laid out as expected");
    }
    String mnemonic = instruction.getString(MNEMONIC);
    return mnemonic.equals(".byte")
        ? new Instruction(word, "", "")
        : new Instruction(word, mnemonic, instruction.getString(OPERANDS));
  }

  private static void check(int error) {
    if (error != 0) {
      throw new IllegalStateException("Capstone reports error " + error);
    }
  }

  @Override
  public void close() {
    check(binding.cs_close(handle));
  }
}
