package dev.axon64.linux.programs;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A script of {@code programs.list}, which says what its lines mean.
 *
 * @param isShort whether it is part of the short run
 * @param needs programs without which it cannot run
 * @param script for /bin/sh
 * @param expected what it prints; empty to ask qemu-aarch64
 */
record ProgramCase(
    String name, boolean isShort, List<String> needs, String script, String expected) {
  /** Where programs are looked for. */
  static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private static final Pattern HEAD = Pattern.compile("== (.*?)(\\*?): (.*)");

  /** All cases of a list. */
  static List<ProgramCase> read(List<String> lines) {
    List<ProgramCase> all = new ArrayList<>();
    List<String> body = List.of();
    Matcher head = null;
    for (String line : lines) {
      Matcher next = HEAD.matcher(line);
      if (next.matches() || line.startsWith("## ")) {
        add(all, head, body);
        head = next.matches() ? next : null;
        body = new ArrayList<>();
      } else if (head != null) {
        body.add(line);
      }
    }
    add(all, head, body);
    return all;
  }

  private static void add(List<ProgramCase> all, Matcher head, List<String> body) {
    if (head != null) {
      List<String> script = new ArrayList<>();
      StringBuilder expected = new StringBuilder();
      for (String line : body) {
        if (line.startsWith("> ")) {
          expected.append(line.substring(2)).append('\n');
        } else {
          script.add(line);
        }
      }
      all.add(
          new ProgramCase(
              head.group(1),
              !head.group(2).isEmpty(),
              List.of(head.group(3).split(" ")),
              String.join("\n", script),
              expected.toString()));
    }
  }

  /** The programs that a root lacks. */
  List<String> missing(Path root) {
    return needs.stream().filter(program -> !isThere(root, program)).toList();
  }

  private static boolean isThere(Path root, String program) {
    for (String folder : program.startsWith("/") ? List.of("") : List.of(PATH.split(":"))) {
      Path file = root.resolve((folder + "/" + program).substring(1));
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        return true;
      }
    }
    return false;
  }
}
