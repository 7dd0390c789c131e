package dev.axon64.codegen.isa.compiled;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects texts and numbers them. */
final class Strings {
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> all = new ArrayList<>();

  int number(String text) {
    Integer known = numbers.putIfAbsent(text, all.size());
    if (known == null) {
      all.add(text);
      return all.size() - 1;
    }
    return known;
  }

  List<String> all() {
    return all;
  }
}
