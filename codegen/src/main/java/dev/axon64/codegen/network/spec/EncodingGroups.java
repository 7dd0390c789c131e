package dev.axon64.codegen.network.spec;

import dev.axon64.codegen.support.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The group statements of a spec. */
final class EncodingGroups {
  private record Group(Line line, String name, int mask, int value) {}

  private final Map<String, Group> groups = new LinkedHashMap<>();

  /** Adds a statement, and returns how many there are now. */
  int add(Line line) {
    String[] parts = line.rest().split("\\s+", 2);
    String pattern = parts.length < 2 ? "" : parts[1].replaceAll("\\s+", "");
    if (!pattern.matches("[01.]{32}")) {
      throw line.error(
          "expected 'group NAME PATTERN' with 32 characters 0, 1 or . ; there are "
              + pattern.length());
    }
    String name = line.name(parts[0]);
    int mask = Integer.parseUnsignedInt(pattern.replaceAll("[01]", "1").replace('.', '0'), 2);
    int value = Integer.parseUnsignedInt(pattern.replace('.', '0'), 2);
    Group group = new Group(line, name, mask, value);
    Group earlier = groups.putIfAbsent(name, group);
    if (earlier != null) {
      throw line.error(
          "group '" + name + "' stands at " + earlier.line().place() + " already; rename one");
    }
    checkReachable(group);
    return groups.size();
  }

  /** The groups in the order of the spec, each with the one kernel that names it. */
  List<EncodingGroup> served(String where, List<SpecBuilder.Kernel> kernels) {
    Map<String, Integer> kernelOf = new LinkedHashMap<>();
    for (int k = 0; k < kernels.size(); k++) {
      for (String name : kernels.get(k).groups()) {
        Line line = kernels.get(k).line();
        if (!groups.containsKey(name)) {
          throw line.error("there is no group '" + name + "'; add one or mend the name");
        }
        Integer other = kernelOf.putIfAbsent(name, k);
        if (other != null) {
          String place = kernels.get(other).line().place();
          throw line.error("group '" + name + "' is served at " + place + " already; drop one");
        }
      }
    }
    List<EncodingGroup> result = new ArrayList<>();
    for (Group group : groups.values()) {
      Integer kernel = kernelOf.get(group.name);
      if (kernel == null) {
        throw group.line.error("no kernel serves group '" + group.name + "'; name it at one");
      }
      result.add(new EncodingGroup(group.name, group.mask, group.value, kernel));
    }
    if (result.isEmpty() || result.get(result.size() - 1).mask() != 0) {
      throw new InputException(
          where, "leaves words without a group; end the groups with one of 32 dots");
    }
    return result;
  }

  private void checkReachable(Group group) {
    EncodingGroup late = new EncodingGroup(group.name, group.mask, group.value, 0);
    for (Group earlier : groups.values()) {
      boolean covers = new EncodingGroup(earlier.name, earlier.mask, earlier.value, 0).covers(late);
      if (earlier != group && covers) {
        throw group.line.error(
            "group '"
                + group.name
                + "' can never match: '"
                + earlier.name
                + "' at "
                + earlier.line().place()
                + " takes all its words; swap them");
      }
    }
  }
}
