package dev.axon64.metal.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.support.InputException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Grids, buffers, atomics, barriers and what goes wrong at run time. */
class KernelTest {
  @Test
  void aGridOfThreeAxesVisitsEachThreadOnce() {
    byte[] out = new byte[5 * 4 * 3 * 4];
    Shaders.run(
        """
        kernel void visit(device atomic_uint* out [[buffer(0)]],
                          uint3 at [[thread_position_in_grid]],
                          uint3 size [[threads_per_grid]]) {
          uint i = (at.z * size.y + at.y) * size.x + at.x;
          atomic_fetch_add_explicit(&out[i], i + 1, memory_order_relaxed);
        }
        """,
        new GridSize(5, 4, 3),
        RunOptions.defaults().withThreads(2),
        out);
    for (int i = 0; i < 60; i++) {
      assertEquals(i + 1, Shaders.buffer(out).getInt(i * 4));
    }
  }

  @Test
  void atomicsLoseNothing() {
    byte[] out = new byte[16];
    Shaders.run(
        """
        kernel void count(device atomic_int& sum [[buffer(0)]], uint i [[thread_position_in_grid]]) {
          atomic_fetch_add_explicit(&sum, int(i & 1) + 1, memory_order_relaxed);
          int seen = atomic_load_explicit(&sum, memory_order_relaxed);
          while (!atomic_compare_exchange_weak_explicit(&sum, &seen, seen + 1,
                   memory_order_relaxed, memory_order_relaxed)) {}
        }
        """,
        20000,
        out);
    assertEquals(50000, Shaders.buffer(out).getInt(0));
  }

  @Test
  void threadgroupsReduceThroughBarriers() {
    byte[] in = new byte[300 * 4];
    for (int i = 0; i < 300; i++) {
      Shaders.buffer(in).putInt(i * 4, i);
    }
    byte[] out = new byte[5 * 4];
    Shaders.run(
        """
        kernel void reduce(device const int* in [[buffer(0)]], device int* out [[buffer(1)]],
                           uint i [[thread_position_in_grid]],
                           uint t [[thread_index_in_threadgroup]],
                           uint group [[threadgroup_position_in_grid]],
                           uint size [[threads_per_threadgroup]]) {
          threadgroup int shared_sum[64];
          shared_sum[t] = in[i];
          threadgroup_barrier(mem_flags::mem_threadgroup);
          for (uint s = 32; s > 0; s >>= 1) {
            if (t < s && t + s < size) shared_sum[t] += shared_sum[t + s];
            threadgroup_barrier(mem_flags::mem_threadgroup);
          }
          if (t == 0) out[group] = shared_sum[0];
        }
        """,
        GridSize.of(300),
        RunOptions.defaults().withThreadgroup(GridSize.of(64)),
        in,
        out);
    int sum = 0;
    for (int i = 0; i < 5; i++) {
      sum += Shaders.buffer(out).getInt(i * 4);
    }
    assertEquals(300 * 299 / 2, sum);
  }

  @Test
  void narrowBuffersAreReadAsWiderOnes() {
    byte[] memory = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    byte[] out = new byte[8];
    Shaders.run(
        """
        kernel void fetch(device uint8_t* memory [[buffer(0)]], device ulong* out [[buffer(1)]]) {
          uint64_t pc = 1;
          out[0] = *((device uint32_t*)(memory + pc));
          *(device ushort*)(memory + 6) = 0xABCD;
        }
        """,
        1,
        memory,
        out);
    assertEquals(0x05040302, Shaders.buffer(out).getLong(0));
    assertEquals((byte) 0xAB, memory[7]);
  }

  @Test
  void pointersMayLiveInStructs() {
    byte[] out = new byte[8];
    Shaders.run(
        """
        struct Cpu { device int* out; thread int* regs; };
        void go(thread Cpu& cpu) { cpu.out[1] = cpu.regs[2]; cpu.out += 0; *cpu.out = 4; }
        kernel void k(device int* out [[buffer(0)]]) {
          int regs[3] = {1, 2, 3};
          Cpu cpu;
          cpu.out = out;
          cpu.regs = regs;
          go(cpu);
        }
        """,
        1,
        out);
    assertEquals(4, Shaders.buffer(out).getInt(0));
    assertEquals(3, Shaders.buffer(out).getInt(4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "out[i + 100] = 1;",
        "out[-1] = 1;",
        "*(device int*)((device uchar*)out + 0x100000000ul) = 1;",
        "device int* p = nullptr; *p = 1;",
        "int a[4]; out[0] = a[i + 4];",
        "float4 v; out[0] = int(v[i + 4]);"
      })
  void accessesOutsideStopWithOneLine(String statement) {
    String source =
        "kernel void bad(device int* out [[buffer(0)]], uint i [[thread_position_in_grid]]) {\n"
            + statement
            + "\n}";
    InputException e =
        assertThrows(InputException.class, () -> Shaders.run(source, 1, new byte[16]));
    assertTrue(
        e.getMessage().startsWith("test.metal:2: kernel 'bad', thread (0,0,0): "), e.getMessage());
  }

  @Test
  void anEndlessLoopEndsAtTheTimeout() {
    InputException e =
        assertThrows(
            InputException.class,
            () ->
                Shaders.run(
                    "kernel void spin(device int* out [[buffer(0)]]) { while (true) out[0]++; }",
                    GridSize.of(1),
                    RunOptions.defaults().withTimeout(Duration.ofMillis(200)),
                    new byte[4]));
    assertTrue(e.getMessage().contains("was stopped"), e.getMessage());
  }

  @Test
  void missingBuffersAndKernelsAreNamed() {
    MetalProgram program =
        MetalProgram.compile("kernel void one(device const float* w [[buffer(3)]]) {}", "a.metal");
    InputException missing =
        assertThrows(
            InputException.class,
            () -> program.kernel("one").run(GridSize.of(1), Map.of(), RunOptions.defaults()));
    assertEquals("one: buffer 3 'w' (device const float*) is not given", missing.getMessage());
    InputException unknown = assertThrows(InputException.class, () -> program.kernel("two"));
    assertEquals("a.metal: no kernel 'two'; there is [one]", unknown.getMessage());
  }
}
