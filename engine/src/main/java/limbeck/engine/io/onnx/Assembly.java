package limbeck.engine.io.onnx;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.op.Op;
import limbeck.engine.program.Input;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;

/**
 * Puts the steps of a {@link Lowering} into a program, those that its outputs need.
 *
 * @param made inputs and steps, in order
 * @param inputs of the program
 */
record Assembly(List<Made> made, List<Input> inputs) {
  /** What a value that the program makes comes from: an input if there is no op. */
  record Made(Op op, Value[] operands, int input) {}

  /**
   * The program that makes these values, without what they do not need.
   *
   * @param outputs none of them known
   * @param names of constants, by their tensors
   */
  Program program(List<Value> outputs, Map<Tensor, String> names) {
    boolean[] needed = needed(outputs);
    Program.Builder builder = Program.builder(inputs.toArray(Input[]::new));
    int[] numbers = new int[made.size()];
    IdentityHashMap<Tensor, Integer> constants = new IdentityHashMap<>();
    ConstantNames named = new ConstantNames(names);
    for (int i = 0; i < numbers.length; i++) {
      if (made.get(i).op() == null) {
        numbers[i] = made.get(i).input();
      } else if (needed[i]) {
        for (Value v : made.get(i).operands()) {
          if (v.isKnown() && !constants.containsKey(v.tensor(0))) {
            Tensor t = v.tensor(0);
            String name = named.next(t);
            Tensor kept = t.dtype() == DType.F64 ? t.to(DType.F32) : t;
            constants.put(t, builder.constant(name, kept));
          }
        }
      }
    }
    for (int i = 0; i < numbers.length; i++) {
      if (needed[i] && made.get(i).op() != null) {
        Value[] in = made.get(i).operands();
        int[] operands = new int[in.length];
        for (int k = 0; k < in.length; k++) {
          operands[k] = in[k].isKnown() ? constants.get(in[k].tensor(0)) : numbers[in[k].number()];
        }
        numbers[i] = builder.step(made.get(i).op(), operands);
      }
    }
    return builder.build(outputs.stream().mapToInt(v -> numbers[v.number()]).toArray());
  }

  private boolean[] needed(List<Value> outputs) {
    boolean[] needed = new boolean[made.size()];
    outputs.forEach(v -> needed[v.number()] = true);
    for (int i = needed.length - 1; i >= 0; i--) {
      if (needed[i]) {
        for (Value v : made.get(i).operands()) {
          if (!v.isKnown()) {
            needed[v.number()] = true;
          }
        }
      }
    }
    return needed;
  }
}
