import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folders, listFiles, root, sourceFiles } from './source-files.ts';

interface Document {
  readonly path: string;
  readonly text: string;
}

/** What people read, without what stands in code blocks. Notes for the next release name nothing, golden files are output. */
function documents(): readonly Document[] {
  return listFiles()
    .filter((path) => path.endsWith('.md') && !/(?:^\.changeset|\/golden|\/fixtures)\//.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8').replaceAll(/```[\s\S]*?```/g, '') }));
}

function isThere(path: string): boolean {
  return existsSync(join(root, path));
}

/** As GitHub makes them of headings. */
function anchors(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}

function deadLinks({ path, text }: Document): readonly string[] {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link));
  return links
    .filter((link) => {
      const [to = '', anchor = ''] = link.split('#');
      const target = to === '' ? path : posix.join(posix.dirname(path), to);
      return (
        !isThere(target) ||
        (anchor !== '' && target.endsWith('.md') && !anchors(readFileSync(join(root, target), 'utf8')).includes(anchor))
      );
    })
    .map((link) => `${path} leads to ${link}`);
}

/** `folder/file.ts` between backticks, from the root or from the document's folder; what has a word in capitals in it stands for many. */
function deadPaths({ path, text }: Document): readonly string[] {
  const home = posix.dirname(path);
  const named = [...text.matchAll(/`((?:[\w.-]+\/)+[\w.-]*)`/g)]
    .map(([, name = '']) => name)
    .filter((name) => !/[A-Z]{4}/.test(name));
  const beginning = (name: string): string => name.slice(0, name.indexOf('/'));
  return named
    .filter(
      (name) =>
        [beginning(name), posix.join(home, beginning(name))].some(isThere) &&
        ![name, posix.join(home, name)].some(isThere),
    )
    .map((name) => `${path} names ${name}`);
}

/** `folder/file.ts` between backticks in a comment, from the root. */
function deadSources({ path, text }: Document): readonly string[] {
  const named = [...text.matchAll(/^ *(?:\/\*\*|\*|\/\/).*$/gm)].flatMap(([comment]) =>
    [...comment.matchAll(/`((?:[\w.-]+\/)+[\w.-]+\.(?:ts|mjs))`/g)].map(([, name = '']) => name),
  );
  return named
    .filter((name) => isThere(name.slice(0, name.indexOf('/'))) && !isThere(name))
    .map((name) => `${path} names ${name}`);
}

it('comments name no source file that is not there', () => {
  const all = sourceFiles();
  expect(all.filter(({ text }) => text.includes('.ts`')).length).toBeGreaterThan(3);
  expect(all.flatMap(deadSources)).toEqual([]);
});

describe('the documents', () => {
  const all = documents();

  it('lead to nothing that is not there', () => {
    expect(all.flatMap(deadLinks)).toEqual([]);
  });

  it('name no file that is not there', () => {
    expect(all.flatMap(deadPaths)).toEqual([]);
  });

  it('of docs are all in its table of contents', () => {
    const contents = readFileSync(join(root, 'docs', 'README.md'), 'utf8');
    const beside = all
      .map(({ path }) => path)
      .filter((path) => /^docs\/[^/]+\.md$/.test(path) && path !== 'docs/README.md')
      .map((path) => path.slice('docs/'.length));
    expect(beside.filter((name) => !contents.includes(`](${name})`))).toEqual([]);
  });

  it('of the top say of every package what it is', () => {
    const house = readFileSync(join(root, 'README.md'), 'utf8');
    expect(folders('packages').filter((name) => !new RegExp(`^  ${name}/ `, 'm').test(house))).toEqual([]);
  });
});
