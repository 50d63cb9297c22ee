import { describe, expect, it } from 'vitest';
import { refByName } from '@autodevops/domain/object-ref';
import { causesOf } from './causes-of.ts';
import { findingAt, snapshotOf } from '../testing/cluster-builder.ts';

/** Causes of workloads that miss the same thing: `namespace/name` of each. */
function told(...places: string[]): { sentence: string; alike: string[] }[] {
  return toldOf([], ...places).map(({ sentence, alike }) => ({ sentence, alike }));
}

function toldOf(
  namespaces: readonly string[],
  ...places: string[]
): { sentence: string; alike: string[]; first: string }[] {
  const findings = places.map((place) => {
    const [namespace = '', name = ''] = place.split('/');
    return findingAt('Deployment', name, {
      code: 'pod.image.registry-unreachable',
      object: refByName('Deployment', namespace, name),
      cause: 'The registry does not answer.',
      sharedWith: 'registry.example',
    });
  });
  return causesOf(snapshotOf(), findings, { namespaces }).map((cause) => ({
    first: `${cause.object.namespace}/${cause.object.name}`,
    sentence: cause.cause,
    alike: cause.symptoms.map(({ object }) => `${object.namespace}/${object.name}`),
  }));
}

describe('workloads that miss the same thing', () => {
  it('are one cause within a namespace', () => {
    expect(told('a/one', 'a/two')).toEqual([
      { sentence: 'The registry does not answer; 1 more workload has the same trouble.', alike: ['a/two'] },
    ]);
  });

  it('are one cause over three namespaces, which the sentence names', () => {
    expect(told('a/one', 'b/two', 'c/three')).toEqual([
      {
        sentence: 'The registry does not answer; 2 more workloads have the same trouble, also in namespace b, c.',
        alike: ['b/two', 'c/three'],
      },
    ]);
  });

  it('are told of the workload in the namespace that was asked about', () => {
    expect(toldOf(['c'], 'a/one', 'b/two', 'c/three').map(({ first }) => first)).toEqual(['c/three']);
  });

  it('stay apart in two namespaces, which may be of two owners', () => {
    expect(told('a/one', 'b/two')).toHaveLength(2);
  });
});
