/** Where a chain stands: what its last row's sequence and hash are. */
export interface ChainHead {
  readonly sequence: number;
  readonly hash: string;
}
