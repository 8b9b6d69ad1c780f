package limbeck.kd.train;

import limbeck.kd.Network;
import limbeck.kd.data.Dataset;
import limbeck.kd.data.HalfSpecial;
import limbeck.kd.data.Order;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.NetworkChoice;
import limbeck.kd.specialist.SpecialClasses;

/**
 * A specialist's training: from the generalist's weights, on its classes and a dustbin, with half
 * the examples special; what it leaves is a network of all classes.
 *
 * @param generalist finished
 * @param classes of the specialist
 * @param order which examples its epochs have
 * @param whole a network of the generalist's kind, which takes the result
 */
record SpecialistStart(Network generalist, SpecialClasses classes, HalfSpecial order, Network whole)
    implements FitStart {
  @Override
  public NetworkChoice network(Arm arm) {
    return arm.network().ofClasses(classes.outputs());
  }

  @Override
  public void begin(Network network) {
    network.load(SpecialistWeights.beginning(generalist, classes));
  }

  @Override
  public Order order(Dataset data, long seed) {
    return order;
  }

  @Override
  public Network finished(Network trained) {
    whole.load(SpecialistWeights.finished(trained, classes, order.oversampled()));
    return whole;
  }
}
