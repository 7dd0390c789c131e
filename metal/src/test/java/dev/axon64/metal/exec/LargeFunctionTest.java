package dev.axon64.metal.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.metal.jit.KernelCompiler;
import org.junit.jupiter.api.Test;

/** Functions that are too large for one JVM method. */
class LargeFunctionTest {
  /** A machine with one case per operation and registers in variables, as some emulators have. */
  private static String machine(int cases) {
    StringBuilder source =
        new StringBuilder(
            """
            #include <metal_stdlib>
            using namespace metal;
            #define READ(n) ((n) == 0 ? r0 : (n) == 1 ? r1 : (n) == 2 ? r2 : r3)
            #define WRITE(n, v) do { switch (n) { case 0: r0 = v; break; case 1: r1 = v; break; \\
              case 2: r2 = v; break; case 3: r3 = v; break; } } while (0)
            kernel void machine(device const uint* code [[buffer(0)]], device long* out [[buffer(1)]],
                                uint id [[thread_position_in_grid]]) {
              long r0 = id, r1 = 1, r2 = 2, r3 = 3;
              uint pc = 0;
              while (true) {
                uint word = code[pc++];
                uint d = word & 3, n = (word >> 2) & 3, m = (word >> 4) & 3;
                switch (word >> 8) {
            """);
    for (int i = 1; i <= cases; i++) {
      source.append("case ").append(i).append(": { long a = READ(n), b = READ(m);\n");
      source.append("  if (a == ").append(i).append(") { WRITE(d, b - a); continue; }\n");
      source.append("  WRITE(d, a * ").append(i).append(" + b); break; }\n");
    }
    source.append("case 0: out[id * 4] = r0; out[id * 4 + 1] = r1; out[id * 4 + 2] = r2;\n");
    source.append("  out[id * 4 + 3] = r3; return;\ndefault: pc++; break; }\n");
    source.append("if (pc > 1000) { out[0] = -1; return; }\n}\n}\n");
    return source.toString();
  }

  private static long[] expected(int[] code, long id) {
    long[] r = {id, 1, 2, 3};
    for (int word : code) {
      int i = word >>> 8;
      if (i == 0) {
        return r;
      }
      long a = r[word >> 2 & 3];
      long b = r[word >> 4 & 3];
      r[word & 3] = a == i ? b - a : a * i + b;
    }
    throw new AssertionError("no end");
  }

  @Test
  void aHugeSwitchRunsInPieces() {
    int cases = 900;
    int[] code = new int[cases + 1];
    byte[] bytes = new byte[code.length * 4];
    for (int i = 0; i < cases; i++) {
      code[i] = (i * 7919 % cases + 1) << 8 | (i * 31 & 63);
      Shaders.buffer(bytes).putInt(i * 4, code[i]);
    }
    byte[] out = new byte[4 * 4 * 8];
    MetalProgram.compile(machine(cases), "machine.metal");
    Shaders.run(machine(cases), 4, bytes, out);
    for (int id = 0; id < 4; id++) {
      long[] registers = expected(code, id);
      for (int i = 0; i < 4; i++) {
        assertEquals(registers[i], Shaders.buffer(out).getLong((id * 4 + i) * 8));
      }
    }
  }

  @Test
  void resultsOfAllKindsLeavePieces() {
    String source =
        """
        struct Pair { long a; int b; };
        int early(int x, thread int* count) {
          for (int i = 0; i < 100; i++) { *count += 1; if (i * i > x) { return i; } x -= 1; }
          return -1;
        }
        Pair pair(long a) { Pair p; if (a > 3) { p.a = a; p.b = 1; return p; } p.a = -a; p.b = 2;
          return p; }
        float3 vector(float3 v) { v.x += 1; if (v.y > 0) { v.z += v.x; return v.zyx; } return v; }
        thread int* pointer(thread int* p, int n) { if (n > 2) { p += 1; return p; } n += 1;
          return p + n; }
        kernel void k(device int* out [[buffer(0)]]) {
          int count = 0;
          out[0] = early(50, &count);
          out[1] = count;
          Pair p = pair(5);
          out[2] = int(p.a) * 10 + p.b;
          out[3] = int(pair(2).a);
          out[4] = int(dot(vector(float3(1, 2, 3)), float3(100, 10, 1)));
          int table[4] = {4, 5, 6, 7};
          out[5] = *pointer(table, 3) * 10 + *pointer(table, 1);
          int s = 0;
          for (int i = 0; i < 10; i++) {
            if (i == 3) continue;
            switch (i & 3) { case 0: s += 1; case 1: s += 10; break; default: s += 100; }
            if (i == 8) break;
          }
          out[6] = s;
        }
        """;
    byte[] whole = new byte[28];
    Shaders.run(source, 1, whole);
    for (int limit = 20; limit < 400; limit += 20) {
      byte[] cut = new byte[28];
      MetalProgram.compile(source, "t.metal", new KernelCompiler.Limits(limit, limit))
          .kernel("k")
          .run(GridSize.of(1), java.util.Map.of(0, cut), RunOptions.defaults());
      for (int i = 0; i < 7; i++) {
        assertEquals(
            Shaders.buffer(whole).getInt(i * 4), Shaders.buffer(cut).getInt(i * 4), "out " + i);
      }
    }
    assertEquals(7, Shaders.buffer(whole).getInt(0));
    assertEquals(51, Shaders.buffer(whole).getInt(8));
    assertEquals(56, Shaders.buffer(whole).getInt(20));
  }
}
