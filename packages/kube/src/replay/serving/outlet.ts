import type { ServerResponse } from 'node:http';
import type { Outlet } from './answer.ts';
import type { Fault } from './fault.ts';

const tickMs = 50;

function cutting(response: ServerResponse, afterBytes: number): Outlet {
  let left = afterBytes;
  return {
    write: (chunk) => {
      if (left <= 0) return;
      const part = Buffer.from(chunk).subarray(0, left);
      left -= part.length;
      response.write(part, () => void (left <= 0 && response.destroy()));
    },
    // A body that is shorter is cut as well: its last chunk is missing.
    end: () => void (left > 0 && response.write('', () => response.destroy())),
  };
}

function slow(response: ServerResponse, bytesPerSecond: number): Outlet {
  let waiting = Buffer.alloc(0);
  let ended = false;
  const perTick = Math.max(1, Math.round((bytesPerSecond * tickMs) / 1000));
  const timer = setInterval(() => {
    if (waiting.length > 0) response.write(waiting.subarray(0, perTick));
    waiting = waiting.subarray(perTick);
    if (ended && waiting.length === 0) response.end();
  }, tickMs);
  response.once('close', () => clearInterval(timer));
  return {
    write: (chunk) => void (waiting = Buffer.concat([waiting, Buffer.from(chunk)])),
    end: () => void (ended = true),
  };
}

/** JSON text that no longer parses; of the same number of lines. */
export function malform(text: string): string {
  const newline = text.endsWith('\n') ? '\n' : '';
  return `${text.slice(0, Math.floor((text.length - newline.length) / 2))}\u0001}{${newline}`;
}

/** Where the body of a response is written, with the fault that is to befall it. The head is written by the caller. */
export function outletOf(response: ServerResponse, fault: Fault | undefined): Outlet {
  if (fault?.kind === 'cut') return cutting(response, fault.afterBytes);
  if (fault?.kind === 'slow') return slow(response, fault.bytesPerSecond);
  const spoil = fault?.kind === 'malformed';
  return {
    write: (chunk) => void response.write(spoil ? malform(chunk.toString()) : chunk),
    end: () => void response.end(),
  };
}
