package limbeck.nlp.augment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.nlp.model.MaskedLanguageModel;
import limbeck.nlp.model.Tokens;
import limbeck.nlp.pretrain.PretrainRun;
import limbeck.nlp.text.SequenceFrame;
import limbeck.nlp.text.Tokenizer;
import limbeck.nlp.text.TokenizerFile;
import limbeck.nlp.text.Vocab;

/**
 * What a masked language model guesses in a word's place, the word hidden: whole words but the word
 * itself. Words of several pieces, or none, have no guesses, nor have those behind the longest
 * sequence. A sentence is asked about once, all of its words at once.
 */
final class MaskedGuesses implements WordSubstitution.Candidates {
  private static final int MOST_STEPS = 128;

  private final MaskedLanguageModel model;
  private final Tokenizer tokenizer;
  private final SequenceFrame frame;
  private final int mask;
  private final int mostSteps;
  private final int most;
  private final OpContext context = new OpContext();
  private final Map<List<String>, List<List<String>>> known = new HashMap<>();

  /**
   * The guesses of a folder's model.
   *
   * @param most guesses of a word
   * @throws limbeck.engine.io.FormatException if it is no masked language model
   * @throws IOException if it cannot be read
   */
  MaskedGuesses(Path folder, int most) throws IOException {
    TokenizerFile file = TokenizerFile.read(folder, true);
    this.model = PretrainRun.load(folder);
    this.model.evaluate();
    this.tokenizer = file.tokenizer();
    this.frame = file.frame();
    this.mask = tokenizer.vocab().require("[MASK]");
    this.mostSteps = Math.min(MOST_STEPS, model.bert().config().positions());
    this.most = most;
  }

  @Override
  public List<String> of(List<String> words, int place) {
    return known.computeIfAbsent(words, this::guesses).get(place);
  }

  private List<List<String>> guesses(List<String> words) {
    List<List<String>> all = new ArrayList<>();
    int[] pieces = {};
    List<Integer> hidden = new ArrayList<>(); // places of words that are one piece
    List<Integer> asked = new ArrayList<>(); // and their numbers
    for (int i = 0; i < words.size(); i++) {
      int[] its = tokenizer.encode(words.get(i));
      if (its.length == 1 && tokenizer.vocab().token(its[0]).equals(words.get(i))) {
        hidden.add(pieces.length);
        asked.add(i);
      }
      int before = pieces.length;
      pieces = Arrays.copyOf(pieces, before + its.length);
      System.arraycopy(its, 0, pieces, before, its.length);
      all.add(List.of());
    }
    int[] ids = frame.of(pieces, mostSteps).ids();
    int end = ids.length - frame.after().size();
    int within = (int) hidden.stream().filter(at -> frame.before().size() + at < end).count();
    if (within > 0) {
      ask(words, ids, hidden.subList(0, within), asked, all);
    }
    return all;
  }

  private void ask(
      List<String> words,
      int[] ids,
      List<Integer> hidden,
      List<Integer> asked,
      List<List<String>> all) {
    int n = hidden.size();
    Tensor batch = Tensor.zeros(DType.I32, Shape.of(n, ids.length));
    int[] places = new int[n];
    int[] lengths = new int[n];
    for (int row = 0; row < n; row++) {
      System.arraycopy(ids, 0, batch.ints(), batch.offset() + row * ids.length, ids.length);
      places[row] = row * ids.length + frame.before().size() + hidden.get(row);
      batch.set(places[row], mask);
      lengths[row] = ids.length;
    }
    Tokens tokens = Tokens.of(batch, Tensor.view(lengths, 0, Shape.of(n)));
    Var at = Var.of(Tensor.view(places, 0, Shape.of(n)));
    Tensor logits = Module.infer(context, () -> model.forward(tokens, at));
    Vocab vocab = tokenizer.vocab();
    int size = model.bert().config().vocabulary();
    for (int row = 0; row < n; row++) {
      String own = words.get(asked.get(row));
      List<Integer> best =
          Likeliest.of(logits, row * size, size, most, i -> isOther(vocab, i, own));
      all.set(asked.get(row), best.stream().map(vocab::token).toList());
    }
    context.workspace().reset();
  }

  private static boolean isOther(Vocab vocab, int id, String word) {
    if (id >= vocab.size()) {
      return false;
    }
    String token = vocab.token(id);
    boolean special = token.length() > 2 && token.startsWith("[") && token.endsWith("]");
    return !special && !token.startsWith("##") && !token.equals(word);
  }
}
