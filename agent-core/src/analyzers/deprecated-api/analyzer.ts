import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import { refText } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { warningTexts } from '../../evidence/warning-texts.ts';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { refToCustom } from '../../reading/platform/custom-objects.ts';
import { removalOf } from '../../reading/platform/removed-apis.ts';
import type { Removal } from '../../reading/platform/removed-apis.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { deprecated, removed } from './codes.ts';

function serverMinor(snapshot: Snapshot): number | undefined {
  const match = /^v?1\.(\d{1,3})/.exec(snapshot.parts.serverVersion ?? '');
  return match === null ? undefined : Number(match[1]);
}

/** Undefined when neither discovery nor the server's version is known. */
function isServed(snapshot: Snapshot, removal: Removal): boolean | undefined {
  const { servedVersions } = snapshot.parts;
  if (servedVersions !== undefined && servedVersions.length > 0 && !servedVersions.includes(removal.groupVersion)) {
    return false;
  }
  const minor = serverMinor(snapshot);
  return minor === undefined ? undefined : minor < removal.removedIn;
}

function replaced(removal: Removal): string {
  return `Kubernetes 1.${removal.removedIn} and later do not serve it; use ${removal.instead}`;
}

function checkObjects(snapshot: Snapshot): Finding[] {
  return snapshot.custom.flatMap((object) => {
    const removal = removalOf(object.apiVersion, object.kind);
    if (removal === undefined) return [];
    const code: CodeEntry = isServed(snapshot, removal) === false ? removed : deprecated;
    const ref = refToCustom(object);
    const cause = `${refText(ref)} is of ${object.apiVersion}: ${replaced(removal)}.`;
    return finding(code, {
      object: ref,
      cause,
      evidence: [fromSpec(ref, 'apiVersion', `apiVersion: ${object.apiVersion}`)],
    });
  });
}

const noMatch = /no matches for kind "([^"]{1,80})" in version "([^"]{1,120})"/;

function checkErrors(snapshot: Snapshot): Finding[] {
  const found = new Map<string, Finding>();
  for (const { object, text, evidence, container } of warningTexts(snapshot, 'no matches for kind')) {
    const [, kind = '', version = ''] = noMatch.exec(text.replaceAll('\\"', '"')) ?? [];
    const removal = removalOf(version, kind);
    if (removal === undefined) continue;
    const cause = `${refText(object)} asks for ${kind} of ${version}: ${replaced(removal)}.`;
    const key = `${refText(object)}|${kind}|${version}`;
    if (!found.has(key)) {
      found.set(
        key,
        finding(removed, { object, cause, evidence: [evidence], facet: `${container} ${version} ${kind}` }),
      );
    }
  }
  return [...found.values()];
}

const warned = /([\w.]{1,80}\/v\d[\w]{0,20}) ([A-Z]\w{1,80}) is deprecated in v1\.\d{1,3}\+/;

/** The server's own warning, as clients log it. */
function checkWarnings(snapshot: Snapshot): Finding[] {
  const found = new Map<string, Finding>();
  for (const { object, text, evidence, container } of warningTexts(snapshot, 'is deprecated in v1.')) {
    const [, version = '', kind = ''] = warned.exec(text) ?? [];
    if (version === '' || removalOf(version, kind) === undefined) continue;
    const key = `${refText(object)}|${kind}|${version}`;
    const cause = `${refText(object)} uses ${version} ${kind}, which is deprecated: ${said(text)}.`;
    if (!found.has(key)) {
      found.set(
        key,
        finding(deprecated, { object, cause, evidence: [evidence], facet: `${container} ${version} ${kind}` }),
      );
    }
  }
  return [...found.values()];
}

/** APIs of Kubernetes that are gone or going. */
export const deprecatedApi: Analyzer = {
  name: 'deprecated-api',
  codes: [removed, deprecated],
  analyze: (snapshot) => [...checkObjects(snapshot), ...checkErrors(snapshot), ...checkWarnings(snapshot)],
};
