/**
 * Labelled images in memory, and where they come from: IDX files (the format of MNIST), CIFAR's
 * binary files, streams of JPEG images, folders of image files, and digits that are drawn here.
 * {@link limbeck.kd.data.DataSets} opens a folder whatever it holds.
 *
 * <p>Files are treated as hostile: every length is checked against a limit before it is used, and
 * what is wrong is said with a {@link limbeck.engine.io.FormatException}. What is random is a
 * function of a seed and a position, never of the order of calls.
 */
package limbeck.kd.data;
