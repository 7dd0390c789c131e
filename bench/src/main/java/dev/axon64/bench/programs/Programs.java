package dev.axon64.bench.programs;

import dev.axon64.codegen.support.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The programs: interpreters, compressors, a compiler and an encoder of Debian's arm64 packages,
 * each with work that takes qemu five to ten seconds; and by themselves, flat code and a guest that
 * does next to nothing, so that its time is that of a start.
 */
public final class Programs {
  private static final String LIBC = "/lib/aarch64-linux-gnu/libc.so.6";

  /** Work in a full run, as a multiple of that in a quick one. */
  private static final int FULL = 10;

  private final int scale;
  private final Inputs inputs;
  private final Consumer<String> missing;
  private final List<WholeProgram> all = new ArrayList<>();

  private Programs(Path folder, boolean quick, Consumer<String> missing) {
    this.scale = quick ? 1 : FULL;
    this.inputs = new Inputs(folder);
    this.missing = missing;
  }

  /**
   * Finds the programs.
   *
   * @param root with the files of Debian's packages
   * @param folder for files that they read
   * @param quick a tenth of the work
   * @param missing told of what is not there
   */
  public static List<WholeProgram> in(
      Optional<Path> root, Path folder, boolean quick, Consumer<String> missing) {
    Programs programs = new Programs(folder, quick, missing);
    if (root.isPresent()) {
      programs.interpreters(root.get());
      programs.texts(root.get());
      programs.compilers(root.get());
    } else {
      missing.accept("Debian's programs are not measured: --root names a folder of them");
    }
    programs.guest(folder, "start", "alu", "1");
    programs.guest(folder, "flat code", "flat", "3000");
    return List.copyOf(programs.all);
  }

  private void interpreters(Path root) {
    Path nothing = inputs.nothing();
    add(root, "python3", "/usr/bin/python3", nothing, "-S", "-c", PYTHON.formatted(50_000 * scale));
    add(root, "perl", "/usr/bin/perl", nothing, "-e", PERL.formatted(300_000 * scale));
    add(root, "lua", "/usr/bin/lua5.4", nothing, "-e", LUA.formatted(800_000 * scale));
    add(root, "luajit", "/usr/bin/luajit", nothing, "-e", LUA.formatted(8_000_000 * scale));
    add(
        root,
        "ruby",
        "/usr/bin/ruby3.1",
        nothing,
        "--disable-gems",
        "-e",
        RUBY.formatted(200_000 * scale));
    add(root, "sqlite3", "/usr/bin/sqlite3", nothing, ":memory:", SQL.formatted(50_000 * scale));
  }

  private void texts(Path root) {
    add(root, "gawk", "/usr/bin/gawk", inputs.text(2_500_000 * scale), GAWK);
    add(root, "gzip", "/bin/gzip", inputs.text(6_000_000 * scale), "-c");
    add(root, "xz", "/usr/bin/xz", inputs.text(1_500_000 * scale), "-3", "-c");
    add(root, "bzip2", "/bin/bzip2", inputs.text(2_500_000 * scale), "-c");
    add(
        root,
        "zstd",
        "/usr/bin/zstd",
        inputs.text(4_500_000 * scale),
        "-6",
        "-c",
        "--single-thread");
    List<String> copies = Collections.nCopies(60 * scale, LIBC);
    add(root, "sha256sum", "/usr/bin/sha256sum", inputs.nothing(), copies.toArray(String[]::new));
  }

  private void compilers(Path root) {
    add(
        root,
        "cc1 -O1",
        "/usr/lib/gcc/aarch64-linux-gnu/12/cc1",
        inputs.source(30 * scale),
        "-quiet",
        "-O1",
        "-fpreprocessed",
        "-o",
        "-",
        "-");
    add(
        root,
        "ffmpeg mpeg4",
        "/usr/bin/ffmpeg",
        inputs.nothing(),
        "-v",
        "error",
        "-f",
        "lavfi",
        "-i",
        "testsrc2=size=320x240:rate=25:duration=" + 2 * scale,
        "-filter_threads",
        "1",
        "-threads",
        "1",
        "-c:v",
        "mpeg4",
        "-f",
        "rawvideo",
        "-");
  }

  private void add(Path root, String name, String file, Path input, String... arguments) {
    if (Files.isRegularFile(root.resolve(file.substring(1)))) {
      all.add(new WholeProgram(name, false, root, file, List.of(arguments), input));
    } else {
      missing.accept("not measured: " + name + ", since there is no " + file + " in the root");
    }
  }

  /** A guest that comes with the benchmarks. */
  private void guest(Path folder, String name, String guest, String rounds) {
    try (InputStream in = Programs.class.getResourceAsStream("/dev/axon64/guests/bench/" + guest)) {
      AtomicFiles.write(folder.resolve(guest), in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    folder.resolve(guest).toFile().setExecutable(true);
    all.add(
        new WholeProgram(name, true, folder, "/" + guest, List.of(rounds, "7"), inputs.nothing()));
  }

  private static final String PYTHON =
      """
      class Node:
          def __init__(self, key, next):
              self.key, self.next = key, next
          def twice(self):
              return 2 * self.key
      words, head, total = {}, None, 0
      for i in range(%d):
          word = "w%%d" %% (i * 7919 %% 5003)
          words[word] = words.get(word, 0) + 1
          if i %% 3 == 0:
              head = Node(i, head if i %% 1000 else None)
          total += head.twice() + sum([j & i for j in range(5)])
      print(total, len(words), sorted(words, key=lambda w: (words[w], w))[:5])
      """;

  private static final String PERL =
      """
      my (%%n, $s);
      for my $i (1 .. %d) {
        my $w = "w" . ($i * 7919 %% 5003);
        $n{$w}++;
        $s += length($1) if $w =~ /^w(\\d+?)[37]/;
      }
      print "$s ", scalar(keys %%n), " ", join(",", (sort { $n{$b} <=> $n{$a} || $a cmp $b } keys %%n)[0 .. 4]), "\\n";
      """;

  private static final String LUA =
      """
      local t, list, sum = {}, nil, 0
      for i = 1, %d do
        local k = i * 7919 %% 1000 + 1
        t[k] = (t[k] or 0) + i %% 7
        if i %% 8 == 0 then list = {key = k, next = i %% 1000 > 0 and list or nil} end
        if list then sum = sum + list.key end
      end
      print(t[1], t[500], sum)
      """;

  private static final String RUBY =
      """
      n = Hash.new(0)
      a = []
      %d.times do |i|
        n["w#{i * 7919 %% 5003}"] += 1
        a << i.to_s.reverse if i %% 5 == 0
        a = a.sort.first(10) if a.size > 100
      end
      p n.size, a.sort.first(3), n.sum { |k, v| k.size * v }
      """;

  private static final String SQL =
      """
      create table t(a, b, c);
      with recursive n(x) as (select 1 union all select x + 1 from n where x < %d)
      insert into t select x * 7919 %% 100003, x, 'text ' || x from n;
      create index i on t(a);
      select count(*), sum(one.b) from t one join t other on one.a = other.b;
      select a %% 10, count(*), max(c) from t group by 1 order by 2 desc, 1;
      """;

  private static final String GAWK =
      "{ for (i = 1; i <= NF; i++) n[$i]++; if ($0 ~ /eta[0-9]+ a/) m++ }"
          + " END { print length(n), n[\"delta\"], m, NR }";
}
