import { expect, it } from 'vitest';
import { slackMethods } from '../rules/methods/slack-methods.ts';
import { apiMethods } from './registry.ts';

it('every method of the table does something, and nothing is done that the table does not have', () => {
  expect(Object.keys(apiMethods).toSorted()).toEqual(Object.keys(slackMethods).toSorted());
});
