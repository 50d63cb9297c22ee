/** What somebody has to do about a failure; errors of others say nothing that helps. */
export class Trouble extends Error {
  readonly remedy: string;

  constructor(what: string, remedy: string) {
    super(what);
    this.remedy = remedy;
  }
}
