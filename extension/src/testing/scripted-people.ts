import type { Choice, People } from '../ports/people.ts';

/** What a person does when asked next. `undefined`: goes away. */
export type Reply =
  | { readonly confirm: boolean }
  /** The first choice whose label holds this text. */
  | { readonly pick: string | undefined }
  | { readonly enter: string | undefined }
  | { readonly file: string | undefined }
  /** The button of a message that has buttons. */
  | { readonly press: string | undefined };

export interface ScriptedPeople {
  readonly people: People;
  /** Everything that was told or asked, in order. */
  readonly heard: string[];
  readonly copied: string[];
  /** Replies that nobody asked for. */
  readonly unused: () => readonly Reply[];
}

function chosen<T>(choices: readonly Choice<T>[], text: string | undefined): T | undefined {
  if (text === undefined) return undefined;
  const found = choices.find(({ label }) => label.includes(text));
  if (found === undefined) throw new Error(`"${text}" is not among ${choices.map(({ label }) => label).join(', ')}`);
  return found.value;
}

/** A person who replies as the test says, in this order. A question for which there is no such reply fails the test. */
export function scriptedPeople(replies: readonly Reply[]): ScriptedPeople {
  const left = [...replies];
  const heard: string[] = [];
  const copied: string[] = [];
  const next = <K extends string>(kind: K, asked: string): Extract<Reply, Record<K, unknown>> => {
    heard.push(asked);
    const reply = left.shift();
    if (reply === undefined || !(kind in reply)) {
      throw new Error(`asked to ${kind}: ${asked}; but the next reply is ${JSON.stringify(reply)}`);
    }
    return reply as Extract<Reply, Record<K, unknown>>;
  };
  const people: People = {
    tell: async (kind, text, buttons = []) => {
      if (buttons.length === 0 || left[0] === undefined || !('press' in left[0])) {
        heard.push(`${kind}: ${text}`);
        return undefined;
      }
      const { press } = next('press', `${kind}: ${text}`);
      if (press !== undefined && !buttons.includes(press)) throw new Error(`there is no button ${press}`);
      return press;
    },
    whisper: (text) => void heard.push(text),
    confirm: async (text, { detail, yes }) => next('confirm', `${text}\n${detail}\n[${yes}]`).confirm,
    pick: async (choices, { title }) =>
      chosen(choices, next('pick', `${title}: ${choices.map(({ label }) => label).join(', ')}`).pick),
    enter: async ({ title, prompt, value, check }) => {
      const { enter } = next('enter', `${title}: ${prompt ?? ''}${value === undefined ? '' : ` (${value})`}`);
      const wrong = enter === undefined ? undefined : check?.(enter);
      if (wrong !== undefined) throw new Error(`the input is refused: ${wrong}`);
      return enter;
    },
    openFile: async ({ title }) => next('file', title).file,
    openFolder: async ({ title }) => next('file', title).file,
    saveFile: async ({ title, name }) => next('file', `${title}: ${name}`).file,
    during: async (_place, title, work) => {
      heard.push(`… ${title}`);
      return await work({ tell: (says) => void heard.push(`… ${says}`), signal: AbortSignal.timeout(30_000) });
    },
    copy: async (text) => void copied.push(text),
  };
  return { people, heard, copied, unused: () => left };
}
