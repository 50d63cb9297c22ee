/**
 * Of a value that is good once, in milliseconds. What ends so much earlier than one that is put now has ended already,
 * whoever's clock it was put by.
 */
export const longestLife = 24 * 60 * 60 * 1000;
