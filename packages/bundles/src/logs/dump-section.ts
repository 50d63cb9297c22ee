import type { LogName } from './log-name.ts';

const start = /^==== START logs for container (\S+) of pod ([^/\s]+)\/(\S+) ====\r?$/;
const end = /^==== END logs for container (\S+) of pod ([^/\s]+)\/(\S+) ====\r?$/;

/** The section that a line of `kubectl cluster-info dump` begins; undefined for any other line. */
export function sectionStart(line: string): LogName | undefined {
  const match = line.startsWith('==== START') ? start.exec(line) : null;
  if (match === null) return undefined;
  const [, container = '', namespace = '', pod = ''] = match;
  return { namespace, pod, container, previous: false };
}

export function isSectionEnd(line: string): boolean {
  return line.startsWith('==== END') && end.test(line);
}

/** What is called for each line between the values of a dump's stream; tells `found` of every log in it. */
export function sectionWatcher(found: (name: LogName) => void): (line: string) => boolean {
  let inside = false;
  return (line) => {
    const name = sectionStart(line);
    if (name !== undefined) {
      inside = true;
      found(name);
    } else if (isSectionEnd(line)) inside = false;
    return inside;
  };
}
