package limbeck.bench.workload;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import limbeck.autograd.Streams;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Sentences as sequences of fixed random vectors, one for each word: what a network reads whose
 * first layer is not an embedding. A word's vector is a function of its letters. Sentences are cut
 * at the network's length, and padded with zeros.
 */
final class WordVectors {
  /** Stands before each sentence: networks that classify from the first position read it there. */
  private static final String START = "[CLS]";

  private WordVectors() {}

  /**
   * The first sentences of a gzipped table with a header and columns sentence and label, such as
   * SST-2's {@code train.tsv.gz}.
   *
   * @param example [time, width]
   * @throws IOException if the file cannot be read, or a row has no two columns
   */
  static Examples read(Path file, Shape example, int most) throws IOException {
    List<String> sentences = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      in.readLine(); // the header
      for (String row = in.readLine(); row != null && labels.size() < most; row = in.readLine()) {
        String[] columns = row.split("\t", -1);
        if (columns.length != 2 || !columns[1].matches("[01]")) {
          throw new IOException(
              file + ": row " + (labels.size() + 2) + " is not a sentence and a label 0 or 1");
        }
        sentences.add(columns[0]);
        labels.add(columns[1].charAt(0) - '0');
      }
    }
    int[] numbers = labels.stream().mapToInt(Integer::intValue).toArray();
    return new Examples(file.getFileName().toString(), vectors(sentences, example), numbers);
  }

  /** [sentences, time, width]. */
  static Tensor vectors(List<String> sentences, Shape example) {
    int time = example.axis(0);
    int width = example.axis(1);
    Tensor all = Tensor.zeros(DType.F32, Shape.of(sentences.size(), time, width));
    for (int i = 0; i < sentences.size(); i++) {
      String[] words = (START + " " + sentences.get(i).strip()).split(" +");
      for (int t = 0; t < Math.min(time, words.length); t++) {
        Philox random = new Philox(Streams.of(words[t]));
        for (int j = 0; j < width; j++) {
          all.set((i * time + t) * width + j, random.normal(j));
        }
      }
    }
    return all;
  }
}
