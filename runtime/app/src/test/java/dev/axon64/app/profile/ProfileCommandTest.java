package dev.axon64.app.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.axon64.app.Main;
import dev.axon64.machine.elf.CodeRange;
import dev.axon64.machine.elf.ElfImage;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** {@code axon64 profile} in a process of its own, as from a shell. */
class ProfileCommandTest {
  private static final Path SIEVE =
      Path.of(System.getProperty("axon64.root"), "runtime/guests/prebuilt/demo/sieve");

  @TempDir Path folder;

  private String run(int status, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-modules=jdk.incubator.vector");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.add("profile");
    command.addAll(List.of(arguments));
    Path error = folder.resolve("error");
    Process process =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(folder.resolve("output").toFile())
            .redirectError(error.toFile())
            .start();
    assertEquals(status, process.waitFor(), Files.readString(error));
    return Files.readString(error);
  }

  /** The program with names for three parts of its code. */
  private Path named() throws IOException {
    byte[] program = Files.readAllBytes(SIEVE);
    ElfImage image = ElfImage.parse(program, "sieve");
    CodeRange code = image.executable().getFirst();
    long entry = image.entry();
    Path file = folder.resolve("named");
    Map<Long, String> names = new TreeMap<>();
    names.put(code.address(), "before");
    names.put(entry, "begin<>");
    names.put(entry + 64, "behind");
    Files.write(file, SymbolTable.added(program, names, code.address() + code.size()));
    return file;
  }

  @Test
  void functionsRegionsAndPictures() throws Exception {
    Path html = folder.resolve("profile.html");
    Path json = folder.resolve("profile.json");
    String text =
        run(
            0,
            "--every",
            "5000",
            "--html",
            html.toString(),
            "--json",
            json.toString(),
            named().toString());
    assertTrue(text.contains(" behind "), text);
    JsonObject all = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
    assertEquals(34_031_962, all.get("instructions").getAsLong());
    assertEquals(34_031_962 / 5000, all.get("samples").getAsLong());
    assertEquals(34_030_000, sum(all, "functions", "self"));
    assertEquals(34_030_000, sum(all, "stacks", "instructions"));
    JsonObject region = all.getAsJsonArray("regions").get(0).getAsJsonObject();
    assertTrue(region.get("guestInstructions").getAsLong() > 3, region.toString());
    assertTrue(region.get("bytecode").getAsLong() > 50, region.toString());
    assertTrue(sum(all, "regions", "instructions") > 0, text);
    assertTrue(sum(all, "regions", "instructions") < 34_031_962, text);
    isPage(Files.readString(html));
  }

  private static long sum(JsonObject all, String rows, String column) {
    return StreamSupport.stream(all.getAsJsonArray(rows).spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .mapToLong(row -> row.get(column).getAsLong())
        .sum();
  }

  /** One page with a picture in it that refers to nothing else. */
  private static void isPage(String page) throws Exception {
    assertFalse(page.contains("src="), page);
    assertFalse(page.contains("href="), page);
    assertFalse(page.contains("{flames}") || page.contains("{regions}"), page);
    String svg = page.substring(page.indexOf("<svg"), page.lastIndexOf("</svg>") + 6);
    Document picture =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    assertTrue(picture.getElementsByTagName("rect").getLength() > 1, svg);
  }

  @Test
  void whatMeansNothing() throws IOException, InterruptedException {
    String text = run(2, "--every", "0", SIEVE.toString());
    assertTrue(
        text.endsWith("axon64: --every 0: is no number of instructions; give 1 or more\n"), text);
  }
}
