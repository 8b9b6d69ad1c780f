package limbeck.nlp.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import limbeck.engine.hostile.EngineReaders;
import limbeck.engine.hostile.HostileFiles;
import limbeck.engine.hostile.HostileReader;
import limbeck.engine.hostile.HostileReader.Form;
import limbeck.engine.io.Json;
import limbeck.nlp.data.TaggedSentence;
import limbeck.nlp.data.TextFormat;
import limbeck.nlp.data.TextLines;
import limbeck.nlp.elmo.ElmoConfig;
import limbeck.nlp.elmo.ElmoFiles;
import limbeck.nlp.model.BertFiles;
import limbeck.nlp.model.TextEntries;
import limbeck.nlp.pretrain.SentenceFiles;
import limbeck.nlp.pretrain.TokenBlocks;
import limbeck.nlp.text.BertNormalizer;
import limbeck.nlp.text.TokenizerFile;
import limbeck.nlp.text.Vocab;
import limbeck.nlp.text.WordPiece;
import limbeck.nlp.text.WordVectors;

/** The readers of this module, with files that they read. */
public final class NlpReaders {
  private static final int USUAL = 2_000;

  private static final String SENTENCES = "sentence\tlabel\nit is good\t1\nnot at all, é\t0\n";
  private static final String PAIRS = "\"one, \"\"two\"\"\",three,1\nfour,\"five\nsix\",0\n";
  private static final String OBJECTS =
      "{\"sentence\": \"good\", \"label\": 1}\n{\"label\": 0, \"sentence\": \"b\\u00e4d\"}\n";
  private static final String TAGGED =
      "-DOCSTART- O\n\nEU NNP B-ORG\nrejects VBZ O\n\nPeter NNP B-PER\n";
  private static final String VECTORS = "3 2\nit 0.5 -1e-3\nis 1 2\nunheard 3 4\n";
  private static final String WORDS = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nit\nis\n##s\n";

  private final Path folder;

  private NlpReaders(Path folder) {
    this.folder = folder;
  }

  /** Gives all of them damaged files. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("hostile");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> EngineReaders.remove(folder)));
    HostileFiles.main(new NlpReaders(folder).readers(), USUAL);
  }

  private List<HostileReader> readers() throws IOException {
    List<HostileReader> all = new ArrayList<>();
    tables(all);
    texts(all);
    folders(all);
    return all;
  }

  private void tables(List<HostileReader> all) throws IOException {
    all.add(text("tsv", zipped(SENTENCES), "a.tsv", TextFormat.SST2::read));
    all.add(text("csv", zipped(PAIRS), "a.csv", TextFormat.QUORA::read));
    all.add(text("jsonl", zipped(OBJECTS), "a.jsonl", TextFormat.SST2::read));
    all.add(text("scores", zipped("a\tb\tc\td\t2.5\te\tf\n"), "b.tsv", TextFormat.STSB::read));
    all.add(
        text(
            "labelled", zipped("LOC:city where is it\nHUM who\n"), "a.txt", TextFormat.TREC::read));
    all.add(text("conll", zipped(TAGGED), "conll", f -> TaggedSentence.read(f, 0, 2)));
    all.add(text("lines", zipped(SENTENCES), "lines", NlpReaders::lines));
  }

  private static void lines(Path file) throws IOException {
    try (TextLines lines = TextLines.open(file.toString())) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        lines.share();
      }
    }
  }

  private void texts(List<HostileReader> all) throws IOException {
    Vocab vocab = Vocab.of(List.of(WORDS.split("\n")));
    all.add(text("vocab", zipped(WORDS), "vocab", Vocab::read));
    all.add(text("word-vectors", zipped(VECTORS), "vectors", f -> WordVectors.read(f, vocab)));
    String entry =
        "{\"tokens\":[\"[PAD]\",\"[UNK]\",\"a\"],\"kind\":\"pieces\",\"clean\":true,"
            + "\"spaceChinese\":true,\"stripAccents\":true,\"lowercase\":true,"
            + "\"controls\":\"PRIVATE\",\"framed\":false,\"pairs\":false,\"most\":8,\"padding\":0}";
    all.add(
        new HostileReader(
            "text-facts",
            Form.TEXT,
            List.of(entry.getBytes(StandardCharsets.UTF_8)),
            b -> TextEntries.read(new String(b, StandardCharsets.UTF_8))));
    Path blocks = folder.resolve("blocks");
    Path source = Files.writeString(folder.resolve("source"), "it is\n\nis it is it is\n");
    WordPiece pieces = new WordPiece(vocab, BertNormalizer.UNCASED);
    TokenBlocks.write(
        blocks,
        List.of(source.toString()),
        pieces,
        limbeck.nlp.text.SequenceFrame.bert(vocab),
        0,
        6,
        (s, share) -> {});
    byte[] written = Files.readAllBytes(blocks);
    all.add(bytes("token-blocks", written, "blocks", SentenceFiles::readBlocks));
    all.add(bytes("sentences", SentenceFiles.small(), "sentences", SentenceFiles::read));
  }

  private void folders(List<HostileReader> all) throws IOException {
    Path words = Files.createDirectories(folder.resolve("words"));
    all.add(
        text("vocab.txt", zipped(WORDS), "words/vocab.txt", f -> TokenizerFile.read(words, true)));
    Path json = Files.createDirectories(folder.resolve("json"));
    all.add(
        text(
            "tokenizer.json",
            tokenizers(),
            "json/tokenizer.json",
            f -> TokenizerFile.read(json, true)));
    Path bert = Files.createDirectories(folder.resolve("bert"));
    String config =
        "{\"model_type\":\"bert\",\"vocab_size\":50,\"hidden_size\":8,\"num_hidden_layers\":2,"
            + "\"num_attention_heads\":2,\"intermediate_size\":16,\"layer_norm_eps\":1e-12}";
    all.add(text("bert-config", zipped(config), "bert/config.json", f -> BertFiles.config(bert)));
    Path elmo = Files.createDirectories(folder.resolve("elmo"));
    String sizes = Json.write(ElmoFiles.json(ElmoConfig.words(50)));
    all.add(text("elmo-config", zipped(sizes), "elmo/config.json", f -> ElmoFiles.config(elmo)));
  }

  private static List<byte[]> tokenizers() {
    String pieces =
        "{\"added_tokens\":[{\"id\":0,\"content\":\"[UNK]\"}],\"normalizer\":{\"type\":"
            + "\"BertNormalizer\",\"lowercase\":true},\"pre_tokenizer\":{\"type\":"
            + "\"BertPreTokenizer\"},\"model\":{\"type\":\"WordPiece\",\"unk_token\":\"[UNK]\","
            + "\"vocab\":{\"[UNK]\":0,\"a\":1,\"##b\":2}}}";
    StringBuilder vocab = new StringBuilder();
    int n = 0;
    for (int b = 0; b < 256; b++) {
      boolean plain = b > 32 && b < 127 || b > 160 && b != 173;
      char letter = (char) (plain ? b : 256 + n++);
      vocab.append(Json.write(String.valueOf(letter))).append(':').append(b).append(',');
    }
    String pairs =
        "{\"pre_tokenizer\":{\"type\":\"ByteLevel\",\"add_prefix_space\":false},\"model\":"
            + "{\"type\":\"BPE\",\"vocab\":{"
            + vocab
            + "\"ab\":256},\"merges\":[\"a b\"]}}";
    return List.of(pieces.getBytes(StandardCharsets.UTF_8), pairs.getBytes(StandardCharsets.UTF_8));
  }

  private HostileReader text(
      String name, List<byte[]> seeds, String file, HostileReader.FileReading reading) {
    return HostileReader.ofFile(name, Form.TEXT, seeds, folder.resolve(file), reading);
  }

  private HostileReader bytes(
      String name, byte[] seed, String file, HostileReader.FileReading reading) {
    return HostileReader.ofFile(name, Form.BYTES, List.of(seed), folder.resolve(file), reading);
  }

  /** A text as it is, more often, and zipped. */
  private static List<byte[]> zipped(String text) throws IOException {
    byte[] file = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(file);
    }
    return Arrays.asList(file, file, file, zipped.toByteArray());
  }
}
