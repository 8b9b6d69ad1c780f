/** Knowledge distillation: data sets, image geometry, objectives and recipes. */
module limbeck.kd {
  requires limbeck.engine;
  requires org.joml;

  exports limbeck.kd.data;
  exports limbeck.kd.vision;
}
