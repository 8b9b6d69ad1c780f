package limbeck.bench.workload;

import java.util.function.Function;
import java.util.function.Supplier;
import limbeck.autograd.Module;
import limbeck.autograd.ParameterStore;
import limbeck.autograd.optim.Optimizer;
import limbeck.engine.tensor.Shape;

/**
 * A network that speed is judged on, and how it is trained.
 *
 * @param name for example {@code resnet20}
 * @param network makes one without values
 * @param example the shape of one input
 * @param batch examples of a training step
 * @param classes the length of an output
 * @param optimizer made from the network's parameters
 */
public record Workload(
    String name,
    Supplier<Module> network,
    Shape example,
    int batch,
    int classes,
    Function<ParameterStore, Optimizer> optimizer) {}
