package dev.axon64.bench.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.runtime.cli.Main;
import dev.axon64.runtime.extend.ExtendedModel;
import dev.axon64.runtime.linux.ExitStatus;
import dev.axon64.runtime.linux.LinuxMachine;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the README's section, as they stand there, but for the certificate over all words
 * and the folder that they write to.
 */
class OwnInstructionTest {
  private static final Path ROOT = Path.of(System.getProperty("axon64.root"));
  private static final String PROMPT = "$ ./axon64 ";

  @TempDir private Path folder;

  private List<String> section() throws Exception {
    List<String> lines = Files.readAllLines(ROOT.resolve("README.md"));
    int start = lines.indexOf("## Your own instruction");
    assertTrue(start >= 0, "the README has no such section");
    List<String> section = new ArrayList<>();
    for (String line : lines.subList(start + 1, lines.size())) {
      if (line.startsWith("## ")) {
        break;
      }
      section.add(line);
    }
    return section;
  }

  private static List<String> command(List<String> section, String name) {
    String line =
        section.stream()
            .filter(l -> l.startsWith(PROMPT + name + " "))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no command " + name));
    return new ArrayList<>(Arrays.asList(line.substring(PROMPT.length()).split(" ")));
  }

  @Test
  void commandsOfTheReadmeWork() throws Exception {
    List<String> section = section();
    List<String> extend = command(section, "extend");
    extend.set(extend.indexOf("--isa") + 1, ROOT + "/" + extend.get(extend.indexOf("--isa") + 1));
    String out = extend.set(extend.indexOf("--out") + 1, folder.toString());
    extend.add("--skip-certificate");
    assertEquals(0, Main.run(extend.toArray(String[]::new)));

    List<String> run = command(section, "run --extension");
    assertEquals(out, run.get(run.indexOf("--extension") + 1));
    ExtendedModel model = ExtendedModel.read(folder);
    assertEquals(List.of("SYSTEM", "USER"), model.kernels().fresh());
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    List<String> messages = new ArrayList<>();
    ExitStatus status =
        new LinuxMachine.Builder(model.engines())
            .program(ROOT.resolve(run.getLast()).toString())
            .stdout(output)
            .messages(messages::add)
            .build()
            .run();
    assertEquals(List.of(), messages);
    assertEquals(0, status.shellCode());
    List<String> printed = output.toString(StandardCharsets.UTF_8).lines().toList();
    int at = section.indexOf(PROMPT + String.join(" ", run)) + 1;
    assertEquals(printed, section.subList(at, at + printed.size()));
  }
}
