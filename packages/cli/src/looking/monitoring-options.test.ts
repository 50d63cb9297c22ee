import { describe, expect, it } from 'vitest';
import { main } from '../main.ts';
import type { ClusterChoice } from '../surroundings.ts';
import { fakeSurroundings, readerOf, tinyCluster } from '../testing/fake-surroundings.ts';

interface Ended {
  readonly code: number;
  readonly err: string;
  readonly opened: readonly ClusterChoice[];
}

async function diagnosed(...words: readonly string[]): Promise<Ended> {
  const opened: ClusterChoice[] = [];
  const fake = fakeSurroundings({
    open: async (choice) => {
      opened.push(choice);
      return await Promise.resolve(readerOf(() => tinyCluster('healthy')));
    },
  });
  return {
    code: await main(['diagnose', ...words], fake.surroundings, new AbortController().signal),
    err: fake.err(),
    opened,
  };
}

describe('addresses of monitoring', () => {
  it('are given to what opens the cluster', async () => {
    const { code, opened } = await diagnosed(
      '--prometheus',
      'https://prometheus.example/prom',
      '--alertmanager',
      'monitoring/alertmanager-operated:9093',
      '--loki',
      'logging/loki:http',
    );
    expect(code).toBe(0);
    expect(opened).toMatchObject([
      {
        prometheus: 'https://prometheus.example/prom',
        alertmanager: 'monitoring/alertmanager-operated:9093',
        loki: 'logging/loki:http',
      },
    ]);
  });

  it.each([
    'prometheus.example',
    'ftp://prometheus.example',
    'https://ann:secret@prometheus.example',
    'monitoring/prometheus',
    '../secrets:80',
  ])('are not %s', async (word) => {
    const { code, err, opened } = await diagnosed('--prometheus', word);
    expect([code, opened]).toEqual([64, []]);
    expect(err).toContain('NAMESPACE/NAME:PORT');
  });

  it.each([
    [['--sample'], 'A record has no monitoring'],
    [['--from', 'x.tar.gz'], 'A record has no monitoring'],
    [['--watch'], '--watch is answered by the cluster alone'],
  ])('do not go with %s', async (words, sentence) => {
    const { code, err } = await diagnosed('--prometheus', 'https://p', ...words);
    expect([code, err.includes(sentence)]).toEqual([64, true]);
  });
});
