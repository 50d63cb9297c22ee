import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import { refByName } from '@autodevops/domain/object-ref';
import { whatFollows, whoSpeaks } from '../../evidence/dependency-evidence.ts';
import { finding } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import type { FailureKind } from '../../reading/output/failures/failure-kind.ts';
import { tellingPart } from '../../reading/output/telling-part.ts';
import { said } from '../../reading/said.ts';
import type { TroubledContainer } from '../../reading/pods/troubled-container.ts';
import { filesExhausted, kernelModule, kernelSetting, threadsExhausted } from './codes.ts';

const codeOf: Partial<Record<FailureKind, CodeEntry>> = {
  threads: threadsExhausted,
  'open-files': filesExhausted,
  'kernel-setting': kernelSetting,
  'kernel-module': kernelModule,
};

const setting = /\b(?:vm|fs|net|kernel)\.[a-z_]+(?:\.[a-z_]+)*\b/;

/** `vm.max_map_count`, as the line or one beside it names it. */
function settingIn({ verdict }: TroubledContainer): string {
  return (
    [verdict.line, ...verdict.nearby].map(({ lower }) => setting.exec(lower)?.[0] ?? '').find((name) => name !== '') ??
    ''
  );
}

/** The part of a long line that speaks of the setting. */
function clause({ verdict }: TroubledContainer, name: string): string {
  const { text } = verdict.line;
  const at = name === '' ? -1 : text.toLowerCase().indexOf(name);
  return at < 0 ? text : text.slice(text.lastIndexOf(': ', at) + 1).trim();
}

function sentence(code: CodeEntry, troubled: TroubledContainer): string {
  const who = whoSpeaks(troubled);
  const then = whatFollows(troubled);
  if (code === threadsExhausted) {
    return `${who} may not start another thread or process, which is a limit of processes and not of memory, ${then}.`;
  }
  if (code === filesExhausted) return `${who} has as many files and connections open as it may, ${then}.`;
  const node = troubled.pod.spec.nodeName ?? 'its node';
  if (code === kernelModule) {
    return `${who} misses a part of the kernel of node ${node} ${then}: ${said(tellingPart(troubled.verdict.line), 200)}.`;
  }
  const name = settingIn(troubled);
  const which = name === '' ? 'a kernel setting' : `kernel setting ${name}`;
  return `${who} does not accept ${which} of node ${node} ${then}: ${said(clause(troubled, name), 160)}.`;
}

/** What a program may not have more of: threads, files, what the kernel's settings allow or its modules offer. */
export function checkExhausted(troubled: TroubledContainer): Finding[] {
  const code = codeOf[troubled.verdict.kind];
  if (code === undefined) return [];
  const { ref, view, verdict, since, pod, state } = troubled;
  const node = pod.spec.nodeName;
  const pressed = node === undefined ? [] : [{ object: refByName('Node', '', node), codes: ['node.pressure.pid'] }];
  return [
    finding(code, {
      object: ref,
      cause: sentence(code, troubled),
      evidence: [fromOutput(ref, view, verdict.line, code === kernelSetting ? settingIn(troubled) : '')],
      since,
      confidence: state === 'unready' ? 'medium' : 'high',
      because:
        code === threadsExhausted
          ? pressed
          : code === kernelSetting
            ? [{ object: ref, codes: ['kind.inotify-limit'] }]
            : [],
      facet: view.spec.name,
      ...(code === kernelModule && node !== undefined ? { sharedWith: node } : {}),
    }),
  ];
}
