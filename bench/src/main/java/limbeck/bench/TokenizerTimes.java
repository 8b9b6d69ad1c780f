package limbeck.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import limbeck.nlp.data.LineReader;
import limbeck.nlp.text.Tokenizer;
import limbeck.nlp.text.TokenizerFile;

/**
 * Tokens a second on one thread, of each line of a text file:
 *
 * <pre>java -cp bench/target/benchmarks.jar limbeck.bench.TokenizerTimes FOLDER FILE…</pre>
 *
 * <p>FOLDER holds a {@code tokenizer.json} or an uncased {@code vocab.txt}. Prints the median of 15
 * rounds after 10 of warm-up, and the least.
 */
public final class TokenizerTimes {
  private static final int WARM_UP = 10;
  private static final int ROUNDS = 15;

  private TokenizerTimes() {}

  /** Measures with the tokenizer of the first argument on the files of the others. */
  public static void main(String[] args) throws IOException {
    if (args.length < 2) {
      throw new IllegalArgumentException("two arguments expected: folder of a tokenizer, file …");
    }
    Tokenizer tokenizer = TokenizerFile.read(Path.of(args[0]), true).tokenizer();
    for (int i = 1; i < args.length; i++) {
      report(Path.of(args[i]), tokenizer, System.out);
    }
  }

  private static void report(Path file, Tokenizer tokenizer, PrintStream out) throws IOException {
    List<String> lines = lines(file);
    double[] rates = new double[ROUNDS];
    long tokens = 0;
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      long begin = System.nanoTime();
      tokens = tokens(lines, tokenizer);
      if (round >= 0) {
        rates[round] = tokens / ((System.nanoTime() - begin) * 1e-9);
      }
    }
    Arrays.sort(rates);
    out.printf(
        Locale.ROOT,
        "%s: %d lines, %d tokens, %.2f million tokens a second (least %.2f)%n",
        file,
        lines.size(),
        tokens,
        rates[ROUNDS / 2] * 1e-6,
        rates[0] * 1e-6);
  }

  private static long tokens(List<String> lines, Tokenizer tokenizer) {
    long tokens = 0;
    for (String line : lines) {
      tokens += tokenizer.encode(line).length;
    }
    return tokens;
  }

  private static List<String> lines(Path file) throws IOException {
    List<String> all = new ArrayList<>();
    try (LineReader lines = new LineReader(file)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        all.add(line);
      }
    }
    return all;
  }
}
