/** A teacher that labels a corpus with Spark, and its student as a function of SQL. */
package example.spark;
