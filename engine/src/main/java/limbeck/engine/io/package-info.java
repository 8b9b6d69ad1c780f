/**
 * Files: tensors as {@link limbeck.engine.io.Safetensors}, weights in fewer bits ({@link
 * limbeck.engine.io.NarrowWeights}), checkpoints that notice damage, text as {@link
 * limbeck.engine.io.Json}, and writing that never leaves half a file. What is read is treated as
 * hostile: every length is compared with the real size before memory is taken, and whatever is
 * wrong with the content is one {@link limbeck.engine.io.FormatException} of one line. What is
 * written has the same bytes on every JDK and in every run.
 */
package limbeck.engine.io;
