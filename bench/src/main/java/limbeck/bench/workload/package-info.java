/**
 * The networks that speed is judged on, a class each, and programs that train and time them. {@link
 * limbeck.bench.workload.Workload} says what is run.
 */
package limbeck.bench.workload;
