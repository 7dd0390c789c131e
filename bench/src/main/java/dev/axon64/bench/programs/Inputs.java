package dev.axon64.bench.programs;

import dev.axon64.codegen.support.AtomicFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Files that programs read; the same in every run. */
final class Inputs {
  private final Path folder;

  Inputs(Path folder) {
    this.folder = folder;
  }

  private Path file(String name, CharSequence text) {
    Path file = folder.resolve(name);
    AtomicFiles.write(file, text.toString().getBytes(StandardCharsets.US_ASCII));
    return file;
  }

  /** An empty file. */
  Path nothing() {
    return file("nothing", "");
  }

  /** Lines of words and numbers. */
  Path text(int bytes) {
    String[] words = {"alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"};
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder text = new StringBuilder();
    while (text.length() < bytes) {
      for (int i = random.nextInt(3, 12); i > 0; i--) {
        text.append(words[random.nextInt(words.length)]);
        text.append(random.nextInt(4) == 0 ? Integer.toString(random.nextInt(1000)) : "");
        text.append(i == 1 ? '\n' : ' ');
      }
    }
    return file("text" + bytes, text);
  }

  /** A C file of functions that need no headers. */
  Path source(int functions) {
    SplittableRandom random = new SplittableRandom(2);
    StringBuilder text = new StringBuilder("struct item { struct item *next; long a, b[8]; };\n");
    for (int i = 0; i < functions; i++) {
      text.append(
          """
          long f%1$d(struct item *p, unsigned n) {
            long sum = %2$d;
            for (struct item *q = p; q && n--; q = q->next) {
              switch (q->a & 7) {
                case 0: sum += q->b[n & 7] * %3$d; break;
                case 1: sum ^= q->a << %4$d; break;
                case 2: q->b[sum & 7] = sum / %3$d; break;
                case 3: if (q->next) q->next->a -= sum; else return sum %% %3$d;
                case 5: for (int i = 0; i < 8; i++) sum += q->b[i] & %2$d; break;
                default: sum = sum > q->a ? sum - q->a : q->b[%5$d] + n;
              }
            }
            return sum%6$s;
          }
          """
              .formatted(
                  i,
                  random.nextInt(1, 100_000),
                  random.nextInt(3, 1000),
                  random.nextInt(1, 60),
                  random.nextInt(8),
                  i == 0 ? "" : " + f" + random.nextInt(i) + "(p->next, n)"));
    }
    return file("source" + functions + ".i", text);
  }
}
