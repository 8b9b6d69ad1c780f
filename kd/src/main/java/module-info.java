/** Knowledge distillation: data sets, image geometry, objectives and recipes. */
module limbeck.kd {
  requires transitive limbeck.engine;
  requires transitive org.joml;

  exports limbeck.kd.data;
  exports limbeck.kd.vision;
}
