/** Knowledge distillation: teachers, objectives, recipes, data sets, reports and the command. */
module limbeck.kd {
  requires transitive limbeck.autograd;
  requires transitive limbeck.engine;
  requires transitive org.joml;
  requires java.management;
  requires static info.picocli;
  requires static org.tomlj;

  exports limbeck.kd;
  exports limbeck.kd.data;
  exports limbeck.kd.data.jpeg;
  exports limbeck.kd.doctor;
  exports limbeck.kd.measure;
  exports limbeck.kd.metric;
  exports limbeck.kd.objective;
  exports limbeck.kd.onnx;
  exports limbeck.kd.recipe;
  exports limbeck.kd.recipe.file;
  exports limbeck.kd.report;
  exports limbeck.kd.report.html;
  exports limbeck.kd.specialist;
  exports limbeck.kd.train;
  exports limbeck.kd.vision;

  uses limbeck.engine.verify.OpChecks;
  uses limbeck.kd.ArchitectureSource;
  uses limbeck.kd.CommandSource;
  uses limbeck.kd.PredictorSource;
  uses limbeck.kd.data.DatasetSource;
  uses limbeck.kd.data.ExpansionSource;
  uses limbeck.kd.recipe.RecipeSource;

  provides limbeck.kd.recipe.RecipeSource with
      limbeck.kd.recipe.file.FileRecipes;

  opens limbeck.kd.cli to
      info.picocli;
}
