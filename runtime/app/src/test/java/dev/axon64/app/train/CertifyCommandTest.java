package dev.axon64.app.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.tensor.Tensor;
import dev.axon64.codegen.tensor.TensorFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CertifyCommandTest {
  @TempDir Path folder;

  private Exception failure;

  private int run(String... arguments) {
    failure = null;
    return new CommandLine(new CertifyCommand())
        .setOut(new PrintWriter(new StringWriter()))
        .setExecutionExceptionHandler(
            (e, line, parsed) -> {
              failure = e;
              return 2;
            })
        .execute(arguments);
  }

  private void refused(String message, String... arguments) {
    assertEquals(2, run(arguments));
    assertInstanceOf(InputException.class, failure);
    assertTrue(failure.getMessage().contains(message), failure.getMessage());
  }

  private Path zeros() {
    Path weights = folder.resolve("zeros.npy");
    TensorFiles.writeNpy(weights, new Tensor("", List.of(10_296), new float[10_296]));
    return weights;
  }

  @Test
  void oneShardIsWrittenAndAloneIsNoCertificate() throws IOException {
    Path shard = folder.resolve("shard.json");
    Path out = folder.resolve("certificate.json");
    assertEquals(
        0,
        run("--spec=a64", "--weights=" + zeros(), "--shard=1/256", "--out=" + shard),
        () -> String.valueOf(failure));
    assertTrue(Files.size(shard) > 0);
    refused("0x1000000 on are missing", "--merge", shard.toString(), "--out=" + out);
    assertFalse(Files.exists(out));
  }

  @Test
  void wrongOptionsAreOneLine() throws IOException {
    Path weights = zeros();
    Path text = Files.writeString(folder.resolve("x.json"), "[1, 2");
    String given = "--weights=" + weights;
    refused("1 <= i <= n", "--spec=a64", given, "--shard=5/4");
    refused("1 <= i <= n", "--spec=a64", given, "--shard=1/257");
    refused("1 <= i <= n", "--spec=a64", given, "--shard=one");
    refused("from 1 to", "--spec=a64", given, "--threads=0");
    refused("leave out", "--merge", text.toString(), "--model=a64");
    refused("not the JSON", "--merge", text.toString());
    refused("no such file", "--merge", folder.resolve("none").toString());
    refused("merge the shards", "--spec=a64", given, "--shard=1/256", "--html=x");
    refused("holds 10296", "--spec=kvrm7", given);
    refused("not shipped", "--model=other");
  }
}
