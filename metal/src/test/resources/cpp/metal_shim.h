// Enough of the Metal library for a shader to compile as C++14. The meaning of each function is
// written out once more here, independently of the Java code that it is compared with.
#pragma once
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <type_traits>

#define device
#define thread
#define threadgroup
#define constant const
#define kernel
#define METAL_FUNC inline

namespace axon64_grid {
static uint64_t width, height, depth;
}

typedef unsigned char uchar;
typedef unsigned short ushort;
typedef unsigned int uint;
typedef unsigned long ulong;
using std::int8_t;
using std::uint8_t;

namespace metal {

template <typename To, typename From>
inline To as_type(From from) {
  static_assert(sizeof(To) == sizeof(From), "sizes differ");
  To to;
  std::memcpy(&to, &from, sizeof to);
  return to;
}

template <typename T> using uns = typename std::make_unsigned<T>::type;
template <typename T> using integral = typename std::enable_if<std::is_integral<T>::value, T>::type;

// Floats: one argument NaN gives the other.
inline float max(float a, float b) { return a != a || a < b ? b : a; }
inline float min(float a, float b) { return a != a || b < a ? b : a; }
inline float clamp(float x, float lo, float hi) { return min(max(x, lo), hi); }
template <typename T> inline integral<T> max(T a, T b) { return a < b ? b : a; }
template <typename T> inline integral<T> min(T a, T b) { return b < a ? b : a; }
template <typename T> inline integral<T> clamp(T x, T lo, T hi) { return min(max(x, lo), hi); }
inline float fmax(float a, float b) { return max(a, b); }
inline float fmin(float a, float b) { return min(a, b); }
inline float abs(float x) { return std::fabs(x); }
inline float fabs(float x) { return std::fabs(x); }
inline int abs(int x) { return x < 0 ? -x : x; }
inline long abs(long x) { return x < 0 ? -x : x; }
inline float sqrt(float x) { return std::sqrt(x); }
inline float rsqrt(float x) { return 1.0f / std::sqrt(x); }
inline float floor(float x) { return std::floor(x); }
inline float ceil(float x) { return std::ceil(x); }
inline float trunc(float x) { return std::trunc(x); }
inline float round(float x) { return std::round(x); }
inline float rint(float x) { return std::nearbyint(x); }
inline float fract(float x) {
  if (std::isinf(x)) return 0.0f;
  float f = x - std::floor(x);
  return f >= 1.0f ? 0.99999994f : f;
}
inline float fmod(float a, float b) { return std::fmod(a, b); }
inline float fma(float a, float b, float c) { return std::fma(a, b, c); }
inline float mad(float a, float b, float c) { return a * b + c; }
inline float mix(float a, float b, float t) { return a + (b - a) * t; }
inline float step(float edge, float x) { return x < edge ? 0.0f : 1.0f; }
inline float saturate(float x) { return clamp(x, 0.0f, 1.0f); }
inline float sign(float x) { return x > 0 ? 1.0f : x < 0 ? -1.0f : x == 0 ? x : 0.0f; }
inline float copysign(float a, float b) { return std::copysign(a, b); }
inline float smoothstep(float a, float b, float x) {
  float t = saturate((x - a) / (b - a));
  return t * t * (3.0f - 2.0f * t);
}
#define AXON64_BY_DOUBLE(name) \
  inline float name(float x) { return (float)std::name((double)x); }
AXON64_BY_DOUBLE(exp) AXON64_BY_DOUBLE(log) AXON64_BY_DOUBLE(sin) AXON64_BY_DOUBLE(cos)
AXON64_BY_DOUBLE(tan) AXON64_BY_DOUBLE(tanh) AXON64_BY_DOUBLE(exp2) AXON64_BY_DOUBLE(log2)
AXON64_BY_DOUBLE(log10)
inline float pow(float a, float b) { return (float)std::pow((double)a, (double)b); }
inline bool isnan(float x) { return x != x; }
inline bool isinf(float x) { return std::isinf(x); }
inline bool isfinite(float x) { return std::isfinite(x); }
inline bool signbit(float x) { return std::signbit(x); }

template <typename T> inline integral<T> popcount(T x) {
  return (T)__builtin_popcountll((unsigned long long)(uns<T>)x);
}
template <typename T> inline integral<T> clz(T x) {
  int bits = 8 * sizeof(T);
  uns<T> u = (uns<T>)x;
  return (T)(u == 0 ? bits : __builtin_clzll((unsigned long long)u) - (64 - bits));
}
template <typename T> inline integral<T> ctz(T x) {
  uns<T> u = (uns<T>)x;
  return (T)(u == 0 ? 8 * sizeof(T) : __builtin_ctzll((unsigned long long)u));
}
template <typename T> inline integral<T> reverse_bits(T x) {
  uns<T> u = (uns<T>)x, r = 0;
  for (unsigned i = 0; i < 8 * sizeof(T); i++) {
    r = (uns<T>)(r << 1 | (u >> i & 1));
  }
  return (T)r;
}
template <typename T> inline integral<T> rotate(T x, T by) {
  unsigned bits = 8 * sizeof(T), n = (unsigned)by & (bits - 1);
  uns<T> u = (uns<T>)x;
  return n == 0 ? x : (T)(uns<T>)(u << n | u >> (bits - n));
}
template <typename T> inline integral<T> mulhi(T a, T b) {
  typedef typename std::conditional<std::is_signed<T>::value, __int128, unsigned __int128>::type W;
  return (T)((W)a * (W)b >> (8 * sizeof(T)));
}
template <typename T> inline integral<T> absdiff(T a, T b) {
  return a > b ? (T)((uns<T>)a - (uns<T>)b) : (T)((uns<T>)b - (uns<T>)a);
}
template <typename T> inline integral<T> hadd(T a, T b) { return (T)(((__int128)a + b) >> 1); }
template <typename T> inline integral<T> rhadd(T a, T b) { return (T)(((__int128)a + b + 1) >> 1); }
template <typename T> inline integral<T> saturated(__int128 x) {
  __int128 lo = std::numeric_limits<T>::min(), hi = std::numeric_limits<T>::max();
  return (T)(x < lo ? lo : x > hi ? hi : x);
}
template <typename T> inline integral<T> addsat(T a, T b) { return saturated<T>((__int128)a + b); }
template <typename T> inline integral<T> subsat(T a, T b) { return saturated<T>((__int128)a - b); }
template <typename T> inline T select(T a, T b, bool c) { return c ? b : a; }

// Vectors, with the swizzles that the tests use.
template <typename T, int N> struct vec;
template <typename T, int M, int... I> struct swizzle {
  T all[M];
  operator vec<T, sizeof...(I)>() const { return vec<T, sizeof...(I)>(all[I]...); }
  swizzle& operator=(const vec<T, sizeof...(I)>& v) {
    int at[] = {I...};
    vec<T, sizeof...(I)> copy = v;
    for (unsigned i = 0; i < sizeof...(I); i++) all[at[i]] = copy[i];
    return *this;
  }
  swizzle& operator=(const swizzle& s) { return *this = (vec<T, sizeof...(I)>)s; }
};

template <typename T> struct alignas(sizeof(T) * 2) vec<T, 2> {
  union {
    struct { T x, y; };
    struct { T r, g; };
    T all[2];
    swizzle<T, 2, 0, 0> xx;
    swizzle<T, 2, 0, 1> xy;
    swizzle<T, 2, 1, 0> yx;
    swizzle<T, 2, 1, 1> yy;
    swizzle<T, 2, 0, 0, 0> xxx;
    swizzle<T, 2, 0, 0, 0, 0> xxxx;
  };
  vec() { for (T& t : all) t = T(); }
  vec(T t) { for (T& a : all) a = t; }
  vec(T x_, T y_) { x = x_; y = y_; }
  vec(const vec& v) { std::memcpy(all, v.all, sizeof all); }
  template <typename U> explicit vec(const vec<U, 2>& v) { for (int i = 0; i < 2; i++) all[i] = (T)v[i]; }
  vec& operator=(const vec& v) { std::memcpy(all, v.all, sizeof all); return *this; }
  T& operator[](int i) { return all[i]; }
  const T& operator[](int i) const { return all[i]; }
};

template <typename T> struct alignas(sizeof(T) * 4) vec<T, 3> {
  union {
    struct { T x, y, z; };
    struct { T r, g, b; };
    T all[3];
    swizzle<T, 3, 0, 0> xx;
    swizzle<T, 3, 0, 1> xy;
    swizzle<T, 3, 0, 2> xz;
    swizzle<T, 3, 1, 0> yx;
    swizzle<T, 3, 1, 1> yy;
    swizzle<T, 3, 1, 2> yz;
    swizzle<T, 3, 2, 0> zx;
    swizzle<T, 3, 2, 1> zy;
    swizzle<T, 3, 2, 2> zz;
    swizzle<T, 3, 0, 0, 0> xxx;
    swizzle<T, 3, 0, 1, 2> xyz;
    swizzle<T, 3, 0, 2, 1> xzy;
    swizzle<T, 3, 1, 0, 2> yxz;
    swizzle<T, 3, 1, 2, 0> yzx;
    swizzle<T, 3, 2, 0, 1> zxy;
    swizzle<T, 3, 2, 1, 0> zyx;
    swizzle<T, 3, 0, 0, 0, 0> xxxx;
  };
  vec() { for (T& t : all) t = T(); }
  vec(T t) { for (T& a : all) a = t; }
  vec(T x_, T y_, T z_) { x = x_; y = y_; z = z_; }
  vec(const vec<T, 2>& v, T z_) { x = v[0]; y = v[1]; z = z_; }
  vec(const vec& v) { std::memcpy(all, v.all, sizeof all); }
  template <typename U> explicit vec(const vec<U, 3>& v) { for (int i = 0; i < 3; i++) all[i] = (T)v[i]; }
  vec& operator=(const vec& v) { std::memcpy(all, v.all, sizeof all); return *this; }
  T& operator[](int i) { return all[i]; }
  const T& operator[](int i) const { return all[i]; }
};

template <typename T> struct alignas(sizeof(T) * 4) vec<T, 4> {
  union {
    struct { T x, y, z, w; };
    struct { T r, g, b, a; };
    T all[4];
    swizzle<T, 4, 0, 0> xx;
    swizzle<T, 4, 0, 1> xy;
    swizzle<T, 4, 0, 2> xz;
    swizzle<T, 4, 0, 3> xw;
    swizzle<T, 4, 1, 0> yx;
    swizzle<T, 4, 1, 1> yy;
    swizzle<T, 4, 1, 2> yz;
    swizzle<T, 4, 1, 3> yw;
    swizzle<T, 4, 2, 0> zx;
    swizzle<T, 4, 2, 1> zy;
    swizzle<T, 4, 2, 2> zz;
    swizzle<T, 4, 2, 3> zw;
    swizzle<T, 4, 3, 0> wx;
    swizzle<T, 4, 3, 1> wy;
    swizzle<T, 4, 3, 2> wz;
    swizzle<T, 4, 3, 3> ww;
    swizzle<T, 4, 0, 0, 0> xxx;
    swizzle<T, 4, 0, 1, 2> xyz;
    swizzle<T, 4, 0, 1, 3> xyw;
    swizzle<T, 4, 0, 2, 1> xzy;
    swizzle<T, 4, 0, 2, 3> xzw;
    swizzle<T, 4, 0, 3, 1> xwy;
    swizzle<T, 4, 0, 3, 2> xwz;
    swizzle<T, 4, 1, 0, 2> yxz;
    swizzle<T, 4, 1, 0, 3> yxw;
    swizzle<T, 4, 1, 2, 0> yzx;
    swizzle<T, 4, 1, 2, 3> yzw;
    swizzle<T, 4, 1, 3, 0> ywx;
    swizzle<T, 4, 1, 3, 2> ywz;
    swizzle<T, 4, 2, 0, 1> zxy;
    swizzle<T, 4, 2, 0, 3> zxw;
    swizzle<T, 4, 2, 1, 0> zyx;
    swizzle<T, 4, 2, 1, 3> zyw;
    swizzle<T, 4, 2, 3, 0> zwx;
    swizzle<T, 4, 2, 3, 1> zwy;
    swizzle<T, 4, 3, 0, 1> wxy;
    swizzle<T, 4, 3, 0, 2> wxz;
    swizzle<T, 4, 3, 1, 0> wyx;
    swizzle<T, 4, 3, 1, 2> wyz;
    swizzle<T, 4, 3, 2, 0> wzx;
    swizzle<T, 4, 3, 2, 1> wzy;
    swizzle<T, 4, 0, 0, 0, 0> xxxx;
    swizzle<T, 4, 0, 1, 2, 3> xyzw;
    swizzle<T, 4, 0, 1, 3, 2> xywz;
    swizzle<T, 4, 0, 2, 1, 3> xzyw;
    swizzle<T, 4, 0, 2, 3, 1> xzwy;
    swizzle<T, 4, 0, 3, 1, 2> xwyz;
    swizzle<T, 4, 0, 3, 2, 1> xwzy;
    swizzle<T, 4, 1, 0, 2, 3> yxzw;
    swizzle<T, 4, 1, 0, 3, 2> yxwz;
    swizzle<T, 4, 1, 2, 0, 3> yzxw;
    swizzle<T, 4, 1, 2, 3, 0> yzwx;
    swizzle<T, 4, 1, 3, 0, 2> ywxz;
    swizzle<T, 4, 1, 3, 2, 0> ywzx;
    swizzle<T, 4, 2, 0, 1, 3> zxyw;
    swizzle<T, 4, 2, 0, 3, 1> zxwy;
    swizzle<T, 4, 2, 1, 0, 3> zyxw;
    swizzle<T, 4, 2, 1, 3, 0> zywx;
    swizzle<T, 4, 2, 3, 0, 1> zwxy;
    swizzle<T, 4, 2, 3, 1, 0> zwyx;
    swizzle<T, 4, 3, 0, 1, 2> wxyz;
    swizzle<T, 4, 3, 0, 2, 1> wxzy;
    swizzle<T, 4, 3, 1, 0, 2> wyxz;
    swizzle<T, 4, 3, 1, 2, 0> wyzx;
    swizzle<T, 4, 3, 2, 0, 1> wzxy;
    swizzle<T, 4, 3, 2, 1, 0> wzyx;
  };
  vec() { for (T& t : all) t = T(); }
  vec(T t) { for (T& a : all) a = t; }
  vec(T x_, T y_, T z_, T w_) { x = x_; y = y_; z = z_; w = w_; }
  vec(const vec<T, 3>& v, T w_) { x = v[0]; y = v[1]; z = v[2]; w = w_; }
  vec(const vec<T, 2>& v, const vec<T, 2>& u) { x = v[0]; y = v[1]; z = u[0]; w = u[1]; }
  vec(const vec& v) { std::memcpy(all, v.all, sizeof all); }
  template <typename U> explicit vec(const vec<U, 4>& v) { for (int i = 0; i < 4; i++) all[i] = (T)v[i]; }
  vec& operator=(const vec& v) { std::memcpy(all, v.all, sizeof all); return *this; }
  T& operator[](int i) { return all[i]; }
  const T& operator[](int i) const { return all[i]; }
};

template <typename T, int N> inline vec<T, N> operator+(const vec<T, N>& a, const vec<T, N>& b) {
  vec<T, N> r; for (int i = 0; i < N; i++) r[i] = (T)(a[i] + b[i]); return r; }
template <typename T, int N> inline vec<T, N> operator+(const vec<T, N>& a, typename std::common_type<T>::type b) {
  return a + vec<T, N>(b); }
template <typename T, int N> inline vec<T, N> operator+(typename std::common_type<T>::type a, const vec<T, N>& b) {
  return vec<T, N>(a) + b; }
template <typename T, int N> inline vec<T, N>& operator+=(vec<T, N>& a, const vec<T, N>& b) { return a = a + b; }

template <typename T, int N> inline vec<T, N> operator-(const vec<T, N>& a, const vec<T, N>& b) {
  vec<T, N> r; for (int i = 0; i < N; i++) r[i] = (T)(a[i] - b[i]); return r; }
template <typename T, int N> inline vec<T, N> operator-(const vec<T, N>& a, typename std::common_type<T>::type b) {
  return a - vec<T, N>(b); }
template <typename T, int N> inline vec<T, N> operator-(typename std::common_type<T>::type a, const vec<T, N>& b) {
  return vec<T, N>(a) - b; }
template <typename T, int N> inline vec<T, N>& operator-=(vec<T, N>& a, const vec<T, N>& b) { return a = a - b; }

template <typename T, int N> inline vec<T, N> operator*(const vec<T, N>& a, const vec<T, N>& b) {
  vec<T, N> r; for (int i = 0; i < N; i++) r[i] = (T)(a[i] * b[i]); return r; }
template <typename T, int N> inline vec<T, N> operator*(const vec<T, N>& a, typename std::common_type<T>::type b) {
  return a * vec<T, N>(b); }
template <typename T, int N> inline vec<T, N> operator*(typename std::common_type<T>::type a, const vec<T, N>& b) {
  return vec<T, N>(a) * b; }
template <typename T, int N> inline vec<T, N>& operator*=(vec<T, N>& a, const vec<T, N>& b) { return a = a * b; }

template <typename T, int N> inline vec<T, N> operator/(const vec<T, N>& a, const vec<T, N>& b) {
  vec<T, N> r; for (int i = 0; i < N; i++) r[i] = (T)(a[i] / b[i]); return r; }
template <typename T, int N> inline vec<T, N> operator/(const vec<T, N>& a, typename std::common_type<T>::type b) {
  return a / vec<T, N>(b); }
template <typename T, int N> inline vec<T, N> operator/(typename std::common_type<T>::type a, const vec<T, N>& b) {
  return vec<T, N>(a) / b; }
template <typename T, int N> inline vec<T, N>& operator/=(vec<T, N>& a, const vec<T, N>& b) { return a = a / b; }

template <typename T, int N> inline vec<T, N> operator%(const vec<T, N>& a, const vec<T, N>& b) {
  vec<T, N> r; for (int i = 0; i < N; i++) r[i] = (T)(a[i] % b[i]); return r; }
template <typename T, int N> inline vec<T, N> operator%(const vec<T, N>& a, typename std::common_type<T>::type b) {
  return a % vec<T, N>(b); }
template <typename T, int N> inline vec<T, N> operator%(typename std::common_type<T>::type a, const vec<T, N>& b) {
  return vec<T, N>(a) % b; }
template <typename T, int N> inline vec<T, N>& operator%=(vec<T, N>& a, const vec<T, N>& b) { return a = a % b; }

template <typename T, int N> inline vec<T, N> operator&(const vec<T, N>& a, const vec<T, N>& b) {
  vec<T, N> r; for (int i = 0; i < N; i++) r[i] = (T)(a[i] & b[i]); return r; }
template <typename T, int N> inline vec<T, N> operator&(const vec<T, N>& a, typename std::common_type<T>::type b) {
  return a & vec<T, N>(b); }
template <typename T, int N> inline vec<T, N> operator&(typename std::common_type<T>::type a, const vec<T, N>& b) {
  return vec<T, N>(a) & b; }
template <typename T, int N> inline vec<T, N>& operator&=(vec<T, N>& a, const vec<T, N>& b) { return a = a & b; }

template <typename T, int N> inline vec<T, N> operator|(const vec<T, N>& a, const vec<T, N>& b) {
  vec<T, N> r; for (int i = 0; i < N; i++) r[i] = (T)(a[i] | b[i]); return r; }
template <typename T, int N> inline vec<T, N> operator|(const vec<T, N>& a, typename std::common_type<T>::type b) {
  return a | vec<T, N>(b); }
template <typename T, int N> inline vec<T, N> operator|(typename std::common_type<T>::type a, const vec<T, N>& b) {
  return vec<T, N>(a) | b; }
template <typename T, int N> inline vec<T, N>& operator|=(vec<T, N>& a, const vec<T, N>& b) { return a = a | b; }

template <typename T, int N> inline vec<T, N> operator^(const vec<T, N>& a, const vec<T, N>& b) {
  vec<T, N> r; for (int i = 0; i < N; i++) r[i] = (T)(a[i] ^ b[i]); return r; }
template <typename T, int N> inline vec<T, N> operator^(const vec<T, N>& a, typename std::common_type<T>::type b) {
  return a ^ vec<T, N>(b); }
template <typename T, int N> inline vec<T, N> operator^(typename std::common_type<T>::type a, const vec<T, N>& b) {
  return vec<T, N>(a) ^ b; }
template <typename T, int N> inline vec<T, N>& operator^=(vec<T, N>& a, const vec<T, N>& b) { return a = a ^ b; }

template <typename T, int N> inline vec<bool, N> operator<(const vec<T, N>& a, const vec<T, N>& b) {
  vec<bool, N> r; for (int i = 0; i < N; i++) r[i] = a[i] < b[i]; return r; }

template <typename T, int N> inline vec<bool, N> operator>(const vec<T, N>& a, const vec<T, N>& b) {
  vec<bool, N> r; for (int i = 0; i < N; i++) r[i] = a[i] > b[i]; return r; }

template <typename T, int N> inline vec<bool, N> operator<=(const vec<T, N>& a, const vec<T, N>& b) {
  vec<bool, N> r; for (int i = 0; i < N; i++) r[i] = a[i] <= b[i]; return r; }

template <typename T, int N> inline vec<bool, N> operator>=(const vec<T, N>& a, const vec<T, N>& b) {
  vec<bool, N> r; for (int i = 0; i < N; i++) r[i] = a[i] >= b[i]; return r; }

template <typename T, int N> inline vec<bool, N> operator==(const vec<T, N>& a, const vec<T, N>& b) {
  vec<bool, N> r; for (int i = 0; i < N; i++) r[i] = a[i] == b[i]; return r; }

template <typename T, int N> inline vec<bool, N> operator!=(const vec<T, N>& a, const vec<T, N>& b) {
  vec<bool, N> r; for (int i = 0; i < N; i++) r[i] = a[i] != b[i]; return r; }

template <typename T, int N> inline vec<T, N> operator-(const vec<T, N>& a) {
  vec<T, N> r; for (int i = 0; i < N; i++) r[i] = (T)-a[i]; return r; }
template <typename T, int N> inline vec<T, N> operator~(const vec<T, N>& a) {
  vec<T, N> r; for (int i = 0; i < N; i++) r[i] = (T)~a[i]; return r; }
template <int N> inline bool any(const vec<bool, N>& a) {
  bool r = false; for (int i = 0; i < N; i++) r |= a[i]; return r; }
template <int N> inline bool all(const vec<bool, N>& a) {
  bool r = true; for (int i = 0; i < N; i++) r &= a[i]; return r; }
template <int N> inline float dot(const vec<float, N>& a, const vec<float, N>& b) {
  float r = a[0] * b[0]; for (int i = 1; i < N; i++) r = r + a[i] * b[i]; return r; }
template <typename T, int N> inline vec<T, N> min(const vec<T, N>& a, const vec<T, N>& b) {
  vec<T, N> r; for (int i = 0; i < N; i++) r[i] = min(a[i], b[i]); return r; }
template <typename T, int N> inline vec<T, N> max(const vec<T, N>& a, const vec<T, N>& b) {
  vec<T, N> r; for (int i = 0; i < N; i++) r[i] = max(a[i], b[i]); return r; }
template <typename T, int N> inline vec<T, N> select(const vec<T, N>& a, const vec<T, N>& b, const vec<bool, N>& c) {
  vec<T, N> r; for (int i = 0; i < N; i++) r[i] = c[i] ? b[i] : a[i]; return r; }

typedef vec<bool, 2> bool2;
typedef vec<bool, 3> bool3;
typedef vec<bool, 4> bool4;
typedef vec<char, 2> char2;
typedef vec<char, 3> char3;
typedef vec<char, 4> char4;
typedef vec<uchar, 2> uchar2;
typedef vec<uchar, 3> uchar3;
typedef vec<uchar, 4> uchar4;
typedef vec<short, 2> short2;
typedef vec<short, 3> short3;
typedef vec<short, 4> short4;
typedef vec<ushort, 2> ushort2;
typedef vec<ushort, 3> ushort3;
typedef vec<ushort, 4> ushort4;
typedef vec<int, 2> int2;
typedef vec<int, 3> int3;
typedef vec<int, 4> int4;
typedef vec<uint, 2> uint2;
typedef vec<uint, 3> uint3;
typedef vec<uint, 4> uint4;
typedef vec<long, 2> long2;
typedef vec<long, 3> long3;
typedef vec<long, 4> long4;
typedef vec<ulong, 2> ulong2;
typedef vec<ulong, 3> ulong3;
typedef vec<ulong, 4> ulong4;
typedef vec<float, 2> float2;
typedef vec<float, 3> float3;
typedef vec<float, 4> float4;

template <typename T> struct atomic { T value; };
typedef atomic<int> atomic_int;
typedef atomic<uint> atomic_uint;
enum memory_order { memory_order_relaxed };
template <typename T> inline T atomic_load_explicit(const atomic<T>* a, memory_order) { return a->value; }
template <typename T, typename V> inline void atomic_store_explicit(atomic<T>* a, V v, memory_order) { a->value = (T)v; }
template <typename T, typename V> inline T atomic_fetch_add_explicit(atomic<T>* a, V v, memory_order) { T old = a->value; a->value = a->value + (T)v; return old; }
template <typename T, typename V> inline T atomic_fetch_sub_explicit(atomic<T>* a, V v, memory_order) { T old = a->value; a->value = a->value - (T)v; return old; }
template <typename T, typename V> inline T atomic_fetch_and_explicit(atomic<T>* a, V v, memory_order) { T old = a->value; a->value = a->value & (T)v; return old; }
template <typename T, typename V> inline T atomic_fetch_or_explicit(atomic<T>* a, V v, memory_order) { T old = a->value; a->value = a->value | (T)v; return old; }
template <typename T, typename V> inline T atomic_fetch_xor_explicit(atomic<T>* a, V v, memory_order) { T old = a->value; a->value = a->value ^ (T)v; return old; }
template <typename T, typename V> inline T atomic_fetch_min_explicit(atomic<T>* a, V v, memory_order) { T old = a->value; a->value = min(a->value, (T)v); return old; }
template <typename T, typename V> inline T atomic_fetch_max_explicit(atomic<T>* a, V v, memory_order) { T old = a->value; a->value = max(a->value, (T)v); return old; }
template <typename T, typename V> inline T atomic_exchange_explicit(atomic<T>* a, V v, memory_order) { T old = a->value; a->value = (T)v; return old; }

}  // namespace metal
