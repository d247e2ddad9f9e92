/** What is wrong with a Parquet file: raised where it is found, told as a finding by whoever reads the file. */
export class ParquetFault extends Error {
  /** Where in the file, as a finding says it. */
  readonly place: string;
  /** @param problem words that follow the place, in a sentence */
  constructor(problem: string, place = 'the file') {
    super(problem);
    this.place = place;
  }
}
