package dev.axon64.weights.certify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.fixtures.RandomNetwork;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeTest {
  private static final WordRange WHOLE = new WordRange(0, 10L * Sweep.CHUNK);

  @TempDir Path folder;

  @Test
  void shardsMergeToTheUnshardedCertificateByteForByte() throws IOException {
    List<Network> networks = new ArrayList<>();
    networks.add(Sweeps.dyadic("a64", 4));
    networks.add(Sweeps.dyadic("published", 4));
    for (long seed = 30; seed < 33; seed++) {
      networks.add(RandomNetwork.of(seed).network());
    }
    for (Network network : networks) {
      Certifier certifier = new Certifier(network, Sweeps.FILE);
      List<Path> files = files(certifier, 0, 3, 4, 10);
      Collections.reverse(files);
      Shard unsharded = certifier.sweep(WHOLE, 2, done -> {});
      Certificate whole = Merge.of(List.of(new Merge.Named("whole", unsharded)), WHOLE);
      String merged = CertificateFiles.text(Certification.merge(files, WHOLE));
      assertEquals(CertificateFiles.text(whole), merged);
    }
  }

  @Test
  void gapsOverlapsAndStrangersAreRefused() throws IOException {
    Certifier certifier = new Certifier(Sweeps.dyadic("a64", 4), Sweeps.FILE);
    List<Path> files = files(certifier, 0, 3, 4, 10);
    Path strange = write("strange", Sweeps.shard(Sweeps.dyadic("a64", 5), chunks(3, 4)));
    Path wide = write("wide", certifier.sweep(chunks(2, 4), 1, done -> {}));
    refused("but 0x3000 is next", List.of(files.get(0), files.get(2)));
    refused("but 0x0 is next", List.of(files.get(1), files.get(2)));
    refused("from 0x4000 on are missing", List.of(files.get(0), files.get(1)));
    refused("begins at word 0x2000", List.of(files.get(0), wide, files.get(2)));
    refused("each once", List.of(files.get(0), files.get(1), files.get(1), files.get(2)));
    refused("other weights", List.of(files.get(0), strange, files.get(2)));
  }

  @Test
  void damagedShardsAreRefused() throws IOException {
    Network network = Sweeps.dyadic("kvrm7", 4);
    byte[] good = Files.readAllBytes(write("good", Sweeps.shard(network, WHOLE)));
    SplittableRandom random = new SplittableRandom(1);
    Path file = folder.resolve("damaged.json");
    int mutants = Integer.getInteger("axon64.fuzz", 2000) / 4;
    int refused = 0;
    for (int i = 0; i < mutants; i++) {
      byte[] bytes = good.clone();
      for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
        bytes[random.nextInt(bytes.length)] = (byte) (32 + random.nextInt(95));
      }
      Files.write(file, i % 5 == 0 ? cut(bytes, random) : bytes);
      try {
        // A change of white space leaves the shard what it was.
        assertEquals(
            CertificateFiles.text(CertificateFiles.shard(file)), new String(good), "mutant " + i);
      } catch (InputException e) {
        refused++;
      }
    }
    assertTrue(refused > mutants / 2);
  }

  private static byte[] cut(byte[] bytes, SplittableRandom random) {
    return java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
  }

  private void refused(String message, List<Path> files) {
    InputException e = assertThrows(InputException.class, () -> Certification.merge(files, WHOLE));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  private List<Path> files(Certifier certifier, int... edges) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 1; i < edges.length; i++) {
      WordRange range = chunks(edges[i - 1], edges[i]);
      files.add(write("part" + i, certifier.sweep(range, 2, done -> {})));
    }
    return files;
  }

  private static WordRange chunks(long from, long to) {
    return new WordRange(from * Sweep.CHUNK, to * Sweep.CHUNK);
  }

  private Path write(String name, Shard shard) throws IOException {
    return Files.writeString(folder.resolve(name + ".json"), CertificateFiles.text(shard));
  }
}
