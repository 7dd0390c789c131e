package dev.axon64.metal.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.support.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, where, and in which words. */
class RejectionTest {
  private static String refusal(String source) {
    return assertThrows(InputException.class, () -> MetalProgram.compile(source, "t.metal"))
        .getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "double x; | 1:18: Metal has no double; use float",
        "goto end; | 1:18: goto is not supported; use loops and switch",
        "float4x4 m; | 1:18: matrices are not supported; use arrays of vectors, such as float4"
            + " m[4]",
        "int x = y; | 1:26: 'y' is not known here; declare it first",
        "float f = 1.0 % 2.0; | 1:32: '%' needs integers, not float; use fmod",
        "const int x = 1; x = 2; | 1:37: this place is const or in constant memory and cannot be"
            + " written",
        "3 = 4; | 1:20: this is a value, not a place that can be assigned to",
        "int x; int x; | 1:29: 'x' is declared already at t.metal:1:22",
        "break; | 1:18: 'break' stands outside a loop",
        "float4 v = float4(1, 2); | 1:29: float4 needs 4 components, not 2",
        "float2 v; v.z = 1; | 1:29: float2 has no component 'z'",
        "thread int* p; device int* q = p; | 1:49: the initialiser of 'q' is thread int*, not"
            + " device int*; the address spaces differ",
        "printf(1); | 1:18: 'printf': printing from a kernel is not supported; write to a buffer",
        "int a[2000000]; | 1:22: with this, a thread of 'k' needs over 1048576 bytes of memory;"
            + " make arrays smaller",
        "int x = 09; | 1:26: '09' is not a number",
        "int x = 1; x <<= int2(1, 2); | 1:31: int cannot hold int2",
        "int x = 1 +; | 1:29: an expression expected, not ';'",
      })
  void statements(String statement, String expected) {
    String message = refusal("kernel void k() {" + statement + "}");
    assertEquals("t.metal:" + expected, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kernel void k(texture2d<float> t) {} | textures and samplers are not supported",
        "kernel int k() { return 1; } | a kernel returns void",
        "kernel void k(uint x) {} | needs an attribute",
        "kernel void k(device int* a [[buffer(0)]], device int* b [[buffer(0)]]) {} | two"
            + " parameters",
        "kernel void k(device int* a [[buffer(77)]]) {} | between 0 and 30",
        "int f(int x) { return f(x); } kernel void k() { f(1); } | calls itself",
        "int g(int x); kernel void k() { g(1); } | never defined",
        "int counter = 0; | must be constant",
        "#include \"other.h\" | cannot be read",
        "#if 1 | never closed",
        "struct A { A a; }; | not defined yet",
        "vertex void v() {} | vertex functions are not supported",
        "constant float x[] = {1, 2 | '}' expected",
        "void f() { /* | this comment is never closed",
        "kernel void f() { atomic_uint a; } | atomics live in device or threadgroup memory",
        "struct S { atomic_int a[2]; }; kernel void f() { S s; } | atomics live in device or"
            + " threadgroup",
        "kernel void f() { int break; } | not the keyword 'break'",
        "kernel void f() { uint while = 1; } | not the keyword 'while'",
      })
  void files(String source, String expected) {
    String message = refusal(source);
    assertTrue(message.contains(expected), message);
    assertTrue(message.startsWith("t.metal:1:"), message);
  }

  /** What compiles elsewhere as well as here is not refused; what Metal refuses is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "float dot = dot(a, a); | 'dot' is the variable that is being declared",
        "float x = x + 1; | 'x' is the variable that is being declared",
        "auto max = max(1, 2); | 'max' is the variable that is being declared",
        "float b[2] = {1, b[0]}; | 'b' is the variable that is being declared",
        "thread float& y = y; | 'y' is the variable that is being declared",
        "half3 h = half3(float2(1), half(1)); | float2 cannot be one of several parts of half3",
        "float4 v = float4(int2(1), a); | int2 cannot be one of several parts of float4",
        "int3 v = int3(1, uint2(1)); | uint2 cannot be one of several parts of int3",
        "uint4 v = {int2(1), 1, 2}; | int2 cannot be one of several parts of uint4",
        "int x = clamp(1, 3u, 1); | this call of 'clamp' with [int, uint] is ambiguous",
        "float x = max(1.0f, 2); | this call of 'max' with [float, int] is ambiguous",
        "float x = min(a.x, half(2)); | this call of 'min' with [float, half] is ambiguous",
        "float x = pow(a.x, half(2)); | this call of 'pow' with [float, half] is ambiguous",
        "long x = max(1L, 2); | this call of 'max' with [long, int] is ambiguous",
        "float x = sqrt(2); | this call of 'sqrt' with [int] is ambiguous",
        "float x = select(1.0f, 2, true); | this call of 'select' with [float, int] is ambiguous",
        "uint x = min(true, 2u); | this call of 'min' with [bool, uint] is ambiguous",
        "switch (n) { case 1: int b = 5; break; case 2: break; } | jump over the initialiser of"
            + " 'b'",
        "switch (n) { case 1: float2 b(1); default: break; } | jump over the initialiser of 'b'",
        "switch (n) { case 1: { int b = 1; case 2: b = 2; } } | jump over the initialiser of 'b'",
        "switch (n) { case 1: thread int& b = n; case 2: break; } | jump over the initialiser of"
            + " 'b'",
        "float x = fmod(a.x, a.y); | 'fmod' could mean your function or the library's",
      })
  void whatMetalRefuses(String statement, String expected) {
    String message =
        refusal(
            "#include <metal_stdlib>\nusing namespace metal;\n"
                + "float fmod(float a, float b) { return a; }\n"
                + "kernel void k() { float2 a = float2(1); int n = 1; "
                + statement
                + " }");
    assertTrue(message.contains(expected), message);
  }

  /** Close to what is refused above. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "float dot = metal::dot(a, a); dot += 1;",
        "half3 h = half3(half2(1), half(1)); h = half3(float3(1)); h = half3(1, 2.0f, 3u);",
        "float4 v = float4(float2(int2(1)), a); v = float4(1, 2u, a);",
        "int x = clamp(1, 3, 1); uint y = min(2u, 3u); x = min(true, 2); x = max(short(1),"
            + " short(2));",
        "float2 v = max(a, 0.0f); v = pow(a, 2.0f); float y = pow(a.x, 2); y = fma(1, 2, a.y);",
        "float x = select(1.0f, 2.0f, true);",
        "switch (n) { case 1: { int b = 5; n = b; break; } case 2: break; }",
        "switch (n) { case 1: int b; b = 1; break; case 2: b = 2; break; }",
        "int b = 4; switch (n) { case 1: n = b; break; default: break; }",
        "switch (n) { case 1: switch (n) { case 3: n = 2; } case 2: int b = 1; n = b; }",
        "float x = fmod(1, 2);",
        "int x = 1; { int y = x; int x = 2; n = x + y; }",
      })
  void whatMetalTakes(String statement) {
    MetalProgram.compile(
        "#include <metal_stdlib>\nusing namespace metal;\n"
            + "float fmod(int a, int b) { return a; }\n"
            + "kernel void k() { float2 a = float2(1); int n = 1; "
            + statement
            + " }",
        "t.metal");
  }

  @Test
  void bombsAreDefused() {
    StringBuilder macros = new StringBuilder("#define A0 x x x x x x x x x x\n");
    for (int i = 1; i < 12; i++) {
      macros.append("#define A").append(i);
      for (int j = 0; j < 10; j++) {
        macros.append(" A").append(i - 1);
      }
      macros.append('\n');
    }
    assertTrue(refusal(macros + "A11").contains("macros expand to over"));
    assertTrue(
        refusal("kernel void k() { int x = " + "(".repeat(100000) + "; }").contains("nested over"));
    assertTrue(
        refusal("kernel void k() { int x = 1" + " + 1".repeat(100000) + "; }")
            .contains("operators in a row"));
    assertTrue(refusal("kernel void k() {" + "{".repeat(100000) + "}").contains("nested over"));
    assertTrue(
        refusal(
                "kernel void k(device int* o) {"
                    + "o[0] = 0"
                    + " + o[1] * o[2]".repeat(4000)
                    + ";}")
            .contains("too large for one JVM method"));
  }
}
