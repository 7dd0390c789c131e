package dev.axon64.app.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Instructions by the functions that were being executed, as a tree of calls. */
final class CallTree {
  /** A function, as it is told from others. */
  record Function(String name, String object) {}

  /**
   * How much of the run a function has.
   *
   * @param self instructions in itself
   * @param all instructions in itself and in what it calls
   */
  record Share(Function function, long self, long all) {}

  private final Function function;
  private final Map<Function, CallTree> callees =
      new TreeMap<>(Comparator.comparing(Function::name).thenComparing(Function::object));
  private long self;
  private long all;

  /** The root, above all functions. */
  CallTree(String name) {
    this(new Function(name, ""));
  }

  private CallTree(Function function) {
    this.function = function;
  }

  /** Adds instructions that were executed with this stack, the outermost function first. */
  void add(List<GuestSymbols.Place> stack, long instructions) {
    CallTree node = this;
    node.all += instructions;
    for (GuestSymbols.Place place : stack) {
      node =
          node.callees.computeIfAbsent(
              new Function(place.function(), place.object()), CallTree::new);
      node.all += instructions;
    }
    node.self += instructions;
  }

  Function function() {
    return function;
  }

  /** Instructions of the function itself, called in this way. */
  long self() {
    return self;
  }

  /** Instructions of the function and of what it calls. */
  long all() {
    return all;
  }

  /** What it calls, by name. */
  List<CallTree> callees() {
    return List.copyOf(callees.values());
  }

  /** All functions, those with most instructions of their own first. */
  List<Share> functions() {
    Map<Function, long[]> sums = new LinkedHashMap<>();
    callees.values().forEach(each -> each.sum(sums, new HashSet<>()));
    List<Share> shares = new ArrayList<>();
    sums.forEach((each, sum) -> shares.add(new Share(each, sum[0], sum[1])));
    shares.sort(
        Comparator.comparingLong(Share::self)
            .thenComparingLong(Share::all)
            .reversed()
            .thenComparing(share -> share.function().name()));
    return shares;
  }

  /** A function that calls itself counts once. */
  private void sum(Map<Function, long[]> sums, Set<Function> above) {
    long[] sum = sums.computeIfAbsent(function, each -> new long[2]);
    sum[0] += self;
    boolean first = above.add(function);
    if (first) {
      sum[1] += all;
    }
    callees.values().forEach(each -> each.sum(sums, above));
    if (first) {
      above.remove(function);
    }
  }
}
