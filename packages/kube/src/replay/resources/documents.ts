import { negotiate } from './accept.ts';
import type { Answer } from '../serving/answer.ts';
import { json, pageNotFound, plainText } from '../serving/answer.ts';
import { aggregatedDiscovery, apiGroup, apiGroupList, apiResourceList, apiVersions } from './discovery.ts';
import type { ServedGroup } from './discovery.ts';
import { noSuchResource } from '../serving/status.ts';

export interface DocumentRequest {
  readonly segments: readonly string[];
  readonly accept: string | undefined;
  readonly groups: readonly ServedGroup[];
  /** `127.0.0.1:1234` */
  readonly address: string;
  /** '' when the recording does not say. */
  readonly serverVersion: string;
  /** False for a server that is too old to give discovery in one document. */
  readonly aggregated: boolean;
}

const healthPaths: ReadonlySet<string> = new Set(['healthz', 'livez', 'readyz']);

function versionDocument(gitVersion: string): unknown {
  const [, major = '', minor = ''] = /^v?(\d+)\.(\d+)/.exec(gitVersion) ?? [];
  return {
    major,
    minor,
    gitVersion,
    gitCommit: '',
    gitTreeState: '',
    buildDate: '1970-01-01T00:00:00Z',
    goVersion: '',
    compiler: 'gc',
    platform: 'linux/amd64',
  };
}

function discoveryRoot(request: DocumentRequest): Answer {
  const core = request.segments[0] === 'api';
  const groups = request.groups.filter((group) => (group.name === '') === core);
  const transformation = negotiate(request.accept, {
    transformations: request.aggregated ? ['APIGroupDiscoveryList'] : [],
    ofList: false,
  });
  if (transformation === undefined) return json(core ? apiVersions(groups, request.address) : apiGroupList(groups));
  return {
    ...json(aggregatedDiscovery(groups)),
    contentType: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
    headers: { Vary: 'Accept' },
  };
}

function discoveryBelow(request: DocumentRequest): Answer {
  const { segments, groups, accept } = request;
  const name = segments[0] === 'api' ? '' : segments[1];
  const wanted = segments[0] === 'api' ? segments[1] : segments[2];
  const group = groups.find((item) => item.name === name);
  if (group === undefined && name !== '') return pageNotFound();
  if (group === undefined) throw noSuchResource();
  const version = group.versions.find((item) => item.version === wanted);
  if (wanted !== undefined && version === undefined) throw noSuchResource();
  negotiate(accept, { transformations: [], ofList: false });
  return json(version === undefined ? apiGroup(group) : apiResourceList(group, version));
}

/** Answers every path that names no resource: version, health and discovery. Throws a Status 404 or 406. */
export function documentAnswer(request: DocumentRequest): Answer {
  const [first = '', ...rest] = request.segments;
  if (healthPaths.has(first)) return plainText('ok');
  if (first === 'version' && rest.length === 0) {
    negotiate(request.accept, { transformations: [], ofList: false });
    return json(versionDocument(request.serverVersion));
  }
  if (first === 'api' || first === 'apis') return rest.length === 0 ? discoveryRoot(request) : discoveryBelow(request);
  return pageNotFound();
}
