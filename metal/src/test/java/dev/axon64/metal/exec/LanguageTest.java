package dev.axon64.metal.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What expressions and statements mean. */
class LanguageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7 / 2 | 3",
        "-7 / 2 | -3",
        "-7 % 3 | -1",
        "5 / (int)0 | 0",
        "5u % 0u | 5",
        "0xFFFFFFFFu / 2u == 0x7FFFFFFFu | 1",
        "-1 < 1u | 0",
        "(uchar)300 | 44",
        "(char)200 | -56",
        "uchar(255) + uchar(1) | 256",
        "~uchar(0) | -1",
        "short(-1) >> 4 | -1",
        "ushort(-1) >> 4 | 4095",
        "(1u << 31) >> 31 | 1",
        "int(1ul << 40 >> 38) | 4",
        "1 << 33 | 2",
        "int(mulhi(0x80000000u, 4u)) | 2",
        "int(mulhi(-1l, 5l)) | -1",
        "int(mulhi(0xFFFFFFFFFFFFFFFFul, 16ul)) | 15",
        "clz(1u) | 31",
        "clz(uchar(1)) | 7",
        "ctz(8) | 3",
        "popcount(0xF0F0u) | 8",
        "int(popcount(char(-1))) | 8",
        "int(clz(1ul)) | 63",
        "int(reverse_bits(uchar(1))) | 128",
        "int(rotate(uchar(0x81), uchar(1))) | 3",
        "int(addsat(char(100), char(100))) | 127",
        "int(subsat(5u, 6u)) | 0",
        "int(hadd(7, 8)) | 7",
        "int(rhadd(7, 8)) | 8",
        "int(absdiff(-5, 7)) | 12",
        "int(extract_bits(0xABCDu, 4u, 8u)) | 188",
        "int(insert_bits(0u, 0xFu, 4u, 4u)) | 240",
        "min(3, 5) + max(3, 5) + clamp(9, 0, 4) | 12",
        "int(max(0.0, -3.5)) | 0",
        "int(3.99f) | 3",
        "int(-3.99f) | -3",
        "int(1e20f) | 2147483647",
        "int(NAN) | 0",
        "uint(-5.0f) == 0u | 1",
        "uchar(300.0f) | 255",
        "int(float(16777217)) | 16777216",
        "as_type<int>(1.0f) | 1065353216",
        "int(as_type<float>(0x40400000u)) | 3",
        "int(15.0) / 4 | 3",
        "(15.0 / 2.0 == 7.5f) ? 1 : 0 | 1",
        "sizeof(float3) | 16",
        "sizeof(packed_float3) | 12",
        "int(sizeof(ulong) * sizeof(half)) | 16",
        "true + true | 2",
        "(1, 2, 3) | 3",
        "0 + 'A' | 65",
        "0b101 + 017 + 0x1F | 51",
        "1'000 | 1000",
        "INT_MAX | 2147483647",
        "UINT_MAX == 0xFFFFFFFF | 1",
        "int(numeric_limits<short>::max()) | 32767",
        "int(half(2049.0f)) | 2048",
        "int(half(1.0h) + half(2.0h)) | 3",
        "int(float2(1, 2).y) | 2",
        "int(float4(1, 2, 3, 4).wzyx.x) | 4",
        "int(dot(float3(1, 2, 3), float3(4, 5, 6))) | 32",
        "int(length(float2(3, 4))) | 5",
        "any(int3(1, 2, 3) == int3(0, 2, 0)) | 1",
        "all(int3(1, 2, 3) == int3(0, 2, 0)) | 0",
        "int(uchar4(250) .x + uchar(10)) | 260",
        "int((uchar4(250) + uchar4(10)).y) | 4",
        "select(1, 2, true) | 2",
        "int(fma(2.0f, 3.0f, 4.0f)) | 10",
        "int(floor(-1.5f)) | -2",
        "int(round(2.5f)) | 3",
        "int(rint(2.5f)) | 2",
        "int(sign(-2.0f)) | -1",
        "int(metal::precise::sqrt(16.0f)) | 4",
        "int(fast::exp2(3.0f)) | 8",
        "isnan(NAN) && !isinf(1.0f) | 1",
        "int(int64_t(-1) >> 60) | -1",
        "(int64_t)0xFFFFFFFF == 4294967295l | 1",
        "nullptr == (thread int*)0 | 1"
      })
  void expressions(String expression, int expected) {
    assertEquals(expected, Shaders.value(expression), expression);
  }

  @Test
  void controlFlow() {
    assertArrayEquals(
        new int[] {45, 20, 3, 111, 7, 5},
        Shaders.ints(
            "int early(int x) { if (x > 3) { return 7; } return 5; }\n"
                + "enum Colour { RED = 2, GREEN, BLUE };\n",
            """
            for (int i = 0; i < 10; i++) out[0] += i;
            int i = 0;
            while (true) { if (++i > 20) break; if (i & 1) continue; out[1] += 2; }
            do { out[2]++; } while (out[2] < 3);
            for (int c = 0; c < 4; c++) {
              switch (c) {
                case RED: out[3] += 1;
                case GREEN: out[3] += 5; break;
                default: out[3] += 50;
              }
            }
            out[4] = early(4);
            out[5] = early(3);
            """,
            6));
  }

  @Test
  void pointersReferencesAndArrays() {
    assertArrayEquals(
        new int[] {11, 22, 3, 2, 6, 40, 7, 9},
        Shaders.ints(
            """
            void bump(thread int& x, thread int* p) { x += 10; *p += 20; }
            thread int* later(thread int* p) { return p + 1; }
            int sum(thread int m[2][3]) {
              int s = 0;
              for (int i = 0; i < 2; i++) for (int j = 0; j < 3; j++) s += m[i][j];
              return s;
            }
            """,
            """
            int a = 1; int b = 2;
            bump(a, &b);
            out[0] = a; out[1] = b;
            int m[2][3] = {{1, 1, 1}, {1, 1}};
            m[1][2] = 1;
            int v[4] = {5, 6, 7};
            thread int* p = v;
            out[2] = int(&v[3] - p);
            out[3] = p < &v[1] ? 2 : 1;
            out[4] = *later(p);
            thread uchar* bytes = (thread uchar*) v;
            bytes[4] = 40;
            out[5] = v[1];
            p += 2;
            out[6] = *p--;
            device int* o = out + 6;
            o[1] = sum(m) + v[3] + 3;
            """,
            8));
  }

  @Test
  void structsAreLaidOutAsInC() {
    assertArrayEquals(
        new int[] {32, 16, 1, 9, 5, 42, 12, 3, 8},
        Shaders.ints(
            """
            struct Inner { char c; int i; };
            struct Outer { Inner a; float4 v; };
            struct Machine {
              int regs[4];
              int pc = 9;
              void step(int n) { pc += n; }
              int get() const { return pc; }
            };
            Machine fresh() { Machine m; m.regs[1] = 5; return m; }
            int read(Machine m) { m.pc += 1; return m.pc; }
            """,
            """
            out[0] = sizeof(Outer);
            out[1] = sizeof(Inner) * 2;
            Inner x = {1, 2};
            Inner y = x;
            y.i = 7;
            out[2] = x.c;
            Machine m = fresh();
            out[3] = m.get();
            out[4] = m.regs[1];
            Machine n = m;
            n.step(3);
            thread Machine* p = &n;
            p->regs[2] = 42;
            out[5] = n.regs[2];
            out[6] = p->pc;
            Inner many[2] = {{1, 2}, {3, 4}};
            many[0] = many[1];
            out[7] = many[0].c;
            out[8] = read(m) - 2;
            """,
            9));
  }

  @Test
  void vectorsSwizzleAsPlacesToo() {
    assertArrayEquals(
        new int[] {2, 1, 30, 4, 7, 9, 1},
        Shaders.ints(
            "float2 twist(float2 v) { return v.yx; }\nvoid set(thread float4& v) { v.w = 9; }",
            """
            int4 v = int4(1, 2, 3, 4);
            v.xy = v.yx;
            out[0] = v.x; out[1] = v.y;
            v.z *= 10;
            out[2] = v.z; out[3] = v.w;
            float4 f = float4(float3(1), 7);
            out[4] = int(twist(f.zw).x);
            set(f);
            out[5] = int(f.a);
            int index = 2;
            out[6] = int(f[index]);
            """,
            7));
  }

  @Test
  void thePreprocessorDoesWhatCDoes() {
    assertArrayEquals(
        new int[] {7, 3, 5, 12, 1, 2},
        Shaders.ints(
            """
            #include <metal_stdlib>
            #pragma METAL fp contract(off)
            #define ADD(a, b) ((a) + (b))
            #define GLUE(a, b) a##b
            #define SELF SELF2
            #define SELF2 SELF
            #define MANY(first, ...) ADD(first, __VA_ARGS__)
            #if defined(ADD) && ADD(1, 1) == 2 && !defined NOTHING
            #define YES 1
            #elif 1 / 0
            #else
            #define YES 0
            #endif
            #ifndef YES
            #error no
            #endif
            constant int xy = 5; \\
            constant int SELF = 12;
            #undef GLUE
            #define GLUE(a, b) a ## b
            """,
            """
            out[0] = ADD(3, 4);
            out[1] = MANY(1, 2);
            out[2] = GLUE(x, y);
            out[3] = SELF;
            out[4] = YES;
            out[5] = __METAL_VERSION__ >= 200 ? 2 : 0;
            """,
            6));
  }

  @Test
  void fileScopeTables() {
    assertArrayEquals(
        new int[] {6, 9, 77, 2},
        Shaders.ints(
            """
            struct Entry { uint code; float weight; };
            constant int GRID[2][3] = {{1, 2, 3}, {4, 5, 6}};
            constant Entry TABLE[] = {{7, 1.5f}, {9, 2.5f}};
            constant float4 V = float4(1, 2, 3, 77);
            int pick(constant Entry* t, int i) { return int(t[i].weight); }
            """,
            """
            int i = 1;
            out[0] = GRID[i][i + 1];
            out[1] = TABLE[i].code;
            out[2] = int(V.w);
            out[3] = pick(TABLE, 1);
            """,
            4));
  }
}
