import { z } from 'zod';
import type { GitChange } from '@autodevops/domain/ports/git-changes';
import { gitFailure } from './failure.ts';
import type { Repository } from '@autodevops/domain/change/repository';

/** Where people review a branch: a pull request of GitHub, a merge request of GitLab, nowhere for plain Git. */
export interface ReviewHost {
  /** The page of the open review of its branch against its base; undefined when there is none. */
  find(change: GitChange, signal: AbortSignal): Promise<string | undefined>;
  open(change: GitChange, signal: AbortSignal): Promise<string>;
  close(change: GitChange, signal: AbortSignal): Promise<void>;
}

interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal: AbortSignal;
}

const largest = 2_000_000;

async function call<T>({ method, url, headers, body, signal }: Call, shape: z.ZodType<T>): Promise<T> {
  const host = new URL(url).host;
  const remedy = 'See that the token of the repository is valid and may open reviews.';
  const answer = await fetch(url, {
    method,
    // A project that was renamed is not followed: the token is for the one that the configuration names.
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]),
    headers: {
      accept: 'application/json',
      'user-agent': 'autodevops',
      ...headers,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    throw gitFailure(`${host} does not answer.`, error instanceof Error ? error.message : '', remedy);
  });
  const text = (await answer.text()).slice(0, largest);
  if (!answer.ok) throw gitFailure(`${host} answers ${answer.status}:`, text, remedy);
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    throw gitFailure(`${host} sends an answer that cannot be read.`, '', remedy);
  }
}

const Pull = z.looseObject({ number: z.int(), html_url: z.string() });

function github(host: Extract<Repository['host'], { kind: 'github' }>, token: string | undefined): ReviewHost {
  const headers = {
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  const pulls = `${host.api}/repos/${host.project}/pulls`;
  const owner = host.project.split('/')[0] ?? '';
  const find = async ({ branch, base }: GitChange, signal: AbortSignal): Promise<z.infer<typeof Pull> | undefined> => {
    const query = new URLSearchParams({ state: 'open', head: `${owner}:${branch}`, base });
    return (await call({ method: 'GET', url: `${pulls}?${query}`, headers, signal }, z.array(Pull)))[0];
  };
  return {
    find: async (change, signal) => (await find(change, signal))?.html_url,
    open: async (change, signal) =>
      (
        await call(
          {
            method: 'POST',
            url: pulls,
            headers,
            signal,
            body: { title: change.title, body: change.body, head: change.branch, base: change.base },
          },
          Pull,
        )
      ).html_url,
    close: async (change, signal) => {
      const pull = await find(change, signal);
      if (pull !== undefined) {
        await call(
          { method: 'PATCH', url: `${pulls}/${pull.number}`, headers, signal, body: { state: 'closed' } },
          Pull,
        );
      }
    },
  };
}

const Merge = z.looseObject({ iid: z.int(), web_url: z.string() });

function gitlab(host: Extract<Repository['host'], { kind: 'gitlab' }>, token: string | undefined): ReviewHost {
  const headers: Record<string, string> = token === undefined ? {} : { 'private-token': token };
  const merges = `${host.api}/projects/${encodeURIComponent(host.project)}/merge_requests`;
  const find = async ({ branch, base }: GitChange, signal: AbortSignal): Promise<z.infer<typeof Merge> | undefined> => {
    const query = new URLSearchParams({ state: 'opened', source_branch: branch, target_branch: base });
    return (await call({ method: 'GET', url: `${merges}?${query}`, headers, signal }, z.array(Merge)))[0];
  };
  return {
    find: async (change, signal) => (await find(change, signal))?.web_url,
    open: async (change, signal) =>
      (
        await call(
          {
            method: 'POST',
            url: merges,
            headers,
            signal,
            body: {
              title: change.title,
              description: change.body,
              source_branch: change.branch,
              target_branch: change.base,
            },
          },
          Merge,
        )
      ).web_url,
    close: async (change, signal) => {
      const merge = await find(change, signal);
      if (merge !== undefined) {
        await call(
          { method: 'PUT', url: `${merges}/${merge.iid}`, headers, signal, body: { state_event: 'close' } },
          Merge,
        );
      }
    },
  };
}

const nowhere: ReviewHost = { find: async () => '', open: async () => '', close: async () => {} };

export function reviewHost({ host }: Repository, token: string | undefined): ReviewHost {
  if (host.kind === 'github') return github(host, token);
  return host.kind === 'gitlab' ? gitlab(host, token) : nowhere;
}
