import type { StreamItem } from '../contract/handlers.ts';
import type { Told } from './error-answer.ts';

const beat = 15_000;

function frame({ id, event }: StreamItem<unknown>): string {
  return `id: ${id.replaceAll(/[\r\n\0]/g, '')}\ndata: ${JSON.stringify(event)}\n\n`;
}

export interface Streamed {
  readonly items: AsyncIterable<StreamItem<unknown>>;
  /** Ends the work behind the items. */
  readonly stop: () => void;
  readonly tell: (error: unknown) => Told;
  /** Breaks the stream off, so that its reader resumes it with the next process. */
  readonly ending: AbortSignal;
}

/**
 * Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html): each item with its id, a comment
 * every 15 s so that whoever waits knows that the line is up, an event `error` when it ends badly, `end` when it is done.
 * Nothing is read ahead of a slow reader.
 */
export function eventStream({ items, stop, tell, ending }: Streamed): ReadableStream<Uint8Array> {
  const text = new TextEncoder();
  const iterator = items[Symbol.asyncIterator]();
  let timer: NodeJS.Timeout | undefined;
  let open = true;
  let breakOff = (): void => undefined;
  const shut = (): void => {
    open = false;
    clearInterval(timer);
    ending.removeEventListener('abort', breakOff);
  };
  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(text.encode(': open\n\n'));
      timer = setInterval(() => controller.enqueue(text.encode(': beat\n\n')), beat);
      breakOff = () => {
        shut();
        controller.close();
        stop();
      };
      ending.addEventListener('abort', breakOff);
    },
    pull: async (controller) => {
      try {
        const next = await iterator.next();
        if (!open) return undefined;
        if (next.done !== true) return controller.enqueue(text.encode(frame(next.value)));
        controller.enqueue(text.encode('event: end\ndata: {}\n\n'));
      } catch (error) {
        if (!open) return undefined;
        controller.enqueue(text.encode(`event: error\ndata: ${JSON.stringify(tell(error).answer)}\n\n`));
      }
      shut();
      controller.close();
      return undefined;
    },
    cancel: async () => {
      shut();
      stop();
      await iterator.return?.();
    },
  });
}
