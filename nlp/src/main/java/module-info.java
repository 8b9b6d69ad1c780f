/** Text: tokenizers, vocabularies, language models and their distillation. */
module limbeck.nlp {
  requires transitive limbeck.autograd;
  requires transitive limbeck.engine;
  requires transitive limbeck.kd;
  requires static info.picocli;
  requires static it.unimi.dsi.fastutil.core;

  exports limbeck.nlp.data;
  exports limbeck.nlp.data.generated;
  exports limbeck.nlp.model;
  exports limbeck.nlp.pretrain;
  exports limbeck.nlp.text;

  provides limbeck.kd.data.DatasetSource with
      limbeck.nlp.data.TextTasks;
  provides limbeck.kd.ArchitectureSource with
      limbeck.nlp.model.TextArchitectures;
  provides limbeck.kd.CommandSource with
      limbeck.nlp.cli.TextCommands;

  opens limbeck.nlp.cli to
      info.picocli;
}
