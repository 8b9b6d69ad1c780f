package limbeck.nlp.model;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.io.FormatException;
import limbeck.engine.program.Program;
import limbeck.engine.program.Runner;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.ModelFile;
import limbeck.kd.Predictor;
import limbeck.kd.PredictorSource;
import limbeck.nlp.data.TextDataset;
import limbeck.nlp.data.TextExample;

/** Models of texts that are asked about sentences. */
public final class TextPredictors implements PredictorSource {
  /** What stands between the two texts of a pair. */
  private static final String BETWEEN = " | ";

  /** All of them. */
  public TextPredictors() {}

  @Override
  public Predictor of(ModelFile model) throws FormatException {
    String entry = model.facts().get(TextFacts.KEY);
    if (entry == null) {
      return null;
    }
    TextCoder coder = TextFacts.read("model file", entry);
    int inputs = coder.inputs(1).size();
    if (model.program().inputs().size() != inputs) {
      throw new FormatException(
          "model file: its program has "
              + model.program().inputs().size()
              + " inputs, its texts make "
              + inputs);
    }
    return new OfTexts(coder, model.program(), model.outputs());
  }

  private static final class OfTexts implements Predictor {
    private final TextCoder coder;
    private final Runner runner;
    private final int outputs;

    OfTexts(TextCoder coder, Program program, int outputs) {
      this.coder = coder;
      this.runner = program.runner();
      this.outputs = outputs;
    }

    @Override
    public List<String> questions(List<String> said) {
      if (!coder.pairs()) {
        return said;
      }
      List<String> questions = new ArrayList<>();
      for (int i = 0; i < said.size(); i++) {
        boolean two = said.get(i).contains(BETWEEN) || i + 1 == said.size();
        questions.add(two ? said.get(i) : said.get(i) + BETWEEN + said.get(++i));
      }
      return questions;
    }

    @Override
    public float[] logits(String said) {
      Tensor out = Tensor.zeros(DType.F32, Shape.of(1, outputs));
      TextDataset one = new TextDataset("said", List.of("any"), List.of(example(said)));
      runner.run(coder.tensors(one.inputs(new int[] {0})), out);
      return out.floats();
    }

    private TextExample example(String said) {
      int at = said.indexOf(BETWEEN);
      if (!coder.pairs()) {
        return new TextExample(said, null, 0);
      }
      if (at < 0) {
        throw new IllegalArgumentException(
            "\""
                + said
                + "\": this model is asked about two sentences, as \"SENTENCE"
                + BETWEEN
                + "SENTENCE\"");
      }
      return new TextExample(said.substring(0, at), said.substring(at + BETWEEN.length()), 0);
    }
  }
}
