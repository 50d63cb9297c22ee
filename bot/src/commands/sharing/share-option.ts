/** Of every word: an answer that may be shared is said to everybody in the channel. */
export const share = { share: { takes: 'nothing', says: 'Answer for everybody in the channel to see.' } } as const;
