/** What Slack's own client would not let a person do: a button that is not there, a field that is not filled in. */
export class PersonCannot extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'PersonCannot';
  }
}
