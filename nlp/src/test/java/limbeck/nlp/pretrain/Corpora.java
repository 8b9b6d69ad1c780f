package limbeck.nlp.pretrain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import limbeck.nlp.data.TextDataset;
import limbeck.nlp.data.generated.GeneratedTask;
import limbeck.nlp.model.BertConfig;
import limbeck.nlp.model.MaskedLanguageModel;
import limbeck.nlp.text.BertNormalizer;
import limbeck.nlp.text.SequenceFrame;
import limbeck.nlp.text.WordPiece;
import limbeck.nlp.text.WordPieceTrainer;

/** A small corpus of drawn sentences, and small models of it. */
public final class Corpora {
  static final int STEPS = 24;

  private Corpora() {}

  /** A file {@code text.txt} of sentences, one a line, an empty line behind each tenth. */
  public static Path text(Path folder, int sentences) throws IOException {
    TextDataset set = GeneratedTask.SENTIMENT.draw("text", 3, sentences);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sentences; i++) {
      text.append(set.text(i).first()).append(i % 10 == 9 ? "\n\n" : "\n");
    }
    return Files.writeString(folder.resolve("text.txt"), text);
  }

  /** Lines that count on from some number: whoever knows a word knows its neighbours. */
  static Path counting(Path folder, int lines) throws IOException {
    List<String> words = List.of("one", "two", "three", "four", "five", "six", "seven", "eight");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      for (int k = 0; k < 10; k++) {
        text.append(words.get((i * 7 / 3 + k) % words.size())).append(' ');
      }
      text.append("\n\n");
    }
    return Files.writeString(folder.resolve("counting.txt"), text);
  }

  static WordPiece pieces(Path text) throws IOException {
    WordPieceTrainer trainer = new WordPieceTrainer(BertNormalizer.UNCASED);
    Files.readAllLines(text).forEach(trainer::add);
    return new WordPiece(trainer.train(120, 1), BertNormalizer.UNCASED);
  }

  static TokenBlocks blocks(Path folder, Path text, WordPiece pieces) throws IOException {
    Path file = folder.resolve("blocks");
    TokenBlocks.write(
        file,
        List.of(text.toString()),
        pieces,
        SequenceFrame.bert(pieces.vocab()),
        pieces.vocab().require("[PAD]"),
        STEPS,
        (source, share) -> {});
    return TokenBlocks.open(file);
  }

  static MaskedLanguageModel model(WordPiece pieces, int layers, double dropout) {
    MaskedLanguageModel model =
        new MaskedLanguageModel(
            BertConfig.bert(pieces.vocab().size(), 16, layers, 2, 32)
                .positions(STEPS)
                .dropout(dropout)
                .deviation(0.1));
    model.init(4);
    return model;
  }

  static PretrainSettings settings(int micro, int accumulate) {
    return new PretrainSettings(2, micro, accumulate, 3e-3, 0.1, 0.01, 1, true, 1);
  }
}
