/**
 * The record of a run and what is written from it: {@code report.json}, which has every number, and
 * the text report.
 *
 * <p>{@link limbeck.kd.report.RunReport} is the record; each part of it knows its fields in the
 * JSON. The same record gives the same bytes on every JVM: no clock, locale, hash order or machine
 * path enters a writer.
 */
package limbeck.kd.report;
