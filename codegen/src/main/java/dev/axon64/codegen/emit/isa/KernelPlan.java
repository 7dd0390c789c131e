package dev.axon64.codegen.emit.isa;

import dev.axon64.codegen.isa.decode.Cube;
import dev.axon64.codegen.isa.decode.DecodeTree;
import dev.axon64.codegen.isa.decode.DecodeTree.Candidate;
import dev.axon64.codegen.isa.legal.Legaliser;
import dev.axon64.codegen.isa.legal.Widths;
import dev.axon64.codegen.isa.model.Instruction;
import dev.axon64.codegen.isa.model.InstructionSet;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.EncodingGroup;
import java.util.ArrayList;
import java.util.List;

/**
 * What each kernel of a model executes and how it decodes its words. A kernel's tree answers the
 * index of one of its instructions, {@link #UNDEFINED} for an unallocated word of its groups,
 * {@link #DISABLED} for a word of its groups that is an instruction of a kernel that the model does
 * not have, or {@link #MISDISPATCH} for a word of another kernel's groups.
 *
 * @param model the model's name
 * @param kernels in the order of the network's outputs
 * @param set the instruction spec
 */
public record KernelPlan(String model, List<Kernel> kernels, InstructionSet set) {
  /** A word of the kernel that is no instruction. */
  public static final int UNDEFINED = -1;

  /** A word of another kernel. */
  public static final int MISDISPATCH = -2;

  /** A word of the kernel that is an instruction of a kernel which the model does not have. */
  public static final int DISABLED = -3;

  /**
   * One kernel.
   *
   * @param name as the model has it, such as {@code EXTEND_SHIFT}
   */
  public record Kernel(String name, List<Instruction> instructions, DecodeTree decoder) {
    /** {@code ExtendShift}. */
    public String camelCase() {
      StringBuilder camel = new StringBuilder();
      for (String part : name.split("_")) {
        camel.append(part.charAt(0)).append(part.substring(1).toLowerCase(java.util.Locale.ROOT));
      }
      return camel.toString();
    }
  }

  /**
   * Combines a dispatch spec and an instruction spec.
   *
   * @throws dev.axon64.codegen.support.InputException if an instruction names a kernel whose
   *     encoding groups do not hold it
   */
  public static KernelPlan of(DispatchSpec dispatch, InstructionSet set) {
    List<Kernel> kernels = new ArrayList<>();
    List<Instruction> missing =
        set.instructions().stream().filter(i -> !dispatch.kernels().contains(i.kernel())).toList();
    for (int index = 0; index < dispatch.kernels().size(); index++) {
      String name = dispatch.kernels().get(index);
      List<Instruction> instructions =
          set.instructions().stream().filter(i -> i.kernel().equals(name)).toList();
      instructions.forEach(instruction -> checkOwned(dispatch, instruction));
      kernels.add(new Kernel(name, instructions, decoder(dispatch, index, instructions, missing)));
    }
    return new KernelPlan(dispatch.name(), List.copyOf(kernels), set);
  }

  /** Returns this plan with instructions that are legal for a target. */
  public KernelPlan legal(Widths widths) {
    Legaliser.Session session = new Legaliser.Session(widths);
    List<Kernel> legal = new ArrayList<>();
    for (Kernel kernel : kernels) {
      List<Instruction> instructions =
          kernel.instructions().stream()
              .map(instruction -> instruction.withBody(session.legal(instruction.body())))
              .toList();
      legal.add(new Kernel(kernel.name(), instructions, kernel.decoder()));
    }
    return new KernelPlan(
        model, legal, set.withShared(set.shared().stream().map(session::legal).toList()));
  }

  private static DecodeTree decoder(
      DispatchSpec dispatch, int index, List<Instruction> instructions, List<Instruction> missing) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < instructions.size(); i++) {
      for (Cube cube : instructions.get(i).cubes()) {
        candidates.add(new Candidate(cube, i));
      }
    }
    for (Instruction instruction : missing) {
      instruction.cubes().forEach(cube -> disable(dispatch, index, cube, candidates));
    }
    for (EncodingGroup group : dispatch.groups()) {
      candidates.add(
          new Candidate(
              new Cube(group.mask(), group.value()),
              group.kernel() == index ? UNDEFINED : MISDISPATCH));
    }
    return DecodeTree.build(candidates);
  }

  /** Gives a kernel the words that lie in its groups. */
  private static void disable(
      DispatchSpec dispatch, int index, Cube cube, List<Candidate> candidates) {
    List<Candidate> parts = new ArrayList<>();
    for (EncodingGroup group : dispatch.groups()) {
      Cube words = new Cube(group.mask(), group.value());
      if (cube.meets(words)) {
        Cube part = new Cube(cube.mask() | words.mask(), cube.common(words));
        parts.add(new Candidate(part, group.kernel() == index ? DISABLED : MISDISPATCH));
        if (part.equals(cube)) {
          break; // the groups after this one have none of its words
        }
      }
    }
    if (parts.stream().anyMatch(part -> part.answer() == DISABLED)) {
      candidates.addAll(parts);
    }
  }

  /** Tries all words that differ in the few bits which the groups look at. */
  private static void checkOwned(DispatchSpec dispatch, Instruction instruction) {
    for (Cube cube : instruction.cubes()) {
      int free = dispatch.labelMask() & ~cube.mask();
      int subset = 0;
      do {
        String kernel = dispatch.kernels().get(dispatch.label(cube.value() | subset));
        if (!kernel.equals(instruction.kernel())) {
          throw instruction
              .form()
              .at()
              .error(
                  String.format(
                      "%s is given to %s, but its word 0x%08x belongs to %s; name that kernel or exclude"
                          + " the word with where",
                      instruction.name(), instruction.kernel(), cube.value() | subset, kernel));
        }
        subset = subset - free & free;
      } while (subset != 0);
    }
  }
}
