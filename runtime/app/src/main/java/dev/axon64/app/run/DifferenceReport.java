package dev.axon64.app.run;

import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.text.Disassembler;
import dev.axon64.machine.lockstep.Difference;
import dev.axon64.machine.translate.RegionText;
import java.io.PrintWriter;
import java.util.List;

/**
 * The first difference between translated code and the scalar engine: what differs, and the region
 * that it arises in, as guest code, as IR and as bytecode.
 */
record DifferenceReport(Difference difference) {
  void print(PrintWriter out) {
    out.printf(
        "axon64: translated code differs from the engine scalar, %,d instructions after %x%n",
        difference.instructions(), difference.start());
    out.printf("  (this process had executed %,d before)%n", difference.before());
    difference.what().forEach(line -> out.println("  " + line));
    if (!difference.isRepeated()) {
      out.println("  It did not come again when these instructions were repeated.");
    }
    difference.region().ifPresent(place -> print(place, out));
    out.flush();
  }

  private static void print(Difference.Place place, PrintWriter out) {
    out.printf("%nThe region made for %x, last entered at %x%n", place.entry(), place.pc());
    RegionText text = place.text();
    Disassembler disassembler = new Disassembler(InstructionSpec.a64());
    print(
        "Guest code",
        text.words().stream()
            .map(
                word ->
                    "%x  %08x  %s"
                        .formatted(
                            word.address(),
                            word.word(),
                            disassembler.text(word.word(), word.address())))
            .toList(),
        out);
    print("IR", text.ir(), out);
    print("Bytecode", text.bytecode(), out);
  }

  private static void print(String title, List<String> lines, PrintWriter out) {
    out.printf("%n%s%n", title);
    lines.forEach(line -> out.println("  " + line));
  }
}
