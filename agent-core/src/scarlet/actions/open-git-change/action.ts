import { printable } from '@autodevops/domain/printable';
import { z } from 'zod';
import { canonicalJson } from '@autodevops/domain/canonical-json';
import { kindNames } from '@autodevops/domain/kubernetes/kinds';
import { refText } from '@autodevops/domain/object-ref';
import type { GitChange } from '@autodevops/domain/ports/git-changes';
import { nameList } from '../../../reading/name-list.ts';
import { nearMatches } from '../../../reading/near-match.ts';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { refuse } from '../../refusal.ts';
import { countText, inThreeTenses } from '../../sentences.ts';
import { BranchName } from './file-place.ts';
import { liveComparison } from './live-comparison.ts';
import { ProposedFile, checkFiles, documentsIn } from './proposed-files.ts';
import { reviewText } from './review-text.ts';

const line = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}]*$/u, 'has to be one line');

const Params = z.strictObject({
  repository: z
    .string()
    .max(100)
    .regex(/^[a-z0-9][a-z0-9-]*$/, 'not the name of a repository')
    .describe('as the configuration names it'),
  base: BranchName.optional().describe('the branch that it is proposed against; main when absent'),
  title: line(100).refine((title) => printable(title) === title, 'holds what cannot be seen'),
  why: line(500).optional(),
  evidence: z.array(line(1000)).max(20).optional(),
  files: z.array(ProposedFile).min(1).max(50),
});
type Params = z.infer<typeof Params>;

const mostBytes = 1024 * 1024;

function repositories({ git }: Live): NonNullable<Live['git']> {
  return (
    git ??
    refuse(
      'This agent has no Git repositories.',
      'Name them in its configuration, under `repositories`, each with a name and an address.',
    )
  );
}

/** The same proposal has the same branch, so it is found again and never opened twice. */
async function branchOf(params: Params): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonicalJson(params))));
  return `autodevops/${[...bytes.subarray(0, 6)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

async function changeOf(params: Params, body: string): Promise<GitChange> {
  const { repository, base = 'main', title, files } = params;
  return {
    verb: 'open-git-change',
    repository,
    base,
    branch: await branchOf(params),
    title,
    body,
    files: files.map((file) => ({ ...file })),
  };
}

function checkRepository({ repository, files }: Params, { repositories: known }: NonNullable<Live['git']>): void {
  if (!known.includes(repository)) {
    const near = nearMatches(repository, known);
    refuse(
      `The configuration names no repository "${repository}".`,
      near.length > 0
        ? `Did you mean ${nameList(near)}?`
        : `It names ${known.length === 0 ? 'none' : nameList(known, 8)}.`,
    );
  }
  const size = files.reduce((sum, { content }) => sum + new TextEncoder().encode(content ?? '').length, 0);
  if (size > mostBytes) refuse('The files are larger than 1 MiB together.', 'Propose them in parts.');
  checkFiles(files);
}

/** Files that the base does not have like this, with what becomes of each. */
async function differing(
  { repository, base = 'main', files }: Params,
  live: Live,
): Promise<readonly { readonly file: ProposedFile; readonly says: string }[]> {
  const git = repositories(live);
  const compared = await Promise.all(
    files.map(async (file) => ({ file, before: await git.read(repository, base, file.path, { signal: live.signal }) })),
  );
  const absent = compared.find(({ file, before }) => file.content === null && before === undefined);
  if (absent !== undefined) {
    return refuse(`${absent.file.path} is not in ${base} of ${repository}, so it cannot go.`, 'Leave it out.');
  }
  const changed = compared.filter(({ file, before }) => file.content !== (before ?? null));
  if (changed.length === 0) {
    return refuse(
      `The files are in ${base} of ${repository} like this already.`,
      'See why the cluster does not follow.',
    );
  }
  return changed.map(({ file, before }) => ({
    file,
    says: `${file.path}: ${file.content === null ? 'goes' : before === undefined ? 'new' : 'changed'}`,
  }));
}

async function plan({ target, params }: TypedRequest<Params>, live: Live): Promise<Draft> {
  checkRepository(params, repositories(live));
  const { repository, base = 'main', title, why = '', evidence = [] } = params;
  const files = await differing(params, live);
  const comparison = await liveComparison(
    files.flatMap(({ file }) => documentsIn(file)),
    live,
  );
  const body = reviewText({
    about: refText(target),
    why,
    evidence,
    files: files.map(({ says }) => says),
    comparison,
    base,
  });
  const change = await changeOf(params, body);
  return {
    sentences: inThreeTenses(
      ['Propose', 'Proposing', 'Proposed'],
      `"${title}" in repository ${repository} on branch ${change.branch}: ${countText(files.length, 'file')} against ${base}`,
    ),
    operations: [change],
    undo: { operations: [change], why: 'Closes the proposal and deletes its branch, while that is as it was made.' },
    touches: [],
    notes: [...files.slice(0, 10).map(({ says }) => `${says}.`), 'The cluster changes only when people merge it.'],
  };
}

async function verify({ params }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const change = await changeOf(params, '');
  const found = await repositories(live).find(change, { signal: live.signal });
  if (found === undefined) {
    return { state: 'waiting', says: `Branch ${change.branch} of ${change.repository} is not open for review.` };
  }
  return {
    state: 'succeeded',
    says: `Branch ${found.branch} of ${change.repository} is there${found.page === '' ? '' : `: ${found.page}`}.`,
  };
}

export const openGitChange = action<Params>({
  name: 'open-git-change',
  title: 'Propose a change in Git',
  kinds: [...kindNames, 'Application', 'Kustomization', 'HelmRelease'],
  params: Params,
  risk: 'low',
  patience: 120,
  plan,
  verify,
});
