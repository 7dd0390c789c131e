package dev.axon64.machine.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.Meanings;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.lockstep.Difference;
import dev.axon64.machine.lockstep.DifferenceFound;
import dev.axon64.machine.lockstep.LockstepEngine;
import dev.axon64.machine.lockstep.RegionLog;
import dev.axon64.machine.memory.Backing;
import dev.axon64.machine.memory.Mapping;
import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.translate.RegionText;
import dev.axon64.machine.translate.Translator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Translated code in lockstep with the scalar engine: right translations pass, wrong ones do not.
 */
class LockstepTest {
  private static final int SVC = 0xd4000001;

  /** loop: add x0, x0, x1; str x0, [x3], #8; subs x2, x2, #1; b.ne loop; svc. */
  private static final int[] LOOP = {0x8b010000, 0xf8008460, 0xf1000442, 0x54ffffa1, SVC};

  private static CpuState loop(int rounds) {
    CpuState cpu = Programs.words(LOOP);
    cpu.x[1] = 3;
    cpu.x[2] = rounds;
    cpu.x[3] = Programs.DATA;
    return cpu;
  }

  private static LockstepEngine lockstep(Translator translator, RegionLog log) {
    PageDecisions decisions = new PageDecisions(ShippedDispatcher.A64.dispatcher());
    Regions regions = new Regions(Pace.eager(2), Runnable::run, translator, log);
    return new LockstepEngine(
        new TranslatedEngine(decisions, regions), () -> new PageEngine(decisions, null, null), log);
  }

  private static LockstepEngine lockstep() {
    return lockstep(new Translator(), new RegionLog(new Translator()));
  }

  /** The shipped spec with a change in its text. */
  private static Meanings meanings(String text, String changed) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    boolean found = false;
    for (String name : InstructionSpec.A64_FILES) {
      try (InputStream in = InstructionSpec.class.getResourceAsStream("/dev/axon64/isa/" + name)) {
        String shipped = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        found |= shipped.contains(text);
        files.put(name, shipped.replace(text, changed));
      }
    }
    assertTrue(found, text);
    return Meanings.of(InstructionSpec.parse(files));
  }

  private static Difference difference(Meanings wrong, CpuState cpu) {
    LockstepEngine engine = lockstep(new Translator(wrong), new RegionLog(new Translator(wrong)));
    return assertThrows(DifferenceFound.class, () -> engine.run(cpu, 10_000)).difference();
  }

  @Test
  void rightTranslationsPass() {
    CpuState cpu = loop(100);
    LockstepEngine engine = lockstep();
    assertEquals(new Stop.SystemCall(0), engine.run(cpu, 10_000));
    assertEquals(401, engine.executed());
    assertEquals(300, cpu.x[0]);
    assertEquals(300, cpu.memory.load64(Programs.DATA + 99 * 8));
    assertEquals(0, engine.unchecked());
  }

  @Test
  void aWrongSumIsFoundWithItsRegion() throws IOException {
    Difference found =
        difference(
            meanings("X[Rd] = X[Rn, n] + operand;", "X[Rd] = X[Rn, n] - operand;"), loop(100));
    assertTrue(found.isRepeated());
    assertTrue(found.what().getFirst().startsWith("X0 is "), found.what().toString());
    // Hot after two branches back, so that two rounds were executed before; one is translated.
    assertTrue(found.instructions() <= 16, () -> found.instructions() + " instructions");
    Difference.Place place = found.region().orElseThrow();
    assertEquals(Programs.CODE, place.entry());
    assertEquals(Programs.CODE, place.pc());
    RegionText text = place.text();
    assertTrue(text.words().contains(new RegionText.Word(Programs.CODE, LOOP[0])));
    assertTrue(text.ir().stream().anyMatch(line -> line.contains("(X0 SUB X1)")), text.toString());
    assertTrue(text.bytecode().stream().anyMatch("  lsub"::equals), text.toString());
  }

  @Test
  void aWrongStoreIsFoundThoughNoRegisterDiffers() throws IOException {
    String then = ";\n    XSP[Rn] = moved;";
    Meanings wrong =
        meanings(
            "Mem[address, 1 << size] = X[Rt, 8 << size]" + then,
            "Mem[address, 1 << size] = X[Rn, 8 << size]" + then);
    Difference found = difference(wrong, loop(100));
    assertTrue(found.what().getFirst().startsWith("the byte at 20"), found.what().toString());
    assertEquals(Programs.CODE, found.region().orElseThrow().pc());
  }

  /** Two mappings of the same pages; both engines must find them as they were. */
  @Test
  void sharedPagesAreWrittenOnce() {
    // loop: ldr x0, [x3]; add x0, x0, #1; str x0, [x4]; subs x2, x2, #1; b.ne loop; svc
    CpuState cpu = Programs.words(0xf9400060, 0x91000400, 0xf9000080, 0xf1000442, 0x54ffff81, SVC);
    Backing pages = Backing.sharedAnonymous();
    for (long at : new long[] {0x30000, 0x40000}) {
      cpu.memory.map(new Mapping(at, at + 4096, 3, pages, 0, "shared"));
    }
    cpu.x[2] = 50;
    cpu.x[3] = 0x30000;
    cpu.x[4] = 0x40000;
    assertEquals(new Stop.SystemCall(0), lockstep().run(cpu, 10_000));
    assertEquals(50, cpu.memory.load64(0x30000));
  }

  /** The counter of the machine is asked once; both engines get its answer. */
  @Test
  void theMachineAnswersBothAlike() {
    // loop: mrs x0, cntvct_el0; subs x2, x2, #1; b.ne loop; svc
    CpuState cpu = Programs.words(0xd53be040, 0xf1000442, 0x54ffffc1, SVC);
    cpu.x[2] = 50;
    long[] time = new long[1];
    cpu.host = () -> time[0]++;
    assertEquals(new Stop.SystemCall(0), lockstep().run(cpu, 10_000));
    assertEquals(List.of(49L, 50L), List.of(cpu.x[0], time[0]));
  }
}
