import { mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { ProgressLocation, resetStandIn, standIn, Uri } from '../../testing/vscode-stand-in.ts';
import { folder } from './folder.ts';
import { editorDocuments, scheme } from './made-documents.ts';
import { people } from './people.ts';
import { terminals } from './terminals.ts';

beforeEach(() => resetStandIn());

describe('asking the person', () => {
  it('for a yes is modal, with the details as text', async () => {
    standIn.replies.push('Apply', undefined);
    expect(await people.confirm('Apply?', { detail: 'Four objects.', yes: 'Apply' })).toBe(true);
    expect(await people.confirm('Apply?', { detail: '', yes: 'Apply' })).toBe(false);
    expect(standIn.asked[0]).toEqual({
      kind: 'warning',
      text: 'Apply?',
      options: { modal: true, detail: 'Four objects.' },
      items: ['Apply'],
    });
  });

  it('to choose gives the value of what was chosen', async () => {
    standIn.replies.push({ label: 'web', value: 7 });
    expect(await people.pick([{ label: 'web', icon: 'target', value: 7 }], { title: 'Which?' })).toBe(7);
    expect(await people.pick([], { title: 'Which?' })).toBeUndefined();
    expect(standIn.asked[0]?.items[0]).toMatchObject({ label: 'web', iconPath: { id: 'target' } });
  });

  it.each(['information', 'warning', 'error'] as const)('tells %s with buttons', async (kind) => {
    standIn.replies.push('Show');
    expect(await people.tell(kind, 'Something.', ['Show'])).toBe('Show');
    expect(standIn.asked[0]).toMatchObject({ kind, text: 'Something.', items: ['Show'] });
  });

  it('shows progress in the view that it is about, and can be stopped where it takes long', async () => {
    await people.during('changes', 'Applying', async ({ tell }) => {
      tell('half', 0.5);
      tell('on');
      tell('whole', 1);
    });
    expect(standIn.asked[0]).toMatchObject({
      options: { location: { viewId: 'autodevops.changes' }, cancellable: false },
    });
    expect(standIn.asked.slice(1).map(({ text }) => text)).toEqual([
      { message: 'half', increment: 50 },
      { message: 'on' },
      { message: 'whole', increment: 50 },
    ]);
    await people.during('notification', 'Starting', async () => undefined);
    expect(standIn.asked.at(-1)).toMatchObject({
      options: { location: ProgressLocation.Notification, cancellable: true },
    });
  });

  it('shows nothing of a cluster as a link or an icon', async () => {
    const hostile = '[x](command:y) $(error)';
    await people.tell('error', hostile);
    await people.confirm(hostile, { detail: hostile, yes: 'Yes' });
    await people.enter({ title: hostile, prompt: hostile });
    await people.pick([{ label: hostile, description: hostile, detail: hostile, value: 1 }], { title: hostile });
    await people.during('changes', hostile, async ({ tell }) => tell(hostile));
    people.whisper(hostile);
    const shown = JSON.stringify(standIn.asked);
    expect(shown).toContain('command:y');
    expect(shown).not.toMatch(/\]\(command|\$\(error/);
  });

  it('for a file gives its path', async () => {
    standIn.replies.push([Uri.file('/a')], Uri.file('/b'), undefined, [Uri.file('/d')]);
    expect(await people.openFile({ title: 'Which?', kinds: { YAML: ['yaml'] } })).toBe('/a');
    expect(await people.saveFile({ title: 'Where?', name: 'c.tar.gz' })).toBe('/b');
    expect(await people.openFile({ title: 'Which?' })).toBeUndefined();
    expect(await people.openFolder({ title: 'Which?' })).toBe('/d');
    // Not at the root of the disk, where nobody may write.
    expect(standIn.asked.find(({ kind }) => kind === 'save')?.options).toMatchObject({
      defaultUri: { path: join(homedir(), 'c.tar.gz') },
    });
  });
});

describe('documents that are made', () => {
  it('are served as their text, in their language, under their name', async () => {
    const { documents } = editorDocuments();
    await documents.show({ path: 'doctor.txt', language: 'autodevops', text: 'All is well.' });
    expect(standIn.shown[0]?.uri).toMatchObject({ scheme, path: '/doctor.txt' });
    expect(standIn.languages.get('/doctor.txt')).toBe('autodevops');
    expect(standIn.providers.get(scheme)?.provideTextDocumentContent(Uri.from({ scheme, path: '/doctor.txt' }))).toBe(
      'All is well.',
    );
  });

  it("are compared by the editor's own difference", async () => {
    const { documents } = editorDocuments();
    await documents.compare(
      { path: 'a.yaml', language: 'yaml', text: 'a' },
      { path: 'b.yaml', language: 'yaml', text: 'b' },
      'live and proposed',
    );
    expect(standIn.executed).toMatchObject([
      ['vscode.diff', { path: '/a.yaml' }, { path: '/b.yaml' }, 'live and proposed', { preview: true }],
    ]);
  });

  it('lead to where a setting is set', async () => {
    await editorDocuments().documents.openSetting('local.config');
    expect(standIn.executed).toEqual([['workbench.action.openSettings', '@id:autodevops.local.config']]);
  });

  it('are forgotten, the oldest first, when there are many', async () => {
    const { documents } = editorDocuments();
    for (let index = 0; index <= 50; index++) {
      await documents.show({ path: `${index}.txt`, language: 'autodevops', text: `text ${index}` });
    }
    const text = (index: number): string | undefined =>
      standIn.providers.get(scheme)?.provideTextDocumentContent(Uri.from({ scheme, path: `/${index}.txt` }));
    expect([text(0), text(1), text(50)]).toEqual(['', 'text 1', 'text 50']);
  });

  it('are told what is active', () => {
    const { documents } = editorDocuments();
    expect(documents.active()).toBeUndefined();
    standIn.activeEditor = { document: { uri: Uri.file('/a.yaml'), getText: () => 'a: 1' } };
    expect(documents.active()).toEqual({ path: '/a.yaml', text: 'a: 1' });
  });
});

describe('a terminal', () => {
  it('has the program in it, and no shell', () => {
    terminals.open({ name: 'Logs', program: '/usr/bin/kubectl', args: ['logs', '$(id)'] });
    expect(standIn.terminals).toEqual([
      { name: 'Logs', shellPath: '/usr/bin/kubectl', shellArgs: ['logs', '$(id)'], isTransient: true },
    ]);
  });

  it.skipIf(process.platform === 'win32')('finds what is on the PATH', async () => {
    expect(await terminals.find('sh')).toMatch(/\/sh$/);
    expect(await terminals.find('no-such-program-anywhere')).toBeUndefined();
  });
});

it('a file is written whole, and what is not there is nothing', async () => {
  const place = mkdtempSync(join(tmpdir(), 'autodevops-folder-'));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  const file = join(place, 'deep', 'file.yaml');
  expect(await folder.read(file)).toBeUndefined();
  await folder.write(file, 'a: 1');
  expect(await folder.read(file)).toBe('a: 1');
  await expect(folder.read(place)).rejects.toThrow('EISDIR');
});
