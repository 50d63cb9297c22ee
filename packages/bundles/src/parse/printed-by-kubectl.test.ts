import { describe, expect, it } from 'vitest';
import { isPrintedByKubectl } from './printed-by-kubectl.ts';

describe('what kubectl prints for people', () => {
  it.each([
    ['describe', 'Name:             web-1\nNamespace:        shop\nPriority:         0\n'],
    [
      'describe of what has no namespace',
      '\nName:               node-1\nRoles:              <none>\nLabels:             a=b\n',
    ],
    [
      'a table',
      'NAMESPACE   NAME    READY   STATUS    RESTARTS   AGE\nshop        web-1   1/1     Running   0          9d\n',
    ],
    [
      'a table of events',
      'LAST SEEN   TYPE      REASON    OBJECT      MESSAGE\n30s         Warning   Failed    pod/web-1   no\n',
    ],
    [
      'a table of use',
      'NAME     CPU(cores)   CPU%   MEMORY(bytes)   MEMORY%\nnode-1   250m         3%     2100Mi          6%\n',
    ],
  ])('is known by its beginning: %s', (_, head) => {
    expect(isPrintedByKubectl(head)).toBe(true);
  });

  it.each([
    '',
    'NAME',
    'Name: is what a log may begin with\nand go on',
    'ERROR  FAILED to start\n',
    '{"kind":"Pod"}',
    'apiVersion: v1\nkind: Pod\n',
    '2026-01-01T12:00:00Z NAME  READY\n',
    ' '.repeat(100_000),
    'NAME  a  b  c',
  ])('is not %#', (head) => {
    expect(isPrintedByKubectl(head)).toBe(false);
  });
});
