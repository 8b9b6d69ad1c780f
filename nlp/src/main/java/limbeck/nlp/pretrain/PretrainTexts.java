package limbeck.nlp.pretrain;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import limbeck.nlp.data.TextLines;
import limbeck.nlp.text.BertNormalizer;
import limbeck.nlp.text.SequenceFrame;
import limbeck.nlp.text.Vocab;
import limbeck.nlp.text.WordPiece;
import limbeck.nlp.text.WordPieceTrainer;

/** What a pretraining makes of its texts before it begins: a vocabulary, and blocks of tokens. */
final class PretrainTexts {
  private static final long LEAST = 2; // words that come once teach no pieces
  private static final int LINES = 100; // between two reports of progress

  private final PretrainPlan plan;
  private final PretrainFolder folder;
  private final PretrainWatcher watcher;
  private final List<Long> before = new ArrayList<>(); // bytes of the files in front of each
  private long bytes;

  PretrainTexts(PretrainPlan plan, PretrainFolder folder, PretrainWatcher watcher)
      throws IOException {
    this.plan = plan;
    this.folder = folder;
    this.watcher = watcher;
    for (String source : plan.sources()) {
      before.add(bytes);
      bytes += Files.size(TextLines.file(source));
    }
    before.add(bytes);
  }

  /** The vocabulary: that in the folder; else it is taken or learnt, and put there. */
  Vocab vocab() throws IOException {
    if (Files.exists(folder.vocab())) {
      return Vocab.read(folder.vocab());
    }
    Vocab vocab = plan.vocab() == null ? learnt() : Vocab.read(plan.vocab());
    folder.write(vocab);
    return vocab;
  }

  private Vocab learnt() throws IOException {
    watcher.note("learning a vocabulary of " + plan.vocabSize() + " pieces");
    WordPieceTrainer trainer = new WordPieceTrainer(BertNormalizer.UNCASED);
    for (String source : plan.sources()) {
      try (TextLines lines = TextLines.open(source)) {
        for (String line = lines.next(); line != null; line = lines.next()) {
          trainer.add(line);
          if (lines.number() % LINES == 0) {
            read("counting words", source, lines.share());
          }
        }
      }
      read("counting words", source, 1);
    }
    return trainer.train(
        plan.vocabSize(), LEAST, share -> watcher.reading("joining pieces", share));
  }

  /** The blocks: those in the folder; else the texts are cut, and the blocks are put there. */
  TokenBlocks blocks(Vocab vocab) throws IOException {
    if (!Files.exists(folder.blocks())) {
      watcher.note("cutting the texts into tokens");
      TokenBlocks.write(
          folder.blocks(),
          plan.sources(),
          new WordPiece(vocab, BertNormalizer.UNCASED),
          SequenceFrame.bert(vocab),
          vocab.require("[PAD]"),
          plan.steps(),
          (source, share) -> read("cutting texts", source, share));
    }
    return TokenBlocks.open(folder.blocks());
  }

  /** Tells how much of all texts was read; of a source that is there twice, as if the first. */
  private void read(String what, String source, double share) {
    int i = plan.sources().indexOf(source);
    double done = before.get(i) + share * (before.get(i + 1) - before.get(i));
    watcher.reading(what, bytes == 0 ? 1 : done / bytes);
  }
}
