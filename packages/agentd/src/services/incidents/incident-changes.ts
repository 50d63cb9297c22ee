import { readChange } from '@autodevops/agent-core/changes/journal/journal';
import { changeIncident, readIncident } from '@autodevops/agent-core/incidents/incident-journal';
import { causeKey } from '@autodevops/agent-core/incidents/diagnosing/relevant-causes';
import type { Actor } from '@autodevops/domain/change/actor';
import type { Change } from '@autodevops/domain/change/change';
import type { Incident } from '@autodevops/domain/incident/incident';
import type { JournalSummary, Store } from '@autodevops/domain/ports/store';

type Journals = Pick<Store, 'changes' | 'incidents'>;

/** So many of the newest changes are looked through. */
const mostLookedAt = 500;
const page = 100;

export interface ChangeFilter {
  readonly limit: number;
  readonly open: boolean;
  readonly before?: string | undefined;
  /** Id of an incident. */
  readonly incident?: string | undefined;
  /** Key of a cause: `pod.image.not-found Deployment/shop/web`. */
  readonly finding?: string | undefined;
}

/** The incident that took the place of one that was merged; itself otherwise. A chain of them is short, but not trusted to be. */
export async function standingIncident(journal: Store['incidents'], id: string): Promise<Incident> {
  let incident = await readIncident(journal, id);
  for (let hops = 0; incident.mergedInto !== '' && hops < 20; hops += 1) {
    incident = await readIncident(journal, incident.mergedInto);
  }
  return incident;
}

function isLinked({ links }: Incident, id: string): boolean {
  return links.some(({ target }) => target === id);
}

/** Whether a change is for an incident: it is linked there, or was to remove one of its causes while it went on. */
function isFor(change: Change, incident: Incident): boolean {
  const { finding } = change.reason;
  if (isLinked(incident, change.id)) return true;
  const inTime =
    change.updatedAt >= incident.openedAt && (incident.resolvedAt === '' || change.createdAt <= incident.resolvedAt);
  return finding !== undefined && inTime && incident.causesSeen.includes(causeKey(finding));
}

async function* newest({ changes }: Journals, { open, before }: ChangeFilter): AsyncGenerator<JournalSummary> {
  let last = before;
  for (let seen = 0; seen < mostLookedAt; seen += page) {
    const lines = await changes.list({ limit: page, open, ...(last === undefined ? {} : { before: last }) });
    yield* lines;
    if (lines.length < page) return;
    last = lines.at(-1)?.id;
  }
}

/** Changes, the newest first, of those that the filter lets through. Throws `incident.not-found`. */
export async function filteredChanges(filter: ChangeFilter, journals: Journals): Promise<readonly Change[]> {
  const incident =
    filter.incident === undefined ? undefined : await standingIncident(journals.incidents, filter.incident);
  const found: Change[] = [];
  for await (const line of newest(journals, filter)) {
    // One that ended before is none of it, unless it is linked: then it need not be read.
    if (incident !== undefined && line.lastTime < incident.openedAt && !isLinked(incident, line.id)) continue;
    const { change } = await readChange(journals.changes, line.id);
    const { finding } = change.reason;
    if (incident !== undefined && !isFor(change, incident)) continue;
    if (filter.finding !== undefined && (finding === undefined || causeKey(finding) !== filter.finding)) continue;
    found.push(change);
    if (found.length >= filter.limit) break;
  }
  return found;
}

/** Links a change to the incident that it is for, once. Throws `incident.not-found`, `incident.wrong-state`. */
export async function linkChange(
  journal: Store['incidents'],
  incident: string,
  change: { readonly id: string; readonly title: string },
  at: { readonly time: string; readonly actor: Actor },
): Promise<Incident> {
  const { id } = await standingIncident(journal, incident);
  return await changeIncident(journal, id, (present) =>
    isLinked(present, change.id) ? [] : [{ type: 'linked', ...at, title: change.title, target: change.id }],
  );
}
