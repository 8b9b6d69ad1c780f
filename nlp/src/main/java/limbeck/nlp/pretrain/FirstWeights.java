package limbeck.nlp.pretrain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.autograd.module.Positions;
import limbeck.engine.io.FormatException;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;
import limbeck.nlp.model.BertConfig;
import limbeck.nlp.model.MaskedLanguageModel;
import limbeck.nlp.text.TokenizerFile;
import limbeck.nlp.text.Vocab;

/** What a model is before it is pretrained: drawn, or begun with layers of another. */
final class FirstWeights {
  private static final int LEAST_POSITIONS = 128;
  private static final String POSITIONS = "bert.positions.weight";

  private FirstWeights() {}

  /**
   * The model of a plan.
   *
   * @param teacher null: nobody
   * @throws IllegalArgumentException if the model that it begins with is of other sizes
   * @throws FormatException if that has another vocabulary, or is damaged
   * @throws IOException if that cannot be read
   */
  static MaskedLanguageModel of(PretrainPlan plan, Vocab vocab, MaskedLanguageModel teacher)
      throws IOException {
    MaskedLanguageModel model = new MaskedLanguageModel(config(plan, vocab));
    model.init(plan.settings().seed());
    if (plan.start() != null) {
      requireVocabulary("to begin with", plan.start().folder(), vocab);
      LayerCopy.into(model, PretrainRun.load(plan.start().folder()), plan.start().layers());
    } else if (!plan.copied().isEmpty()) {
      LayerCopy.into(model, teacher, plan.copied());
    } else if (plan.sines()) {
      beginWithSines(model, plan.deviation());
    }
    return model;
  }

  private static BertConfig config(PretrainPlan plan, Vocab vocab) {
    return BertConfig.bert(
            vocab.size(), plan.width(), plan.layers(), plan.heads(), 4 * plan.width())
        .positions(Math.max(plan.steps(), LEAST_POSITIONS))
        .dropout(plan.dropout())
        .deviation(plan.deviation());
  }

  /** The numbers of tokens mean nothing to a model that knows others by them. */
  static void requireVocabulary(String which, Path folder, Vocab vocab) throws IOException {
    Vocab other = TokenizerFile.read(folder, true).tokenizer().vocab();
    if (!other.tokens().equals(vocab.tokens())) {
      throw new FormatException(
          folder
              + ": the model "
              + which
              + " has another vocabulary, of "
              + other.size()
              + " tokens, not these "
              + vocab.size()
              + "; its own expected");
    }
  }

  /** The learnt table of positions begins as sines, of the deviation of the other weights. */
  private static void beginWithSines(MaskedLanguageModel model, double deviation) {
    Map<String, Tensor> state = new LinkedHashMap<>(model.state());
    Tensor table = Tensor.zeros(DType.F32, state.get(POSITIONS).shape());
    Positions.sines(StrictMath.sqrt(2) * deviation).fill(table, new Philox(0));
    state.put(POSITIONS, table);
    model.load(state);
  }
}
