/** Text: tokenizers, vocabularies, language models and their distillation. */
module limbeck.nlp {
  requires transitive limbeck.autograd;
  requires transitive limbeck.engine;
  requires transitive limbeck.kd;
  requires static info.picocli;
  requires static it.unimi.dsi.fastutil.core;

  exports limbeck.nlp.augment;
  exports limbeck.nlp.data;
  exports limbeck.nlp.data.generated;
  exports limbeck.nlp.elmo;
  exports limbeck.nlp.model;
  exports limbeck.nlp.pretrain;
  exports limbeck.nlp.recipe;
  exports limbeck.nlp.text;

  provides limbeck.kd.recipe.RecipeSource with
      limbeck.nlp.recipe.TextRecipes;
  provides limbeck.kd.data.ExpansionSource with
      limbeck.nlp.augment.TangExpansions,
      limbeck.nlp.augment.SubstitutionExpansions;
  provides limbeck.kd.data.DatasetSource with
      limbeck.nlp.data.TextTasks;
  provides limbeck.kd.ArchitectureSource with
      limbeck.nlp.model.TextArchitectures;
  provides limbeck.kd.CommandSource with
      limbeck.nlp.cli.TextCommands;
  provides limbeck.kd.PredictorSource with
      limbeck.nlp.model.TextPredictors;

  opens limbeck.nlp.cli to
      info.picocli;
}
