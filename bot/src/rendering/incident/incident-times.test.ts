import { expect, it } from 'vitest';
import { incidentTimes } from './incident-times.ts';

it('times are told in the order in which things happen, those that are known', () => {
  expect(incidentTimes({ toResolve: 900, toCause: 2, toAcknowledge: 30 })).toEqual([
    'taken up after 30 s',
    'cause known after 2 s',
    'resolved after 15 minutes',
  ]);
});

it('what took no second was at once', () => {
  expect(incidentTimes({ toCause: 0 })).toEqual(['cause known at once']);
});
