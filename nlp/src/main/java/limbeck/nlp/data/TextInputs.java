package limbeck.nlp.data;

import limbeck.kd.data.Inputs;

/**
 * Texts of a data set, each network cuts them into tokens of its own.
 *
 * @param data the set
 * @param examples numbers of examples in it
 */
public record TextInputs(TextDataset data, int[] examples) implements Inputs {
  @Override
  public int size() {
    return examples.length;
  }
}
