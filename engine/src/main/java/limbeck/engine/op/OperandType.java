package limbeck.engine.op;

import limbeck.engine.tensor.DType;

/** What an op expects an operand to hold: see {@link Op#operandType}. */
public enum OperandType {
  /** Numbers, of the floating type that the operands of an op share. */
  FLOATING("a floating type"),

  /** Labels, ids, lengths, flags: {@link DType#I32}. */
  INTEGERS("I32"),

  /** Either: the op reads the shape alone. */
  ANY("any type");

  private final String text;

  OperandType(String text) {
    this.text = text;
  }

  /** Whether a tensor of this type will do. */
  public boolean takes(DType type) {
    return this == ANY || type.isFloating() == (this == FLOATING);
  }

  /** As messages say it. */
  @Override
  public String toString() {
    return text;
  }
}
