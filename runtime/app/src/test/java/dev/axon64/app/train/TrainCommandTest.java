package dev.axon64.app.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.axon64.codegen.support.InputException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class TrainCommandTest {
  private static final List<String> SUFFIXES =
      List.of(".npy", ".safetensors", ".card.json", ".card.md", ".curve.svg");

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void documentedCommandReproducesTheShippedFilesOfA64() throws Exception {
    assertReproduced("a64");
  }

  @Test
  void documentedCommandReproducesTheShippedFilesOfKvrm7() throws Exception {
    assertReproduced("kvrm7");
  }

  private void assertReproduced(String model) throws Exception {
    assertEquals(0, run("--model", model, "--out", folder.toString()));
    for (String suffix : SUFFIXES) {
      String name = model + suffix;
      try (InputStream shipped = getClass().getResourceAsStream("/dev/axon64/models/" + name)) {
        assertArrayEquals(
            shipped.readAllBytes(),
            Files.readAllBytes(folder.resolve(name)),
            name
                + " differs; refresh with: ./axon64 train --model "
                + model
                + " --out weights/models");
      }
    }
  }

  /** A shape that the first seed does not train, and the second does. */
  @Test
  void aShapeOfOnesOwnIsTriedWithOtherSeeds() throws Exception {
    Path spec = folder.resolve("small.spec");
    try (InputStream text = getClass().getResourceAsStream("/small.spec")) {
      Files.copy(text, spec);
    }
    try (InputStream groups =
        getClass().getResourceAsStream("/dev/axon64/models/encoding-groups.spec")) {
      Files.copy(groups, folder.resolve("encoding-groups.spec"));
    }
    String trained = folder.resolve("trained").toString();
    assertEquals(0, run("--spec", spec.toString(), "--epochs", "600", "--out", trained));
    List<String> said = err.toString().lines().filter(line -> !line.contains(" loss ")).toList();
    assertEquals(2, said.size(), said.toString());
    assertTrue(said.get(0).contains("no exact network in 600 epochs"), said.get(0));
    assertTrue(said.get(1).endsWith("trying --seed 2"), said.get(1));
    JsonObject card =
        JsonParser.parseString(Files.readString(Path.of(trained, "small.card.json")))
            .getAsJsonObject();
    assertEquals(0, card.getAsJsonObject("completeDomain").get("errors").getAsInt());
    assertTrue(card.get("command").getAsString().contains("--seed 2"), card.toString());
  }

  @Test
  void resultThatIsNotExactIsNotWritten() {
    assertEquals(1, run("--epochs", "2", "--out", folder.resolve("none").toString()));
    assertFalse(Files.exists(folder.resolve("none")));
    assertTrue(err.toString().contains("no exact network in 2 epochs"), err.toString());
    assertEquals(1, err.toString().lines().count());
  }

  @Test
  void resultThatIsNotExactIsKeptOnRequestAndItsCardSaysSo() throws Exception {
    assertEquals(1, run("--epochs", "2", "--keep-inexact", "--out", folder.toString()));
    JsonObject card =
        JsonParser.parseString(Files.readString(folder.resolve("a64.card.json"))).getAsJsonObject();
    assertTrue(card.getAsJsonObject("completeDomain").get("errors").getAsInt() > 0);
    assertFalse(card.getAsJsonObject("network").get("exactInFloat32").getAsBoolean());
    assertEquals(
        "./axon64 train --model a64 --epochs 2 --out DIR", card.get("command").getAsString());
  }

  @Test
  void checkpointOfTheCommandResumesThere() throws Exception {
    String file = folder.resolve("state").toString();
    String kept = folder.resolve("kept").toString();
    String again = folder.resolve("again").toString();
    run("--epochs", "12", "--checkpoint", file, "--keep-inexact", "--out", kept);
    run("--epochs", "12", "--resume", file, "--keep-inexact", "--out", again);
    assertArrayEquals(
        Files.readAllBytes(Path.of(kept, "a64.npy")),
        Files.readAllBytes(Path.of(again, "a64.npy")));
  }

  @Test
  void baselineWritesItsFiles() throws Exception {
    assertEquals(0, run("--arch", "feedforward", "--epochs", "1", "--out", folder.toString()));
    for (String suffix : SUFFIXES) {
      assertTrue(Files.size(folder.resolve("a64-feedforward" + suffix)) > 0, suffix);
    }
  }

  @Test
  void unusableOptionsAreRefusedInOneLine() throws Exception {
    assertRefused("one of [a64, kvrm7]", "--model", "nosuch");
    assertRefused("leave it out beside --spec", "--model", "a64", "--spec", "x.spec");
    assertRefused("is no architecture", "--arch", "nosuch");
    assertRefused("is out of range", "--epochs", "0");
    assertRefused("no such file", "--spec", folder.resolve("x.spec").toString());
    assertRefused("no such file", "--resume", folder.resolve("x").toString());
    assertRefused("leave out checkpoints", "--ablation", "--resume", "x");
    Path file = Files.createFile(folder.resolve("file"));
    assertRefused("is a file; name a folder", "--out", file.toString());
  }

  private void assertRefused(String why, String... arguments) {
    CommandLine line = line();
    line.setExecutionExceptionHandler(
        (e, c, p) -> {
          throw e;
        });
    InputException e =
        assertThrows(
            InputException.class,
            () -> {
              line.parseArgs(arguments);
              ((TrainCommand) line.getCommand()).call();
            });
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }

  private int run(String... arguments) {
    return line().execute(arguments);
  }

  private CommandLine line() {
    CommandLine line = new CommandLine(new TrainCommand());
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line;
  }
}
