package dev.axon64.app.profile;

import dev.axon64.app.report.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A profile as JSON: everything that was counted, times in milliseconds. */
record ProfileJson(Outcome outcome) {
  private static final double MILLI = 1e6;

  String text() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("program", outcome.program());
    all.put("ending", outcome.status().ending());
    all.put("exit", outcome.status().shellCode());
    all.put("instructions", outcome.status().instructions());
    all.put("ms", outcome.nanoseconds() / MILLI);
    all.put("samples", outcome.samples().count());
    all.put("instructionsBetweenSamples", outcome.samples().every());
    all.put("functions", outcome.samples().tree().functions().stream().map(this::share).toList());
    all.put("regions", outcome.regions().stream().map(this::region).toList());
    List<Object> stacks = new ArrayList<>();
    outcome.samples().tree().callees().forEach(callee -> stacks(callee, new ArrayList<>(), stacks));
    all.put("stacks", stacks);
    return Json.text(all);
  }

  private Map<String, Object> share(CallTree.Share share) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("function", share.function().name());
    one.put("object", share.function().object());
    one.put("self", share.self());
    one.put("total", share.all());
    return one;
  }

  private Map<String, Object> region(RegionProfile.Entry region) {
    Compilations.Compiled compiled = outcome.compiled(region);
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("address", "0x" + Long.toHexString(region.pc()));
    one.put("function", region.place().function());
    one.put("offset", region.place().offset());
    one.put("object", region.place().object());
    one.put("instructions", region.executed());
    one.put("entered", region.entries());
    one.put("guestInstructions", region.translation().instructions());
    one.put("bytecode", region.translation().bytes());
    one.put("translationMs", region.nanoseconds() / MILLI);
    one.put("compilations", compiled.times());
    one.put("compilationMs", compiled.nanoseconds() / MILLI);
    one.put("machineCode", compiled.codeSize());
    one.put("exits", region.exits());
    return one;
  }

  private static void stacks(CallTree tree, List<String> above, List<Object> found) {
    above.add(tree.function().name());
    if (tree.self() > 0) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("frames", List.copyOf(above));
      one.put("instructions", tree.self());
      found.add(one);
    }
    tree.callees().forEach(callee -> stacks(callee, above, found));
    above.removeLast();
  }
}
