import { z } from 'zod';

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const domainForm = new RegExp(String.raw`^(?:${label}\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$`);

/** A domain of e-mail addresses: letters of ASCII alone (another alphabet's as `xn--...`), in lower case. It means itself, and none beneath it. */
export const EmailDomain = z
  .string()
  .max(253)
  .regex(domainForm, 'is no domain in lower-case letters, such as acme.example');

/** No letter that looks like one of ASCII, or becomes one in lower case, as the sign of Kelvin becomes k. */
const asciiForm = /^[\x21-\x7e]+$/;
/** RFC 5321, 4.1.2: `Dot-string`, neither quotation nor comment. */
const localForm = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const longestLocal = 64;

export interface EmailAddress {
  /** With its domain in lower case. */
  readonly address: string;
  readonly domain: string;
}

/**
 * An address as it is compared: a domain is the same in any case, what stands before the `@` is not (RFC 5321, 2.4), and
 * `ann+x@` is not `ann@`. Undefined for what is none.
 */
export function readEmailAddress(text: string): EmailAddress | undefined {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(at, 0));
  const domain = EmailDomain.safeParse(text.slice(at + 1).toLowerCase());
  if (!asciiForm.test(text) || local.length > longestLocal || !localForm.test(local) || !domain.success) {
    return undefined;
  }
  return { address: `${local}@${domain.data}`, domain: domain.data };
}
