import { describe, expect, it } from 'vitest';
import { deeperWords, isPresent, rootOfTrace } from './deeper-words.ts';

describe('words of failure deeper in a status', () => {
  it('are those of the first part that calls itself failed', () => {
    const trace = 'ConnectException: stopped\n\tat a.B(C.java:1)\nCaused by: PSQLException: slot "d" is active\n';
    const status = { connector: { tasks: [{ state: 'RUNNING' }, { id: 1, state: 'FAILED', trace }] } };
    expect(deeperWords(status)).toEqual({
      path: 'status.connector.tasks[1].trace',
      text: 'PSQLException: slot "d" is active',
      state: 'FAILED',
      part: '',
    });
  });

  it('may be a state that says why in itself', () => {
    const status = {
      domainStatus: [
        { domain: 'a.io', status: 'Active' },
        { domain: 'b.io', status: 'FailedNotVisible' },
      ],
    };
    const words = deeperWords(status);
    expect(words).toEqual({
      path: 'status.domainStatus[1].status',
      text: 'FailedNotVisible',
      state: 'FailedNotVisible',
      part: 'b.io',
    });
    expect(words !== undefined && isPresent(words)).toBe(true);
  });

  it('are history in a list of what was', () => {
    const words = deeperWords({ history: [{ status: 'Failed', message: 'no room' }] });
    expect(words !== undefined && isPresent(words)).toBe(false);
  });

  it('are not a bare state, which says nothing', () => {
    expect(deeperWords({ tasks: [{ name: 'a', state: 'Failed' }] })).toBeUndefined();
  });

  it('are not sought in conditions, nor in what is well', () => {
    expect(
      deeperWords({ conditions: [{ status: 'Error', message: 'no' }], parts: [{ state: 'Ready' }] }),
    ).toBeUndefined();
    expect(deeperWords(undefined)).toBeUndefined();
  });

  it('are not sought without end', () => {
    const deep = Array.from({ length: 12 }).reduce<{ readonly inner?: object }>((inner) => ({ inner }), {
      state: 'FAILED',
      message: 'too deep',
    } as object);
    expect(deeperWords(deep as never)).toBeUndefined();
  });
});

describe('the root of a trace', () => {
  it('is the innermost message of an error in JSON', () => {
    const error = { message: 'outer', throwableList: [{ message: 'outer' }, { message: 'Only "local" is supported' }] };
    expect(rootOfTrace(JSON.stringify(error))).toBe('Only "local" is supported');
  });

  it('is the text itself where it only looks like JSON', () => {
    expect(rootOfTrace('{not json')).toBe('{not json');
  });
});
