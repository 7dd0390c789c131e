package dev.axon64.metal.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

/** Which function, type or member a name means. */
class NamesTest {
  @Test
  void templatesAndOverloads() {
    assertArrayEquals(
        new int[] {3, 7, 1, 2, 10, 8},
        Shaders.ints(
            """
            template <typename T> T twice(T x) { return x + x; }
            template <typename T, int N> T times(T x) { return x * N; }
            template <typename T> struct Pair { T a; T b; T sum() { return a + b; } };
            int kind(int x) { return 1; }
            int kind(float x) { return 2; }
            typedef uint word;
            using real = float;
            """,
            """
            out[0] = int(twice(1.5f));
            Pair<int> p = {3, 4};
            out[1] = p.sum();
            out[2] = kind(word(1) > 0u ? 1 : 0);
            out[3] = kind(real(1));
            out[4] = times<int, 5>(2);
            out[5] = twice(4);
            """,
            6));
  }

  @Test
  void aTemplateSeesNoMembersOfItsCaller() {
    assertArrayEquals(
        new int[] {12},
        Shaders.ints(
            """
            template <typename T> T larger(T a, T b) { return max(a, b); }
            struct S {
              int n;
              int max(int a, int b) { return 100; }
              int of(int a) { return larger(a, n); }
            };
            """,
            """
            S s = {12};
            out[0] = s.of(7);
            """,
            1));
  }

  @Test
  void aDefaultCallsFunctions() {
    assertArrayEquals(
        new int[] {5, 9, 6},
        Shaders.ints(
            """
            int three() { return 3; }
            int six() { return 2 * three(); }
            int sum(int a, int b = three()) { return a + b; }
            int nested(int a, int b = sum(three())) { return a + b; }
            """,
            """
            out[0] = sum(2);
            out[1] = nested(3);
            out[2] = sum(2, 4);
            """,
            3));
  }

  @Test
  void templatesTellTypesOfOneNameApart() {
    assertArrayEquals(
        new int[] {4, 12},
        Shaders.ints(
            """
            template <typename T> int bytes(T x) { return int(sizeof(x)); }
            int one() { struct Local { int a; }; Local l = {1}; return bytes(l); }
            int two() { struct Local { int a[3]; }; Local l = {{1, 2, 3}}; return bytes(l); }
            """,
            """
            out[0] = one();
            out[1] = two();
            """,
            2));
  }

  @Test
  void structsOfOneNameHaveTheirOwnConstants() {
    assertArrayEquals(
        new int[] {1, 2, 1},
        Shaders.ints(
            """
            struct S { static constant int K = 1; int x; };
            int inner() { struct S { static constant int K = 2; int x; }; return S::K; }
            """,
            """
            out[0] = S::K;
            out[1] = inner();
            out[2] = S::K;
            """,
            3));
  }
}
