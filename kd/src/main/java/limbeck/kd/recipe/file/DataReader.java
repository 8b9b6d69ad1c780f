package limbeck.kd.recipe.file;

import limbeck.kd.recipe.DataSplit;

/** What a recipe does with its training set: table {@code [data]}. */
final class DataReader {
  private DataReader() {}

  static DataSplit read(Fields document) {
    Fields f = document.table("data");
    DataSplit usual = DataSplit.WHOLE;
    DataSplit split =
        new DataSplit(
            f.whole("validation", usual.validation(), 0, Integer.MAX_VALUE),
            f.word("split", usual.split(), DataSplit.SPLITS),
            f.whole("subset", usual.subset(), 0, Integer.MAX_VALUE),
            f.word("results", usual.results(), DataSplit.RESULTS),
            f.text("format", usual.format()));
    f.done();
    return split;
  }
}
