package limbeck.kd.recipe;

import java.util.List;
import limbeck.kd.vision.Augmentations;

/** Makes an arm, new or like another, part by part; what is not said stays as it is. */
final class ArmBuilder {
  private final NetworkChoice network;
  private String id;
  private String role;
  private String label;
  private String name;
  private GivenWeights weights;
  private List<Stage> stages = List.of();
  private Arm.Transfer transfer = Arm.Transfer.ALL;
  private Augmentations augment = Augmentations.NONE;
  private Cohort cohort;
  private Start start;
  private Derivation derivation;
  private Copy copy;

  /** A new arm: without stages, on all training examples as they are. */
  ArmBuilder(NetworkChoice network) {
    this.network = network;
  }

  /** An arm that is like another one in everything. */
  ArmBuilder(Arm like) {
    this(like.network());
    named(like.id(), like.label(), like.name()).role(like.role());
    weights = like.weights();
    stages = like.stages();
    transfer = like.transfer();
    augment = like.augment();
    cohort = like.cohort();
    start = like.start();
    derivation = like.derivation();
    copy = like.copy();
  }

  ArmBuilder named(String itsId, String itsLabel, String itsName) {
    id = itsId;
    label = itsLabel;
    name = itsName;
    return this;
  }

  ArmBuilder role(String word) {
    role = word;
    return this;
  }

  /** Trained in these stages: neither given nor derived. */
  ArmBuilder stages(List<Stage> itsStages) {
    stages = itsStages;
    weights = null;
    derivation = null;
    return this;
  }

  ArmBuilder transfer(Arm.Transfer examples) {
    transfer = examples;
    return this;
  }

  /** In no cohort. */
  ArmBuilder byItself() {
    cohort = null;
    return this;
  }

  /** From these weights; null: drawn. */
  ArmBuilder start(Start itsStart) {
    start = itsStart;
    return this;
  }

  ArmBuilder derivation(Derivation how) {
    derivation = how;
    return this;
  }

  ArmBuilder copy(Copy which) {
    copy = which;
    return this;
  }

  Arm arm() {
    return new Arm(
        id,
        role,
        label,
        name,
        network,
        weights,
        stages,
        transfer,
        augment,
        cohort,
        start,
        derivation,
        copy);
  }
}
