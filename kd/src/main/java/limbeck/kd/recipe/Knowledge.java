package limbeck.kd.recipe;

/**
 * What a student is given to learn from, as surveys of the field sort it (Gou et al. 2021,
 * arXiv:2006.05525, section 2: responses and features), beside the labels themselves.
 */
public enum Knowledge {
  /** The labels alone: what all other knowledge is measured against. */
  LABELS("labels", "labels"),

  /** What the teacher says of the training examples. */
  LOGITS("logits", "logits"),

  /** What it says of those and of further examples that were made of them. */
  AUGMENTED("augmented", "logits of more"),

  /** What its layers hold on the way. */
  HIDDEN("hidden", "hidden states"),

  /** What its layers look at. */
  ATTENTION("attention", "attention");

  private final String key;
  private final String title;

  Knowledge(String key, String title) {
    this.key = key;
    this.title = title;
  }

  /** The key in a recipe. */
  public String key() {
    return key;
  }

  /** What reports call it. */
  public String title() {
    return title;
  }
}
