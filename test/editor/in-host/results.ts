/** What became of one test inside of the host; `says` is empty where it passed. */
export interface InHostResult {
  readonly test: string;
  readonly says: string;
}

/** Names the file that the results are written to, as JSON. */
export const resultsVariable = 'AUTODEVOPS_IN_HOST_RESULTS';
