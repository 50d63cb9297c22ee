import { kindNames } from '@autodevops/domain/kubernetes/kinds';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { editDistance } from '../../reading/near-match.ts';
import { perSnapshot } from '../../reading/per-snapshot.ts';
import { kindFromWords } from './phrase.ts';

/** Words of questions that are often mistyped: those by which the intents know a question. */
const vocabulary: readonly string[] = (
  'which what where when changed changes change happened happens running restarted restarts restart restarting failing failed fails failure killed crashing crashed crashes ' +
  'pending healthy unhealthy ready broken problem problems wrong cluster namespace namespaces deployment deployments service services ingress ingresses secret secrets ' +
  'volume volumes container containers replica replicas memory limits limit request requests resource resources readiness liveness probe probes environment variable ' +
  'variables events event warnings warning version versions image images schedule scheduled suspended cordoned drain evicted affected impacted listen listens depends ' +
  'connect connects reach reaches logs nodes node pods port ports scaled scale rollout rollouts revision revisions previous difference between yesterday recently ' +
  'urgent important privileged expose exposed alerts alert firing describe explain status capacity available unavailable today endpoints mounts mounted uses'
).split(' ');
const known = new Set(vocabulary);

/** Every name that an object has, and every part of one. */
const names = perSnapshot((snapshot: Snapshot) => {
  const all = new Set<string>();
  for (const kind of kindNames) {
    if (kind === 'Event' || kind === 'Lease') continue;
    for (const { metadata } of snapshot.list(kind)) {
      for (const part of [metadata.name, ...metadata.name.split(/[-.:]/)]) all.add(part.toLowerCase());
    }
  }
  for (const pod of snapshot.list('Pod')) for (const { name } of pod.spec.containers) all.add(name.toLowerCase());
  return all;
});

function corrected(word: string, snapshot: Snapshot): string {
  const lower = word.toLowerCase();
  const slip = names(snapshot).has(lower) ? undefined : slips.get(lower);
  if (slip !== undefined) return slip;
  if (
    !/^[a-z]{5,}$/.test(lower) ||
    known.has(lower) ||
    kindFromWords(lower) !== undefined ||
    names(snapshot).has(lower)
  ) {
    return word;
  }
  const limit = lower.length >= 9 ? 2 : 1;
  const near = vocabulary
    .map((candidate) => ({ candidate, distance: editDistance(lower, candidate, limit) }))
    .filter(({ distance }) => distance <= limit);
  const best = Math.min(...near.map(({ distance }) => distance));
  const meant = near.filter(({ distance }) => distance === best);
  const [first] = meant;
  // Forms of one word ("happened", "happens") are as good as each other.
  return first !== undefined && meant.every(({ candidate }) => candidate.slice(0, 5) === first.candidate.slice(0, 5))
    ? first.candidate
    : word;
}

const openings = ['which', 'what', 'when', 'where', 'show', 'list', 'does', 'why', 'how'];
/** Words too short to be judged by their letters. */
const slips: ReadonlyMap<string, string> = new Map([
  ['teh', 'the'],
  ['thier', 'their'],
  ['nto', 'not'],
  ['wihtout', 'without'],
  ['withuot', 'without'],
  ['podz', 'pods'],
  ['ist', 'is'],
  ['hwo', 'how'],
  ['wich', 'which'],
  ['hase', 'has'],
  ['hte', 'the'],
  ['adn', 'and'],
  ['si', 'is'],
  ['fo', 'of'],
  ['ni', 'in'],
  ['mnay', 'many'],
  ['pdo', 'pod'],
  ['pdos', 'pods'],
  ['ndoe', 'node'],
]);

/** The first word of a question is one of few. */
function opening(word: string): string {
  const lower = word.toLowerCase();
  if (
    openings.includes(lower) ||
    !/^[a-z]{2,6}$/.test(lower) ||
    ['is', 'are', 'do', 'has', 'can', 'who', 'was', 'did', 'any', 'will', 'have', 'were'].includes(lower)
  ) {
    return word;
  }
  const near = openings.filter((candidate) => editDistance(lower, candidate, 1) <= 1);
  return near.length === 1 ? (near[0] ?? word) : word;
}

/** The text with slips of the fingers put right that are no words of anything. */
export function withoutSlips(text: string): string {
  return text
    .split(' ')
    .map((word) => slips.get(word.toLowerCase()) ?? word)
    .join(' ');
}

/** The text with mistyped words of questions put right ("happend", "deplyoments"). What is a name stays as it is. */
export function spelledRight(text: string, snapshot: Snapshot): string {
  return text
    .split(' ')
    .map((word, i) => {
      const first = i === 0 && !names(snapshot).has(word.toLowerCase()) ? opening(word) : word;
      return first === word ? corrected(word, snapshot) : first;
    })
    .join(' ');
}
