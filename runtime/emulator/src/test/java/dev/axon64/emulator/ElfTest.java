package dev.axon64.emulator;

import static dev.axon64.machine.memory.AddressSpace.READ;
import static dev.axon64.machine.memory.AddressSpace.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects and libraries that the cross compiler makes, whose functions are called one by one. */
class ElfTest {
  private static final String COMPILER = "aarch64-linux-gnu-gcc";
  private static final long STACK = 0x7000_0000L;
  private static final long BUDGET = 100_000;

  private static final String SOURCE =
      """
      typedef long L;
      static int counter = 40;
      int table[5] = {1, 2, 3, 4, 5};
      int common_array[100];
      const char *names[] = {"zero", "one", "two"};
      extern L host_value;
      extern L host_function(L);
      static __attribute__((noinline)) L helper(L x) { return x * 3 + counter; }
      L add(L a, L b) { return a + b; }
      L uses_data(int i) { counter++; return table[i] + helper(1); }
      L sum10(L a, L b, L c, L d, L e, L f, L g, L h, L i, L j) {
        return a + 2*b + 3*c + 4*d + 5*e + 6*f + 7*g + 8*h + 9*i + 10*j;
      }
      double mixed(int a, double x, float y, L b) { return a + x * y - b; }
      L letter(int i, int k) { return names[i][k]; }
      L common(int i) { common_array[i] = i; return common_array[i] + host_value; }
      L calls_host(L x) { return host_function(x) + 1; }
      L choose(int i) {
        switch (i) { case 0: return 7; case 1: return 11; case 2: return 13; case 3: return 17;
                     case 4: return 19; case 5: return 23; default: return 29; }
      }
      L by_pointer(int which, L x) {
        L (*f[2])(L) = {helper, host_function};
        return f[which & 1](x);
      }
      """;

  @TempDir private Path folder;

  private Path compile(String name, String source, String... options) throws Exception {
    Path file = folder.resolve(name + ".c");
    Files.writeString(file, source);
    Path made = folder.resolve(name + ".o");
    List<String> command =
        new ArrayList<>(List.of(COMPILER, file.toString(), "-o", made.toString()));
    command.addAll(List.of(options));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), said);
    } catch (IOException e) {
      Assumptions.abort("skipped: no " + COMPILER + "; install gcc-aarch64-linux-gnu");
    }
    return made;
  }

  private static Emulator emulator() {
    return Axon64.emulator().build().map(STACK - 0x10000, 0x10000, READ | WRITE).sp(STACK);
  }

  private static long call(Emulator emulator, long function, long... arguments) {
    long sp = emulator.sp();
    long result = FunctionCall.of(emulator, function).with(arguments).result(BUDGET);
    assertEquals(sp, emulator.sp());
    return result;
  }

  private void check(Emulator emulator, LoadedElf elf) {
    assertEquals(7, call(emulator, elf.address("add"), 3, 4));
    assertEquals(3 + 3 + 41, call(emulator, elf.address("uses_data"), 2));
    assertEquals(3 + 3 + 42, call(emulator, elf.address("uses_data"), 2));
    assertEquals(385, call(emulator, elf.address("sum10"), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
    assertEquals('w', call(emulator, elf.address("letter"), 2, 1));
    assertEquals(17, call(emulator, elf.address("choose"), 3));
    assertEquals(29, call(emulator, elf.address("choose"), 9));
    FunctionCall.of(emulator, elf.address("mixed"))
        .with(5)
        .withDouble(2.5)
        .withFloat(4f)
        .with(3)
        .run(Limits.instructions(BUDGET));
    assertEquals(12.0, emulator.d(0));
    assertEquals(1099, call(emulator, elf.address("common"), 99));
    assertEquals(21, call(emulator, elf.address("calls_host"), 10));
    assertEquals(20, call(emulator, elf.address("by_pointer"), 1, 10));
  }

  /** A function and a variable of the host's, in 64 KiB of their own near the code. */
  private static Map<String, Long> host(Emulator emulator, long at) {
    emulator.map(at, 0x1000, READ | WRITE).write(at, new byte[] {(byte) 0xe8, 3});
    emulator.map(at + 0x1000, 0x1000, READ | 4).write(at + 0x1000, 0x8b000000, 0xd65f03c0);
    return Map.of("host_value", at, "host_function", at + 0x1000);
  }

  @Test
  void functionsOfAnObject() throws Exception {
    for (List<String> options :
        List.of(
            List.of("-O0"),
            List.of("-O2"),
            List.of("-O2", "-fPIC"),
            List.of("-O1", "-fcommon", "-fno-pic"),
            List.of("-Os", "-ffunction-sections", "-fdata-sections"),
            List.of("-O1", "-mcmodel=tiny"))) {
      List<String> all = new ArrayList<>(List.of("-c"));
      all.addAll(options);
      Path object = compile("object", SOURCE, all.toArray(String[]::new));
      Emulator emulator = emulator();
      long base = 0x40_0000;
      LoadedElf elf = Elf.read(object).loadInto(emulator, base, host(emulator, base + 0x2_0000));
      assertEquals(base, elf.start());
      check(emulator, elf);
    }
  }

  @Test
  void functionsOfALibrary() throws Exception {
    Path library = compile("library", SOURCE, "-O2", "-fPIC", "-shared", "-nostdlib");
    Emulator emulator = emulator();
    LoadedElf elf =
        Elf.read(library).loadInto(emulator, 0x5000_0000L, host(emulator, 0x6000_0000L));
    check(emulator, elf);
  }

  @Test
  void whatIsMissingIsNamed() throws Exception {
    Elf object = Elf.read(compile("object", SOURCE, "-c", "-O1"));
    InputException e = assertThrows(InputException.class, () -> object.loadInto(emulator()));
    assertTrue(e.getMessage().contains("needs 'host_"), e::getMessage);
    Elf whole = Elf.read(compile("whole", "int f(int a) { return a + 1; }", "-c", "-O1"));
    LoadedElf elf = whole.loadInto(emulator());
    assertEquals(
        "defines no 'g'; it has f",
        assertThrows(InputException.class, () -> elf.address("g"))
            .getMessage()
            .replaceFirst(".*: ", ""));
  }

  /** Loads no code at all, but variables. */
  @Test
  void anObjectIsNoProgramButLoads() throws Exception {
    Path object = compile("hello", "int f(int a) { return a + 1; }", "-c", "-O1");
    Emulator emulator = emulator().loadElf(object);
    assertTrue(emulator.memory().mappingCount() > 1);
    Path empty = compile("empty", "", "-c");
    InputException e = assertThrows(InputException.class, () -> emulator().loadElf(empty));
    assertTrue(e.getMessage().contains("nothing to load"), e::getMessage);
  }

  @Test
  void nothingIsLoadedOverWhatIsThere() throws Exception {
    Elf object = Elf.read(compile("object", "int f(int a) { return a; }", "-c"));
    Emulator emulator = emulator();
    object.loadInto(emulator);
    assertThrows(IllegalArgumentException.class, () -> object.loadInto(emulator));
    Path library = compile("library", "int f(int a) { return a; }", "-shared", "-nostdlib");
    Emulator other = emulator().loadElf(library);
    assertThrows(IllegalArgumentException.class, () -> other.loadElf(library));
  }

  @Test
  void aCallThatDoesNotReturnSaysWhy() throws Exception {
    Path object = compile("object", "void f(void) { __builtin_trap(); }", "-c", "-O1");
    Emulator emulator = emulator();
    long f = Elf.read(object).loadInto(emulator).address("f");
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> FunctionCall.of(emulator, f).result(9));
    assertTrue(e.getMessage().contains("did not return: Trap[kind=brk"), e::getMessage);
  }
}
