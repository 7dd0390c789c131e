static u64 bits(double value) {
  u64 all;
  __builtin_memcpy(&all, &value, sizeof all);
  return all;
}
