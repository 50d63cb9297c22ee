import type { Change } from '@autodevops/domain/change/change';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { refText } from '@autodevops/domain/object-ref';
import { oneLine } from '@autodevops/domain/printable';
import { tabName } from '../documents/tab-name.ts';
import { t } from '../language/translate.ts';
import { withEdits } from '../manifests/editing/text-edit.ts';
import { describes, liveProblems } from '../manifests/live/live-problems.ts';
import { setBackWarnings } from '../manifests/live/set-back-problems.ts';
import { setBacks } from '../manifests/live/set-backs.ts';
import { fileText, liveText } from '../manifests/live/live-text.ts';
import { homeNamespace } from '../manifests/home-namespace.ts';
import { namespaceOf, readManifests } from '../manifests/reading/manifest.ts';
import type { Manifest } from '../manifests/reading/manifest.ts';
import { applyRequest } from '../manifests/writing/written-manifest.ts';
import { objectOf, subjectOf } from '../tree/subject.ts';
import type { WindowParts } from '../window-parts.ts';
import { rehearseAndAgree } from './changing.ts';
import { requireOpen } from './require-open.ts';
import type { CommandHandler } from './command.ts';

interface Chosen {
  readonly manifest: Manifest;
  readonly text: string;
  readonly object: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
  };
}

/** The object of the active file that is meant. Throws `usage` where the file describes none. */
async function chooseManifest(parts: WindowParts, argument: unknown, title: string): Promise<Chosen | undefined> {
  const file = parts.documents.active();
  if (file === undefined) throw new AutoDevOpsError('usage', t('No file is open.'), t('Open a manifest first.'));
  const home = homeNamespace(parts);
  const manifests = readManifests(file.text);
  if (manifests.length === 0) {
    throw new AutoDevOpsError(
      'usage',
      t('The file describes no object of Kubernetes.'),
      t('Open one with kind and metadata.name.'),
    );
  }
  const asked = objectOf(subjectOf(argument));
  const named = asked === undefined ? undefined : manifests.find((one) => describes(one, asked, home));
  const manifest =
    named ??
    (manifests.length === 1
      ? manifests[0]
      : await parts.people.pick(
          manifests.map((one) => ({
            label: `${one.kind} ${one.name}`,
            description: namespaceOf(one, home),
            value: one,
          })),
          { title },
        ));
  if (manifest === undefined) return undefined;
  if (!manifest.whole) {
    throw new AutoDevOpsError('usage', t('The file is no well-formed YAML yet.'), t('Correct it first.'));
  }
  const { apiVersion, kind, name } = manifest;
  return { manifest, text: file.text, object: { apiVersion, kind, name, namespace: namespaceOf(manifest, home) } };
}

/** The object's text with every fix that the diagnosis proposes for it; undefined where it proposes none. */
function proposedText(parts: WindowParts, { manifest, text }: Chosen): string | undefined {
  const state = parts.problems.state.value;
  const problems =
    'diagnosis' in state
      ? liveProblems(state.diagnosis, { manifests: [manifest], text, home: homeNamespace(parts) })
      : [];
  const edits = problems.flatMap(({ fixes }) => fixes[0]?.edits ?? []);
  const apart = edits.filter(
    (edit, index) =>
      edits.findIndex((other) => other.start < edit.end && edit.start < other.end) === index || edit.start === edit.end,
  );
  return apart.length === 0
    ? undefined
    : withEdits(text, apart).slice(
        manifest.start,
        manifest.end + apart.reduce((sum, edit) => sum + edit.text.length - (edit.end - edit.start), 0),
      );
}

/** What applying the file would take back of what was done in the cluster. */
function warningsOf(
  parts: WindowParts,
  { manifest }: Chosen,
  live: unknown,
  done: readonly Change[],
): readonly string[] {
  return setBackWarnings(setBacks(manifest, live, done, homeNamespace(parts)));
}

async function compareWithLive(parts: WindowParts, chosen: Chosen, name: string, signal: AbortSignal): Promise<void> {
  const { manifest, object } = chosen;
  const live = await parts.source.get(object, signal);
  if (live === undefined) {
    throw new AutoDevOpsError(
      'cluster.not-found',
      t('{0} is not in the cluster.', oneLine(refText(object), 200)),
      t('Apply it, or look in another namespace.'),
    );
  }
  await parts.documents.compare(
    { path: `manifests/${name}.live.yaml`, language: 'yaml', text: liveText(live, manifest.value) },
    { path: `manifests/${name}.file.yaml`, language: 'yaml', text: fileText(manifest.value) },
    t('{0}: live and file', oneLine(refText(object), 100)),
  );
  const warnings = warningsOf(parts, chosen, live, await parts.doneChanges.loadListed(signal));
  if (warnings.length > 0) parts.people.whisper(warnings.join(' '));
}

/** What the file says beside what lives, or beside what the diagnosis proposes. */
export const diffManifest: CommandHandler = async (parts, argument, signal) => {
  const chosen = await chooseManifest(parts, argument, t('Diff Manifest with Live'));
  if (chosen === undefined) return;
  const { manifest, text, object } = chosen;
  const name = tabName(`${object.kind} ${object.namespace} ${object.name}`);
  const proposed = proposedText(parts, chosen);
  const which =
    proposed === undefined
      ? 'live'
      : await parts.people.pick(
          [
            { label: t('Live and file'), value: 'live' as const },
            { label: t('File and what is proposed'), value: 'proposed' as const },
          ],
          { title: t('Diff Manifest with Live') },
        );
  if (which === 'live') return await compareWithLive(parts, chosen, name, signal);
  if (which !== 'proposed' || proposed === undefined) return;
  await parts.documents.compare(
    { path: `manifests/${name}.file.yaml`, language: 'yaml', text: text.slice(manifest.start, manifest.end) },
    { path: `manifests/${name}.proposed.yaml`, language: 'yaml', text: proposed },
    t('{0}: file and proposed', oneLine(refText(object), 100)),
  );
};

/** Has the agent apply what the file says: the server rehearses it first, the policy decides, Jamie verifies. */
export const applyManifest: CommandHandler = async (parts, argument, signal) => {
  requireOpen(parts);
  const chosen = await chooseManifest(parts, argument, t('Apply Manifest'));
  if (chosen === undefined) return;
  const { manifest, object } = chosen;
  const live = await parts.source.get(object, signal);
  const uid = live?.metadata['uid'];
  const request = applyRequest({ ...object, value: manifest.value }, typeof uid === 'string' ? uid : '');
  const says = oneLine(refText(object), 200);
  const client = await parts.client(signal);
  await rehearseAndAgree(
    parts,
    client,
    { requests: [request], reason: t('The reviewed manifest of {0}, from the editor.', says) },
    {
      id: `apply-${tabName(object.name)}`,
      title: t('{0}: live and proposed', says),
      warnings: warningsOf(parts, chosen, live, await parts.doneChanges.load(signal)),
    },
    signal,
  );
};
