/** A program that embeds a student: the engine is all it needs. */
module example.embed {
  requires limbeck.engine;
}
