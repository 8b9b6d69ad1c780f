/**
 * The HTML report of a run: one page that holds all it needs, drawn from {@link
 * limbeck.kd.report.RunReport} and nothing else.
 *
 * <p>One class a section, one class a figure; a figure is a function from a part of the record to
 * text. A plot is drawn 328 units wide, or 164 as one of several small panels, and one unit is one
 * CSS pixel on a narrow phone; wider screens get more plots in a row, never smaller text. Colours
 * and shapes come from roles alone, and colour never says what shape, place or a label does not say
 * too.
 *
 * <p>{@code report.css} and {@code report.js} are resources that {@link
 * limbeck.kd.report.html.HtmlReport} pastes into the page. The page is complete without the script,
 * which adds the temperature slider, values under the pointer and by keyboard, and sorting.
 */
package limbeck.kd.report.html;
